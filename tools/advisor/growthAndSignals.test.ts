import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReadTool } from "../define.ts";
import { marketSignals } from "./marketSignals.ts";
import { productGrowth } from "./productGrowth.ts";
import { handMarket } from "./testing.ts";

interface Grown {
  total: { net_sales: number; net_sales_before: number; growth: number; units: number };
  products: { label: string; change: number; contribution: number; growth: number | null; state: string }[];
  falling: { label: string }[];
  brands: { label: string; contribution: number }[];
  categories: { category: string; growth: number; from_us: number; own_share_change: number }[];
  period: { from: string; to: string };
  before: { from: string; to: string };
  weeks: number;
  missing: string[];
}
interface Signals {
  signals: number;
  rows: { start: string; account: string | null; category: string | null; when: string; quote: unknown[] }[];
  categories: { category: string; competitor_promotions: number }[];
  price_index: { category: string; change: number }[];
  shares: Record<string, number | string | null>[];
}

describe("growth and signals", () => {
  let market: Awaited<ReturnType<typeof handMarket>>;
  beforeAll(async () => {
    market = await handMarket([]);
    const { db } = market.store;
    await db
      .updateTable("sales_week")
      .set({ units: 0, net_sales_minor: 0 })
      .where("product_id", "=", 4)
      .where("week", ">=", "2025-11-22")
      .execute();
    await db
      .updateTable("sales_week")
      .set({ net_sales_minor: 30_000 })
      .where("product_id", "=", 2)
      .where("week", ">=", "2025-11-22")
      .execute();
    const weeks = await db.selectFrom("sales_week").select("week").distinct().orderBy("week").execute();
    await db
      .insertInto("category_week")
      .values(
        weeks.map(({ week }, at) => ({
          account_id: 1,
          category_id: 1,
          week,
          volume: 10,
          value_minor: at >= 58 ? 110_000 : 100_000,
          own_share: at >= 58 ? 0.4 : 0.3,
          competitor_share: 0.3,
          private_label_share: at >= 58 ? 0.3 : 0.4,
          price_index: 1 + at / 1_000,
        })),
      )
      .execute();
    const signal = (account_id: number | null, category_id: number | null, start: string, text: string) => ({
      account_id,
      category_id,
      kind: "competitor_promotion" as const,
      competitor: "Rival",
      start,
      end: start,
      value: 0.25,
      text,
      source: "Leaflet monitor",
      reported: start,
    });
    await db
      .insertInto("signal")
      .values([
        signal(1, 1, "2026-11-02", "Rival 25% off, 2 for 5.50"),
        signal(3, 1, "2026-10-05", "Only at West"),
        signal(null, 2, "2026-12-07", "Ahead everywhere"),
        signal(1, 2, "2024-01-01", "Long ago"),
      ])
      .execute();
  });
  afterAll(() => market.close());

  const grow = async (args: Record<string, unknown>, user = "dan") => {
    const tool = productGrowth as ReadTool;
    return (await tool.run(await market.context(user), tool.schema.parse(args))) as unknown as Grown;
  };
  const listen = async (args: Record<string, unknown>, user = "dan") => {
    const tool = marketSignals as ReadTool;
    return (await tool.run(await market.context(user), tool.schema.parse(args))) as unknown as Signals;
  };
  const one = async (text: string) => (await sql.raw(text).execute(market.store.db)).rows[0] as Record<string, number>;

  it("compares the last twelve months with the same weeks before, as SQL does", async () => {
    const result = await grow({});
    expect(result.period).toEqual({ from: "2025-11-22", to: "2026-11-15" });
    expect(result.before).toEqual({ from: "2024-11-23", to: "2025-11-16" });
    const now = await one(
      "SELECT sum(net_sales) AS s, sum(units) AS u FROM v_sales_week WHERE week BETWEEN '2025-11-22' AND '2026-11-21'",
    );
    const before = await one(
      "SELECT sum(net_sales) AS s FROM v_sales_week WHERE week BETWEEN '2024-11-23' AND '2025-11-16'",
    );
    expect(result.total.net_sales).toBeCloseTo(now.s!, 6);
    expect(result.total.units).toBeCloseTo(now.u!, 6);
    expect(result.total.net_sales_before).toBeCloseTo(before.s!, 6);
    expect(result.total.growth).toBeCloseTo(now.s! / before.s! - 1, 9);
  });

  it("gives each product its part of the growth, and the parts add up", async () => {
    const result = await grow({});
    expect(result.products[0]!.label).toBe("Aster Black 100 g");
    expect(result.falling[0]!.label).toBe("Birch Liquid");
    expect(result.products.find((p) => p.label === "Birch Liquid")?.state).toBe("gone");
    const sum = (rows: { contribution: number }[]) => rows.reduce((s, r) => s + r.contribution, 0);
    expect(sum(result.products)).toBeCloseTo(result.total.growth, 9);
    expect(sum(result.brands)).toBeCloseTo(result.total.growth, 9);
  });

  it("says what part of a category's growth was ours", async () => {
    const [tea] = (await grow({ account: "North Stores", category: "Tea" })).categories;
    expect(tea!.growth).toBeCloseTo(0.1, 2);
    expect(tea!.own_share_change).toBeCloseTo(0.1, 2);
    expect(tea!.from_us).toBeCloseTo((1.1 * 0.4 - 0.3) / 1, 2);
  });

  it("knows no growth where the history does not reach back, and covers a KAM's own accounts only", async () => {
    const early = await grow({ period: { from: "2025-01-06", to: "2025-03-30" } });
    expect(early.total.growth).toBeNull();
    expect(early.missing.join()).toContain("does not reach back");
    const [ana, dan] = [await grow({}, "ana"), await grow({}, "dan")];
    expect(ana.total.units).toBeLessThan(dan.total.units);
    await expect(grow({ period: { from: "2030-01-01", to: "2030-02-01" } })).rejects.toThrow(/no measured sales/);
  });

  it("lists signals newest first, quoted, and none of a colleague's account", async () => {
    const all = await listen({});
    expect(all.rows.map((r) => r.start)).toEqual(["2026-12-07", "2026-11-02", "2026-10-05"]);
    expect(all.rows[0]!.when).toBe("ahead");
    expect(all.rows[1]!.quote).toContainEqual({ number: 0.25, unit: "%" });
    expect(all.categories).toContainEqual(expect.objectContaining({ category: "Tea", competitor_promotions: 2 }));
    const ana = await listen({}, "ana");
    expect(ana.signals).toBe(2);
    expect(JSON.stringify(ana)).not.toContain("West");
    expect((await listen({ category: "Soap" })).rows.map((r) => r.category)).toEqual(["Soap"]);
    expect((await listen({ period: { from: "2023-12-31", to: "2024-01-02" } })).signals).toBe(1);
    expect((await listen({ competitor: "rival" })).signals).toBe(3);
    expect((await listen({ competitor: "Nobody" })).signals).toBe(0);
  });

  it("says whose the value of a category is, in the last weeks and against the first", async () => {
    const period = { from: "2024-11-25", to: "2026-11-15" };
    const [tea] = (await listen({ account: "North Stores", category: "Tea", period })).shares;
    const last = await one(
      "SELECT sum(value_minor * own_share) / sum(value_minor) AS s, sum(value_minor * private_label_share) / sum(value_minor) AS u FROM category_week WHERE account_id = 1 AND category_id = 1 AND week >= '2026-10-19' AND week <= '2026-11-15'",
    );
    expect(tea).toMatchObject({ category: "Tea" });
    expect(tea!.own).toBeCloseTo(last.s!, 9);
    expect(tea!.private_label).toBeCloseTo(last.u!, 9);
    expect(tea!.own_change).toBeGreaterThan(0.05);
    expect(Number(tea!.own) + Number(tea!.competitors) + Number(tea!.private_label)).toBeCloseTo(1, 6);
  });

  it("measures the move of the price index from the first to the last weeks", async () => {
    const [move] = (await listen({ category: "Tea" })).price_index;
    expect(move!.category).toBe("Tea");
    expect(move!.change).toBeGreaterThan(0.03);
    expect(move!.change).toBeLessThan(0.06);
  });
});
