import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadTool } from "../define.ts";
import { comparePromotions } from "./comparePromotions.ts";
import { handMarket } from "./testing.ts";

const tool = comparePromotions as ReadTool;
interface Row {
  group: string;
  value: number | null;
  promotions: number;
  thin: boolean;
  level?: number | null;
  interval: { low: number; high: number } | null;
}
interface Result {
  rows: Row[];
  total: Row;
  events: number;
  period: { from: string; to: string };
  period_basis: string;
  left_out: { reason: string; events: number }[];
  lead: { share_ahead: number; clear: boolean; over: string };
  enough_evidence: Row | null;
  missing: string[];
}

describe("compare_promotions", () => {
  let market: Awaited<ReturnType<typeof handMarket>>;
  beforeAll(async () => {
    market = await handMarket([
      { account: 1, start: "2026-01-05", discount: 0.1, result: [400, 200, 100, 180] },
      { account: 1, start: "2026-03-02", discount: 0.15, display: 1, result: [500, 210, 120, 200] },
      { account: 1, start: "2026-06-01", discount: 0.2, result: [450, 220, 90, 130] },
      { account: 2, start: "2026-02-02", discount: 0.2, feature: 1, result: [300, 190, 200, 150] },
      { account: 2, start: "2026-05-04", discount: 0.3, result: [280, 200, 220, 120], products: [3] },
      { account: 2, start: "2026-08-03", discount: 0.3, result: [290, 200, 180, 160] },
      { account: 3, start: "2026-04-06", discount: 0.3, result: [900, 200, 50, 500] },
      { account: 3, start: "2026-07-06", discount: 0.25, result: [500, 300, 150, null] },
      { account: 1, start: "2025-10-06", discount: 0.35, result: [999, 100, 10, 900] },
      { account: 2, start: "2026-09-07", discount: 0.25 },
      { account: 1, start: "2026-12-07", status: "approved" },
      { account: 2, start: "2026-09-21", mechanic: "multibuy", discount: null, result: [350, 200, 70, 90] },
    ]);
  });
  afterAll(() => market.close());

  const ask = async (args: Record<string, unknown>, user = "dan") =>
    (await tool.run(await market.context(user), tool.schema.parse(args))) as unknown as Result;
  const query = async <T>(text: string) => (await sql.raw(text).execute(market.store.db)).rows as T[];

  it.each([
    ["net_roi", "(sum(incremental_profit) - sum(spend)) / sum(spend)", "incremental_profit IS NOT NULL", "DESC"],
    ["gross_roi", "sum(incremental_profit) / sum(spend)", "incremental_profit IS NOT NULL", "DESC"],
    ["uplift", "sum(gross_incremental) / sum(baseline)", "1", "DESC"],
    ["incremental_units", "sum(gross_incremental)", "1", "DESC"],
    ["incremental_profit", "sum(incremental_profit)", "incremental_profit IS NOT NULL", "DESC"],
    ["spend", "sum(spend)", "1", "DESC"],
    ["cost_per_incremental_unit", "sum(spend) / sum(true_incremental)", "1", "ASC"],
    ["subsidised_share", "(sum(units) - sum(gross_incremental)) / sum(units)", "1", "ASC"],
    ["cannibalised_units", "sum(cannibalised)", "1", "ASC"],
  ])("equals SQL over the views: %s by account", async (metric, formula, where, order) => {
    const result = await ask({ metric, by: "account" });
    const expected = await query<{ account: string; value: number; n: number }>(
      `SELECT account, ${formula} AS value, count(*) AS n FROM v_promotion JOIN v_promotion_result USING (promotion_id)
       WHERE "end" > '2025-11-21' AND "end" < '2026-11-21' AND ${where} GROUP BY account ORDER BY value ${order}`,
    );
    expect(result.rows.map((r) => r.group)).toEqual(expected.map((r) => r.account));
    expect(result.rows.map((r) => r.promotions)).toEqual(expected.map((r) => r.n));
    result.rows.forEach((row, at) => {
      expect(row.value).toBeCloseTo(expected[at]!.value, 9);
    });
  });

  it.each(["category", "brand", "mechanic", "payment", "promotion"])(
    "equals SQL by %s over all history",
    async (by) => {
      const result = await ask({ metric: "uplift", by, period: { from: "2020-01-01", to: "2026-11-20" } });
      const expected = await query<{ value: number; n: number }>(
        `SELECT sum(gross_incremental) / sum(baseline) AS value, count(*) AS n FROM v_promotion JOIN v_promotion_result USING (promotion_id)
       GROUP BY v_promotion.${by} ORDER BY value DESC`,
      );
      expect(result.rows.map((r) => [r.value?.toFixed(9), r.promotions])).toEqual(
        expected.map((r) => [r.value.toFixed(9), r.n]),
      );
    },
  );

  it("counts an event of several products under each, and once in the total", async () => {
    const result = await ask({ metric: "spend", by: "product" });
    expect(result.rows.find((r) => r.group === "Aster Green 50 g")?.value).toBe(
      100 + 120 + 90 + 200 + 180 + 50 + 150 + 70,
    );
    expect(result.rows.find((r) => r.group === "Birch Bar")?.value).toBe(220);
    expect(result.total.value).toBe(1_180);
  });

  it("takes all history for depth, the last twelve months for others, and the starts in a named period", async () => {
    const depth = await ask({ metric: "net_roi", by: "discount_band" });
    expect(depth.period_basis).toBe("all_history");
    expect(depth.period.from).toBe("2025-10-06");
    expect(depth.rows[0]).toMatchObject({ level: 0.35, promotions: 1, thin: true });
    expect(depth.rows.find((r) => r.level === 0.3)?.value).toBeCloseTo((120 + 160 + 500 - 450) / 450, 9);
    expect(depth.rows.find((r) => r.level === null)?.promotions).toBe(1);
    const year = await ask({ metric: "net_roi", by: "support" });
    expect(year.period).toEqual({ from: "2025-11-22", to: "2026-11-20" });
    expect(year.events).toBe(8);
    const spring = await ask({ metric: "spend", by: "quarter", period: { from: "2026-03-02", to: "2026-06-01" } });
    expect(spring.rows.map((r) => [r.group, r.value])).toEqual([
      ["Q2 2026", 90 + 220 + 50],
      ["Q1 2026", 120],
    ]);
  });

  it("counts what it leaves out and why", async () => {
    const result = await ask({ metric: "net_roi", by: "account" });
    expect(result.left_out.map((l) => l.events)).toEqual([1, 1]);
    expect((await ask({ metric: "uplift", by: "account" })).left_out).toHaveLength(1);
  });

  it("says which rows are thin, and whether the lead may be chance", async () => {
    const result = await ask({ metric: "net_roi", by: "account" });
    expect(result.rows[0]).toMatchObject({ group: "West Foods", thin: true, promotions: 1 });
    expect(result.enough_evidence).toMatchObject({ group: "North Stores", promotions: 3 });
    expect(result.lead.over).toBe("North Stores");
    for (const row of result.rows) {
      expect(row.interval!.low).toBeLessThanOrEqual(row.value!);
      expect(row.interval!.high).toBeGreaterThanOrEqual(row.value!);
    }
    expect(result.lead).toMatchObject({ clear: false, share_ahead: 1 });
    expect((await ask({ metric: "net_roi", by: "account" }, "ana")).lead.clear).toBe(true);
    const close = await ask({ metric: "subsidised_share", by: "promotion", account: "South-East" });
    expect(close.lead.clear).toBe(false);
  });

  it("is the same twice, and the other end first when the worst is asked", async () => {
    const args = { metric: "net_roi", by: "account" };
    expect(await ask(args)).toEqual(await ask(args));
    const best = (await ask(args)).rows.map((r) => r.group);
    expect((await ask({ ...args, order: "worst" })).rows.map((r) => r.group)).toEqual(best.toReversed());
    expect((await ask({ ...args, top: 1 })).rows).toHaveLength(1);
  });

  it("keeps a KAM to her own accounts", async () => {
    const ana = await ask({ metric: "net_roi", by: "account" }, "ana");
    expect(ana.rows.map((r) => r.group)).toEqual(["North Stores", "South-East Markets"]);
    expect(ana.total.promotions).toBe(7);
    expect(ana.missing.join()).toContain("Ana's own accounts");
    await expect(ask({ account: "West Foods" }, "ana")).rejects.toThrow(/Ben's account/);
    const promotions = await ask({ metric: "uplift", by: "promotion" }, "ana");
    expect(JSON.stringify(promotions)).not.toContain("West Foods");
  });

  it.each([
    ["units", "account", "account"],
    ["net_sales", "brand", "brand"],
    ["units", "product", "product"],
    ["net_sales", "month", "substr(week, 1, 7)"],
  ])("equals SQL over the sales view: %s by %s", async (metric, by, column) => {
    const result = await ask({ metric, by, category: "Tea" });
    const expected = await query<{ value: number }>(
      `SELECT sum(${metric}) AS value FROM v_sales_week WHERE category = 'Tea' AND week >= '2025-11-22' AND week <= '2026-11-21'
       GROUP BY ${column} ORDER BY value DESC`,
    );
    expect(result.rows.map((r) => r.value?.toFixed(6))).toEqual(expected.map((r) => r.value.toFixed(6)));
  });

  it("takes units and net sales of the events themselves by mechanic", async () => {
    const units = await ask({ metric: "units", by: "mechanic" });
    expect(units.rows.map((r) => [r.group, r.value])).toEqual([
      ["tpr", 999 + 400 + 500 + 450 + 300 + 280 + 290 + 900 + 500],
      ["multibuy", 350],
    ]);
    const net = await ask({ metric: "net_sales", by: "promotion", product: "Birch Bar" });
    expect(net.rows.map((r) => r.value)).toEqual([2 * 1.5 * (100 + 2 * 3)]);
  });

  it("sets several named accounts and products side by side, within the walls", async () => {
    const two = await ask({ metric: "spend", by: "account", accounts: ["West Foods", "North Stores"] });
    expect(two.rows.map((r) => r.group).sort()).toEqual(["North Stores", "West Foods"]);
    expect(two).toMatchObject({ account: "West Foods and North Stores", missing: [] });
    await expect(ask({ accounts: ["North Stores", "West Foods"] }, "ana")).rejects.toThrow(/Ben's account/);
    const products = await ask({ metric: "spend", by: "product", products: ["Birch Bar", "Aster Green 50 g"] });
    expect(products.rows.map((r) => r.group).sort()).toEqual(["Aster Green 50 g", "Birch Bar"]);
    expect(products).toMatchObject({ product: "Birch Bar and Aster Green 50 g" });
  });

  it.each([
    [{ accounts: ["North Stores"] }, "account <> 'North Stores'"],
    [{ mechanics: ["multibuy"] }, "mechanic <> 'multibuy'"],
    [{ products: [{ category: "Tea" }] }, "category <> 'Tea'"],
    [{ accounts: ["North Stores"], mechanics: ["multibuy"] }, "account <> 'North Stores' AND mechanic <> 'multibuy'"],
  ])("leaves out what it is told to: %j", async (exclude, where) => {
    const period = { from: "2020-01-01", to: "2026-11-20" };
    const result = await ask({ metric: "spend", by: "account", period, exclude });
    const expected = await query<{ account: string; value: number }>(
      `SELECT account, sum(spend) AS value FROM v_promotion JOIN v_promotion_result USING (promotion_id)
       WHERE ${where} GROUP BY account ORDER BY value DESC`,
    );
    expect(result.rows.map((r) => [r.group, r.value])).toEqual(expected.map((r) => [r.account, r.value]));
    expect(result).toMatchObject({ without: expect.arrayContaining([expect.any(String)]) });
  });

  it("tells nothing of a colleague's account that is left out, and says where nothing is left", async () => {
    const plain = await ask({ metric: "spend", by: "account" }, "ana");
    const without = await ask({ metric: "spend", by: "account", exclude: { accounts: ["West Foods"] } }, "ana");
    expect(without).toEqual(plain);
    await expect(ask({ account: "North Stores", exclude: { accounts: ["North Stores"] } })).rejects.toThrow(/left out/);
  });

  it("keeps promotions with a support, or those without", async () => {
    const period = { from: "2020-01-01", to: "2026-11-20" };
    const spend = async (args: Record<string, unknown>) =>
      (await ask({ metric: "spend", by: "account", period, ...args })).total?.value ?? 0;
    expect(await spend({ display: true })).toBe(120);
    expect((await spend({ display: true })) + (await spend({ display: false }))).toBe(await spend({}));
  });

  it("gives no range and no chance to what is recorded, and compares years over all history", async () => {
    const spend = await ask({ metric: "spend", by: "account" });
    expect(spend.lead).toBeNull();
    expect([...spend.rows, spend.total].map((r) => r.interval)).toEqual([null, null, null, null]);
    const years = await ask({ metric: "spend", by: "year" });
    expect(years.period_basis).toBe("all_history");
    expect(years.rows.map((r) => r.group).sort()).toEqual(["calendar year 2025", "calendar year 2026"]);
  });

  it("says up to when sales are measured where a period goes on after it", async () => {
    const running = await ask({ metric: "units", by: "month", period: { from: "2026-01-01", to: "2026-12-31" } });
    expect(running.missing.join()).toMatch(/^Sales are measured up to \d+ November 2026\.$/);
    const over = await ask({ metric: "units", by: "month", period: { from: "2026-01-01", to: "2026-06-30" } });
    expect(over.missing).toEqual([]);
  });

  it("says nothing where there is nothing", async () => {
    const none = await ask({ metric: "net_roi", by: "account", product: "Birch Liquid" });
    expect(none).toMatchObject({ rows: [], total: null, events: 0, lead: null });
  });
});
