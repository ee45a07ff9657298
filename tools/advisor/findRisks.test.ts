import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFunds, writeSpend } from "../../data/ledger/testing.ts";
import type { ReadTool } from "../define.ts";
import { findRisks, mixed } from "./findRisks.ts";
import type { Risk } from "./risks/risk.ts";
import { handMarket } from "./testing.ts";

interface Found {
  risks: number;
  rows: (Risk & { evidence: Record<string, unknown> })[];
}

describe("find_risks", () => {
  let market: Awaited<ReturnType<typeof handMarket>>;
  beforeAll(async () => {
    market = await handMarket([
      { account: 1, start: "2026-11-30", status: "draft" },
      { account: 1, start: "2026-12-10", status: "submitted" },
      { account: 1, start: "2027-02-01", status: "draft" },
      { account: 1, start: "2026-11-02", weeks: 2, display: 1, status: "closed" },
      { account: 2, start: "2026-11-23", weeks: 2, status: "approved" },
    ]);
    const { db } = market.store;
    await writeFunds(market.store, [
      { id: 1, account_id: 1, name: "Trade fund", start: "2026-01-01", end: "2026-12-31", amount_minor: 100_000 },
      { id: 2, account_id: 2, name: "Trade fund", start: "2026-01-01", end: "2026-12-31", amount_minor: 100_000 },
    ]);
    const passed = { promotion_id: 4, rule: "budget", reason: "Sold above plan", by: "dan", date: "2026-11-20" };
    await market.store.db.insertInto("policy_override").values(passed).execute();
    await writeSpend(market.store, [
      { promotion_id: 4, fund_id: 1, state: "accrued", amount_minor: 120_000 },
      { promotion_id: 5, fund_id: 2, state: "committed", amount_minor: 50_000 },
    ]);
    await db
      .updateTable("sales_week")
      .set({ out_of_stock: 0.4 })
      .where("account_id", "=", 2)
      .where("product_id", "=", 3)
      .where("week", ">=", "2026-11-02")
      .execute();
    await db
      .updateTable("sales_week")
      .set((eb) => ({ units: eb("units", "*", 0.5) }))
      .where("account_id", "=", 3)
      .where("product_id", "in", [1, 2])
      .where("week", ">=", "2026-08-01")
      .execute();
    for (const [at, store] of ["Leeds", "York", "Hull"].entries()) {
      await db
        .insertInto("visit")
        .values({ id: at + 1, account_id: 1, promotion_id: 4, date: "2026-11-05", store, source: "field sales" })
        .execute();
      await db
        .insertInto("shelf_check")
        .values({ visit_id: at + 1, product_id: 1, on_shelf: 1, display_present: at === 0 ? 1 : 0 })
        .execute();
    }
    await db
      .insertInto("claim")
      .values({
        code: "C-1",
        account_id: 2,
        kind: "deduction",
        amount_minor: 99_900,
        date: "2026-11-10",
        status: "open",
      })
      .execute();
    await db
      .insertInto("signal")
      .values({
        account_id: 2,
        category_id: 1,
        kind: "competitor_promotion",
        competitor: "Rival",
        start: "2026-11-30",
        end: "2026-12-06",
        value: 0.3,
        text: "Rival 30 % off",
        source: "Leaflet",
        reported: "2026-11-20",
      })
      .execute();
  });
  afterAll(() => market.close());

  const find = async (args: Record<string, unknown> = {}, user = "dan") => {
    const tool = findRisks as ReadTool;
    return (await tool.run(await market.context(user), tool.schema.parse(args))) as unknown as Found;
  };
  const of = async (kind: string) => (await find()).rows.filter((risk) => risk.kind === kind);

  it("sees a fund overdrawn, not one with enough left", async () => {
    expect(await of("budget")).toEqual([
      expect.objectContaining({ severity: "high", account: "North Stores", at_stake: 200 }),
    ]);
  });

  it("dates what is not approved by its last day for approval", async () => {
    const rows = await of("approval");
    expect(rows.map((r) => [r.evidence.promotion, r.date, r.severity])).toEqual([
      ["P-1", "2026-11-16", "high"],
      ["P-2", "2026-11-26", "medium"],
    ]);
  });

  it("sees stock-outs, missing displays, doubtful claims and contracts that end", async () => {
    expect(await of("stock_out")).toEqual([
      expect.objectContaining({
        account: "South-East Markets",
        date: "2026-11-09",
        evidence: { product: "Birch Bar", weeks: 2, out_of_stock: 0.4 },
      }),
    ]);
    const [missing] = await of("execution");
    expect(missing!.evidence).toMatchObject({ promotion: "P-4", stores: 3, display_share: 1 / 3 });
    const [claim] = await of("claim");
    expect(claim!.evidence).toMatchObject({ claim: "C-1", amount: 999, doubts: ["no_promotion"] });
    expect((await of("contract")).map((r) => r.date)).toEqual(["2026-12-31", "2026-12-31", "2026-12-31"]);
  });

  it("names ours that a competitor's announced promotion meets", async () => {
    const [rival] = await of("competitor");
    expect(rival).toMatchObject({ severity: "high", date: "2026-11-30", evidence: { meets: [{ promotion: "P-5" }] } });
  });

  it("sees a brand that sells half of a year ago, and no other", async () => {
    const rows = await of("decline");
    expect(rows.map((r) => [r.account, r.evidence.brand, r.severity])).toEqual([["West Foods", "Aster", "high"]]);
    expect(rows[0]!.evidence.change).toBeLessThan(-0.4);
  });

  it("keeps a KAM to her own accounts", async () => {
    const ben = await find({}, "ben");
    expect(new Set(ben.rows.map((r) => r.account))).toEqual(new Set(["West Foods"]));
    await expect(find({ account: "North Stores" }, "ben")).rejects.toThrow(/Ana's account/);
  });

  it("does not let one kind hide the others", () => {
    const risk = (kind: Risk["kind"], n: number): Risk => ({
      kind,
      severity: "high",
      account: String(n),
      date: "2026-01-01",
      at_stake: null,
      currency: "EUR",
      evidence: {},
    });
    const rows = [...Array.from({ length: 8 }, (_, n) => risk("claim", n)), risk("budget", 9)];
    const order = mixed(rows);
    expect(order).toHaveLength(9);
    expect(order.findIndex((r) => r.kind === "budget")).toBe(3);
  });
});
