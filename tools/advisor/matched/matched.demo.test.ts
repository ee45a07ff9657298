import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { addDays, daysBetween } from "../../../data/common/dates.ts";
import { trueOutcome } from "../../../data/demo/oracle.ts";
import { type DemoWorld, makeWorld } from "../../../data/demo/world.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { promotionLines, promotionResults } from "../../../data/results/results.service.ts";
import type { ReadTool } from "../../define.ts";
import { forecastPromotion } from "../../forecasts/forecastPromotion.ts";
import { type DemoContext, demoContext } from "../../testing.ts";
import { type Cut, isCut } from "../depth/raw.ts";
import { advisorTools } from "../index.ts";
import { readConditions } from "./conditions.ts";
import { onEqualFooting } from "./onEqualFooting.ts";

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

describe("like promotions on the demo market", () => {
  let demo: DemoContext;
  beforeAll(async () => {
    demo = await demoContext();
  });
  afterAll(() => demo.close());

  const ask = async <T>(name: string, args: Record<string, unknown>): Promise<T> => {
    const tool = advisorTools.find((t) => t.name === name) as ReadTool;
    return (await tool.run(await demo.context("dan"), tool.schema.parse(args))) as T;
  };

  it("tells what depth does to uplift as the simulator knows it, where the plain figures say nearly twice as much", async () => {
    const context = await demo.context("dan");
    const { actor, store } = context;
    const accounts = await visibleAccounts(actor, store);
    const events = (await promotionResults(actor, store, { accountIds: accounts.map((a) => a.id) })).filter(isCut);
    const lines = Map.groupBy(await promotionLines(store, events), (line) => line.promotion_id);
    const countries = new Map(accounts.map((account) => [account.id, account.country]));
    const conditions = await readConditions(context, events, lines, countries);
    const isDeep = (event: { readonly discount: number | null }): boolean => event.discount! > 0.225;
    const found = onEqualFooting(events, conditions, "uplift", "discount_band", isDeep);
    const depths = [true, false].map((deep) => mean(events.filter((e) => isDeep(e) === deep).map((e) => e.discount)));
    const world = makeWorld(store.today);
    const truth = mean(
      events
        .filter((_, at) => at % 5 === 0)
        .map((event) => {
          const products = lines.get(event.promotion_id)!.map((line) => line.product_id);
          const [deep, shallow] = depths.map((depth) => trueUplift(world, event, products, depth));
          return deep! - shallow!;
        }),
    );
    expect(Math.abs(found.adjusted! - truth)).toBeLessThan(0.3 * truth);
    expect(found.raw!).toBeGreaterThan(1.4 * truth);
    expect(found.range!.low).toBeLessThan(truth);
    expect(found.range!.high).toBeGreaterThan(truth);
    expect(found.promotions + found.others).toBe(events.length);
    expect(found.apart).toContain("holiday");
  });

  it("compares the two depths that are named, looks further where too few ran, and says how far", async () => {
    interface Levels {
      matched: {
        first: number;
        second: number | null;
        basis: string;
        account: string | null;
        net_roi: { promotions: number; others: number; matched: number; adjusted: number; reason: string | null };
      };
      asked: { net_profit_more: { mean: number }; share_ahead: number };
      expected: { rows: { level: number; net_profit: { mean: number } }[] };
    }
    const { matched, asked, expected } = await ask<Levels>("discount_response", {
      account: "Retailer B",
      levels: [0.3, 0.2],
    });
    expect(matched).toMatchObject({ first: 0.3, second: 0.2 });
    expect(matched.net_roi.adjusted).not.toBeNull();
    expect(matched.account === null).toBe(matched.basis === "everywhere");
    const at = (level: number) => expected.rows.find((row) => row.level === level)!.net_profit.mean;
    expect(asked.net_profit_more.mean).toBeCloseTo(at(0.3) - at(0.2), 6);
    expect(asked.share_ahead < 0.5).toBe(asked.net_profit_more.mean < 0);
    const turned = await ask<Levels>("discount_response", { account: "Retailer B", levels: [0.2, 0.3] });
    expect(turned.matched.net_roi.adjusted).toBeCloseTo(-matched.net_roi.adjusted, 6);
  });

  it("draws the curve of profit through depths that are no multiple of five as a forecast of them says", async () => {
    interface Curve {
      expected: { window: { from: string; to: string }; payments: string[]; products: number; deepest: number };
      marginal: {
        points: { depth: number; net_profit: number; next_point: number | null }[];
        stops: { depth: number; low: number; high: number };
        deepest_seen: number;
        outside: boolean;
      };
    }
    const context = await demo.context("dan");
    const { expected, marginal } = await ask<Curve>("discount_response", { product: "Kestrel", account: "Albion" });
    const { points, stops } = marginal;
    const [account] = (await visibleAccounts(context.actor, context.store)).filter((a) => a.name === "Albion Fresh");
    const kestrel = (await listProducts(context.store)).filter((p) => p.brand === "Kestrel");
    const listed = await demo.store.db
      .selectFrom("listing")
      .where("account_id", "=", account!.id)
      .where("start", "<=", expected.window.from)
      .where((eb) => eb.or([eb("end", "is", null), eb("end", ">=", expected.window.to)]))
      .select("product_id")
      .execute();
    const products = kestrel.map((p) => p.id).filter((id) => listed.some((l) => l.product_id === id));
    expect(products.length).toBe(expected.products);
    const scale = Math.max(...points.map((point) => Math.abs(point.net_profit)));
    for (const depth of [0.03, 0.12, 0.18, 0.27]) {
      const forecast = await forecastPromotion(context, {
        account_id: account!.id,
        product_ids: products,
        start: expected.window.from,
        end: expected.window.to,
        mechanic: "tpr",
        discount: depth,
        price_off: null,
        get: null,
        pay: null,
        feature: false,
        display: false,
        payment: expected.payments[0] as "bill_back",
        fixed_spend: 0,
      });
      const point = points.find((one) => Math.abs(one.depth - depth) < 1e-9)!;
      expect(Math.abs(point.net_profit - forecast.net_profit!.mean)).toBeLessThan(0.02 * scale);
    }
    expect(points.at(-1)!.depth).toBeCloseTo(expected.deepest, 9);
    const top = points.reduce((a, b) => (b.net_profit > a.net_profit ? b : a));
    expect(stops.depth).toBe(top.depth);
    expect(stops.low).toBeLessThanOrEqual(stops.depth);
    expect(stops.high).toBeGreaterThanOrEqual(stops.depth);
    expect(marginal.outside).toBe(stops.depth > marginal.deepest_seen + 0.02);
  });

  it("sets each group against the others, a support against none, and sums against nothing", async () => {
    interface Compared {
      rows: {
        group: string;
        promotions: number;
        matched: { promotions: number; others: number; raw: number } | null;
      }[];
      events: number;
    }
    const { rows } = await ask<Compared>("compare_promotions", { metric: "net_roi", by: "account" });
    const all = rows.reduce((sum, row) => sum + row.promotions, 0);
    for (const row of rows) {
      expect(row.matched!.promotions).toBe(row.promotions);
      expect(row.matched!.others).toBe(all - row.promotions);
    }
    const support = await ask<Compared>("compare_promotions", { metric: "uplift", by: "support" });
    const none = support.rows.find((row) => row.group === "none")!;
    expect(none.matched).toBeNull();
    for (const row of support.rows.filter((one) => one !== none)) expect(row.matched!.others).toBe(none.promotions);
    for (const args of [
      { metric: "spend", by: "account" },
      { metric: "net_roi", by: "month" },
    ])
      expect((await ask<Compared>("compare_promotions", args)).rows.every((row) => row.matched === null)).toBe(true);
  });
});

/** Uplift that a past price cut would truly have had at another depth, all else as it was. */
function trueUplift(world: DemoWorld, event: Cut, products: readonly number[], depth: number): number {
  const start = daysBetween(world.frame.weeks[0]!, event.start) / 7;
  const others = world.events.filter(
    (e) => !(e.account === event.account_id - 1 && e.start === start && e.products.includes(products[0]! - 1)),
  );
  const weeks = daysBetween(event.start, addDays(event.end, 1)) / 7;
  const offer = { mechanic: "tpr" as const, discount: depth, getN: null, payN: null, redemption: null, depth };
  const effect = trueOutcome(
    { ...world, events: others },
    {
      accountId: event.account_id,
      productIds: products,
      start: event.start,
      weeks,
      offer,
      feature: event.feature === 1,
      display: event.display === 1,
    },
  );
  return effect.grossIncremental / effect.baseline;
}
