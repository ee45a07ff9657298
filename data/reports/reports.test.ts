import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeAccountsFixture } from "../accounts/testing.ts";
import { temporaryStore } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import { blackoutWeeks, brandSales, endedEvents, fundRows, promotionCalendar } from "./reports.service.ts";

describe("the rows of reports", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  let dan: Actor;
  const scope = (from: string, to: string, accountIds = [1]) => ({ accountIds, from, to });
  beforeAll(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
    dan = await loadActor(made.store, "dan");
  });
  afterAll(() => made.close());

  it("calendar: what touches the period, with planned units and booked spend", async () => {
    expect(await promotionCalendar(dan, made.store, scope("2026-10-18", "2027-01-11"))).toMatchObject([
      { promotion: "P-1001", planned_units: 400, spend: 1_000 },
      { promotion: "P-1003", planned_units: 400, spend: 200 },
    ]);
    expect(await promotionCalendar(dan, made.store, scope("2026-10-19", "2027-01-10"))).toEqual([]);
    await made.store.db.updateTable("promotion").set({ status: "cancelled" }).where("id", "=", 3).execute();
    expect(await promotionCalendar(dan, made.store, scope("2027-01-11", "2027-01-11"))).toEqual([]);
  });

  it("results: by start for a named period, by end for the last months", async () => {
    expect(await endedEvents(dan, made.store, scope("2026-10-06", "2026-10-31"), "start")).toEqual([]);
    expect(await endedEvents(dan, made.store, scope("2026-10-06", "2026-10-31"), "end")).toMatchObject([
      { promotion: "P-1001", net_roi: 0.5, spend: 1_000 },
    ]);
  });

  it("sales: a period beside the same weeks a year before, other accounts left out", async () => {
    expect(await brandSales(dan, made.store, scope("2026-10-05", "2026-10-11"))).toMatchObject([
      { brand: "Kestrel", units: 120, units_before: 100, net_sales: 360, net_sales_before: 300 },
    ]);
    const [row] = await brandSales(dan, made.store, scope("2026-10-05", "2026-10-11"));
    expect(row?.net_sales_change).toBeCloseTo(0.2);
    const [all] = await brandSales(dan, made.store, scope("2026-10-05", "2026-10-11", [1, 2]));
    expect(all?.units).toBe(7_897);
  });

  it("funds and blackouts of the period", async () => {
    expect(await fundRows(dan, made.store, scope("2026-06-01", "2026-06-30"))).toMatchObject([{ left: 8_800 }]);
    expect(await blackoutWeeks(dan, made.store, scope("2026-12-24", "2027-01-31"))).toMatchObject([
      { start: "2026-11-27" },
    ]);
  });

  it("hold nothing of a colleague's account, whoever asks for it", async () => {
    const ben = await loadActor(made.store, "ben");
    const whole = scope("2020-01-01", "2030-12-31", [1, 2]);
    for (const read of [promotionCalendar, blackoutWeeks, fundRows])
      expect([...new Set((await read(ben, made.store, whole)).map((row) => row.account))], read.name).not.toContain(
        "Albion Fresh",
      );
    expect(await endedEvents(ben, made.store, whole, "end")).toMatchObject([{ account: "Delphi Discount" }]);
    expect(await brandSales(ben, made.store, whole)).toMatchObject([{ units: 7_777 }]);
    expect(await brandSales(dan, made.store, whole)).toMatchObject([{ units: 7_997 }]);
  });
});
