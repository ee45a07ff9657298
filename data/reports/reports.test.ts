import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeAccountsFixture } from "../accounts/testing.ts";
import { temporaryStore } from "../testing.ts";
import { blackoutRows, budgetRows, salesByBrand } from "./accountRows.repo.ts";
import { calendarRows, resultRows } from "./promotionRows.repo.ts";

describe("the rows of reports", () => {
  let made: Awaited<ReturnType<typeof temporaryStore>>;
  const scope = (from: string, to: string, accountIds = [1]) => ({ accountIds, from, to });
  beforeAll(async () => {
    made = await temporaryStore();
    await writeAccountsFixture(made.store);
  });
  afterAll(() => made.close());

  it("calendar: what touches the period, with planned units and booked spend", async () => {
    expect(await calendarRows(made.store, scope("2026-10-18", "2027-01-11"))).toMatchObject([
      { promotion: "P-1001", planned_units: 400, spend: 1_000 },
      { promotion: "P-1003", planned_units: 400, spend: 200 },
    ]);
    expect(await calendarRows(made.store, scope("2026-10-19", "2027-01-10"))).toEqual([]);
    await made.store.db.updateTable("promotion").set({ status: "cancelled" }).where("id", "=", 3).execute();
    expect(await calendarRows(made.store, scope("2027-01-11", "2027-01-11"))).toEqual([]);
  });

  it("results: by start for a named period, by end for the last months", async () => {
    expect(await resultRows(made.store, scope("2026-10-06", "2026-10-31"), "start")).toEqual([]);
    expect(await resultRows(made.store, scope("2026-10-06", "2026-10-31"), "end")).toMatchObject([
      { promotion: "P-1001", net_roi: 0.5, spend: 1_000 },
    ]);
  });

  it("sales: a period beside the same weeks a year before, other accounts left out", async () => {
    expect(await salesByBrand(made.store, scope("2026-10-05", "2026-10-11"))).toMatchObject([
      { brand: "Kestrel", units: 120, units_before: 100, net_sales: 360, net_sales_before: 300 },
    ]);
    const [row] = await salesByBrand(made.store, scope("2026-10-05", "2026-10-11"));
    expect(row?.net_sales_change).toBeCloseTo(0.2);
    const [all] = await salesByBrand(made.store, scope("2026-10-05", "2026-10-11", [1, 2]));
    expect(all?.units).toBe(7_897);
  });

  it("funds and blackouts of the period", async () => {
    expect(await budgetRows(made.store, scope("2026-06-01", "2026-06-30"))).toMatchObject([{ left: 8_800 }]);
    expect(await blackoutRows(made.store, scope("2026-12-24", "2027-01-31"))).toMatchObject([{ start: "2026-11-27" }]);
  });
});
