import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadActor } from "../../users/actor.ts";
import { benchWithNames, twice } from "../testing.kinds.ts";
import type { Bench } from "../testing.ts";
import { receiveVisits } from "./receiveVisits.ts";

/** The samples of docs/adapters/visits.md, by the word behind their fence. */
const DOC = readFileSync(new URL("../../../docs/adapters/visits.md", import.meta.url), "utf8");
const sample = (name: string): string => DOC.split(`\`\`\`${name}\n`)[1]!.split("```")[0]!;

let b: Bench;
beforeEach(async () => {
  b = await benchWithNames();
});
afterEach(() => b.close());

const send = async (visits: unknown, user = "dan") =>
  receiveVisits(await loadActor(b.store, user), b.store, JSON.stringify(visits), false);
const visit = (more: Record<string, unknown> = {}, check: Record<string, unknown> = {}) => ({
  ...{ external_id: "V-1", account: "Albion", store: "Albion 1", date: "2026-10-08" },
  checks: [{ product: "K250", on_shelf: true, display_present: true, ...check }],
  ...more,
});
const stored = () =>
  b.store.db
    .selectFrom("visit")
    .leftJoin("shelf_check", "visit_id", "id")
    .select(["store", "source", "external_id", "display_present", "confidence", "facings", "availability", "photo"])
    .orderBy("visit.id")
    .orderBy("product_id")
    .execute();

describe("the adapter's samples", () => {
  it("take a file, again without effect", async () => {
    const report = await twice(b, "v.csv", sample("csv"), JSON.parse(sample("json mapping")));
    expect(report).toMatchObject({ read: 2, written: 2, rejected: 0 });
    expect(await stored()).toMatchObject([
      { external_id: "IR-9001", confidence: 0.93, facings: 4, availability: 0.75, photo: "photos/9001-1.jpg" },
      { external_id: "IR-9001", confidence: 0.41, display_present: 0 },
    ]);
  });

  it("take JSON and answer as the page says, and a second time nothing is written", async () => {
    const visits = JSON.parse(sample("json visits"));
    expect(await send(visits)).toEqual(JSON.parse(sample("json report")));
    const before = await stored();
    expect(before).toHaveLength(3);
    expect(await send(visits)).toMatchObject({ rows: { read: 3, written: 0, unchanged: 3 }, rejected: 0 });
    const lines = visits.map((one: unknown) => JSON.stringify(one)).join("\n");
    const dan = await loadActor(b.store);
    expect(await receiveVisits(dan, b.store, lines, true)).toMatchObject({ rows: { written: 0, unchanged: 3 } });
    expect(await stored()).toEqual(before);
  });
});

describe("visits that cannot be taken", () => {
  it("are rejected whole with place, field and reason, and the others are in", async () => {
    await b.run("s.csv", "a,s\nAlbion,Albion 1\nAlbion,Albion 2\n", {
      kind: "stores",
      columns: { account: "a", store: "s" },
    });
    const report = await send([
      visit(),
      visit({ external_id: "V-2", store: "Albion 22" }),
      visit({ external_id: "V-3", date: "2027-01-01" }),
      {
        ...visit({ external_id: "V-4", store: "Albion 2" }),
        checks: [...visit().checks, { ...visit().checks[0], product: "P1", confidence: 1.2 }],
      },
      visit({ external_id: "V-5", promotion: "P-9" }),
      visit({ external_id: "V-6", colour: "red" }),
      { ...visit(), external_id: "" },
      "a visit",
    ]);
    expect(report.rejects.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [2, "store", 'is no store of this account, the nearest is "Albion 2"'],
      [3, "date", "lies in the future (today is 2026-11-21)"],
      [4, "confidence", 'is not between 0 and 1 (if it is a percentage, map it with "unit": "percent")'],
      [5, "promotion", "is no promotion of the store"],
      [6, "", 'holds "colour", which a visit does not have'],
      [7, "external_id", "must not be empty"],
      [8, "", "expected object, received string"],
    ]);
    expect(report).toMatchObject({ visits: 8, rejected: 7, rows: { written: 1 } });
    expect(await stored()).toMatchObject([{ store: "Albion 1", external_id: "V-1", source: "sfa" }]);
  });

  it("say another thing than was sent under their id", async () => {
    await send([visit()]);
    const before = await stored();
    const reasons = async (...visits: unknown[]) => (await send(visits)).rejects.map(({ reason }) => reason);
    expect(await reasons(visit({}, { display_present: false }))).toEqual([
      "was sent before with another display_present; send a correction without an id, or under a new one and source",
    ]);
    expect(await reasons(visit({ store: "Albion 9" }))).toEqual([
      "stands for the visit to Albion 1 on 2026-10-08 already",
    ]);
    expect(await reasons(visit({ external_id: "V-8" }))).toEqual([
      'is a second id for a visit that came as "V-1" (same store, day and source)',
    ]);
    expect(await reasons(visit({ external_id: "V-9", store: "B" }), visit({ external_id: "V-9", store: "C" }))).toEqual(
      ["stands for another visit of this file already"],
    );
    expect((await stored()).filter((row) => row.external_id === "V-1")).toEqual(before);
  });

  it("are refused as a body that is none, however deep or of whatever kind", async () => {
    const dan = await loadActor(b.store);
    await expect(receiveVisits(dan, b.store, "{}", false)).rejects.toThrow(/no array of visits/);
    await expect(receiveVisits(dan, b.store, "[1,", false)).rejects.toThrow(/not JSON/);
    const deep = `[${"[".repeat(200_000)}${"]".repeat(200_000)}]`;
    expect(await receiveVisits(dan, b.store, deep, false)).toMatchObject({ visits: 1, rejected: 1 });
    const checks = Array.from({ length: 200 }, () => visit().checks[0]);
    const many = Array.from({ length: 101 }, (_, i) => visit({ external_id: `V-${i}`, checks }));
    await expect(send(many)).rejects.toThrow(/20000 shelf checks/);
    expect(await stored()).toEqual([]);
  });

  it("are another KAM's, or a reader's", async () => {
    await b.store.db
      .insertInto("person")
      .values([
        { id: "kim", name: "Kim", role: "kam" },
        { id: "rob", name: "Rob", role: "reader" },
      ])
      .execute();
    expect((await send([visit()], "kim")).rejects[0]).toMatchObject({
      column: "account",
      reason: "is no account of Kim's",
    });
    await expect(send([visit()], "rob")).rejects.toMatchObject({ code: "no_right" });
    expect(await stored()).toEqual([]);
  });
});
