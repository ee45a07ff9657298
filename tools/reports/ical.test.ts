import ICAL from "ical.js";
import { describe, expect, it } from "vitest";
import { toIcs } from "./ical.ts";
import type { Report } from "./report.ts";
import { section } from "./section.ts";

const NAME = "Kestrel 20 %; two, of them\\ – for Łódź and a name long enough that its line has to be folded somewhere";
const calendar = (version: number): Report => ({
  title: "Promotion calendar",
  period: { from: "2026-12-01", to: "2027-03-31" },
  asOf: "2026-11-21",
  assumptions: [],
  missing: [],
  figures: [],
  sections: [
    section({
      id: "calendar",
      title: "Promotions",
      columns: [
        { key: "promotion", label: "Promotion", unit: "text" },
        { key: "name", label: "Name", unit: "text" },
        { key: "start", label: "Start", unit: "date" },
        { key: "end", label: "End", unit: "date" },
        { key: "notice_by", label: "Notice by", unit: "date" },
      ],
      rows: [
        { promotion: "P-1", name: NAME, start: "2026-12-28", end: "2027-01-10", notice_by: "2026-12-07", version },
        { promotion: "P-2", name: "Late", start: "2026-12-01", end: "2026-12-01", notice_by: "2026-11-10", version },
      ],
      dated: [
        { kind: "in-store", title: "", name: "name", id: ["promotion"], from: "start", to: "end" },
        {
          ...{ kind: "notice", title: "Last day of notice: ", name: "name", id: ["promotion"] },
          ...{ from: "notice_by", to: "notice_by", since: "2026-11-21" },
        },
      ],
      empty: "None.",
      source: "v_promotion",
    }),
  ],
});

const read = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((event) => new ICAL.Event(event));

describe("a calendar as iCalendar", () => {
  it("is read back by a second library: whole days, exclusive ends, names as they were", () => {
    const text = toIcs(calendar(3));
    const [first, late, notice] = read(text);
    expect(first).toMatchObject({ uid: "p-1-in-store@kam", summary: NAME, sequence: 3 });
    expect([first!.startDate.isDate, String(first!.startDate), String(first!.endDate)]).toEqual([
      true,
      "2026-12-28",
      "2027-01-11",
    ]);
    expect([String(late!.startDate), String(late!.endDate)]).toEqual(["2026-12-01", "2026-12-02"]);
    expect(notice).toMatchObject({ uid: "p-1-notice@kam", summary: `Last day of notice: ${NAME}` });
    expect(read(text)).toHaveLength(3);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it("keeps an entry's id when the promotion changes, and counts its sequence up", () => {
    const ids = (version: number) => read(toIcs(calendar(version))).map((event) => event.uid);
    expect(ids(4)).toEqual(ids(3));
    expect(read(toIcs(calendar(4)))[0]!.sequence).toBe(4);
  });

  it("says that a report without dates is none", () => {
    expect(() => toIcs({ ...calendar(1), sections: [] })).toThrow(/Only the promotion calendar/);
  });
});
