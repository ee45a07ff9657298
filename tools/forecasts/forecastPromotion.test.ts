import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BEYOND } from "../../forecasting/index.ts";
import type { ToolContext } from "../define.ts";
import { type DemoContext, demoContext } from "../testing.ts";
import { foreignStore } from "../testingPanel.ts";
import { caveatsOf } from "./caveats.ts";
import { readForecastGround } from "./forecastGround.ts";
import { forecastOn, forecastPromotion } from "./forecastPromotion.ts";
import { moneyOutcome } from "./moneyOutcome.ts";
import type { PromotionSpec } from "./types.ts";
import { unitOutcome } from "./unitOutcome.ts";

let demo: DemoContext;
let dan: ToolContext;
let spec: PromotionSpec;
beforeAll(async () => {
  demo = await demoContext();
  dan = await demo.context();
  const account = await demo.store.db
    .selectFrom("account")
    .select("id")
    .where("name", "=", "Albion Fresh")
    .executeTakeFirstOrThrow();
  const listed = await demo.store.db
    .selectFrom("listing as l")
    .innerJoin("product as p", "p.id", "l.product_id")
    .innerJoin("brand as b", "b.id", "p.brand_id")
    .where("b.name", "=", "Kestrel")
    .where("l.account_id", "=", account.id)
    .where("l.end", "is", null)
    .select("p.id")
    .execute();
  spec = {
    account_id: account.id,
    product_ids: listed.map((row) => row.id),
    start: "2027-03-01",
    end: "2027-03-14",
    mechanic: "tpr",
    discount: 0.2,
    price_off: null,
    get: null,
    pay: null,
    feature: false,
    display: false,
    payment: "scan_back",
    fixed_spend: 1_000,
  };
});
afterAll(() => demo.close());

describe("forecastPromotion", () => {
  it("keeps the field's formulas", async () => {
    const f = await forecastPromotion(dan, spec);
    expect(f.gross_incremental.mean).toBeCloseTo(f.units.mean - f.baseline.mean, 6);
    expect(f.true_incremental.mean).toBeCloseTo(f.gross_incremental.mean - f.dip - f.cannibalised + f.halo, 6);
    expect(f.uplift).toBeCloseTo(f.gross_incremental.mean / f.baseline.mean, 9);
    const spend = f.lines.reduce((sum, line) => sum + line.allowance! * line.units, 1_000);
    expect(f.spend).toBeCloseTo(spend, 6);
    expect(f.net_profit!.mean).toBeCloseTo(f.incremental_profit!.mean - spend, 6);
    expect(f.net_roi!.mean).toBeCloseTo((f.incremental_profit!.mean - spend) / spend, 9);
    expect(f.gross_roi).toBeCloseTo(f.net_roi!.mean + 1, 9);
    expect(f.weeks).toBe(2);
    for (const range of [f.units, f.baseline, f.true_incremental, f.net_profit!, f.net_roi!]) {
      expect(range.low).toBeLessThan(range.mean);
      expect(range.high).toBeGreaterThan(range.mean);
    }
    expect(f.lines.every((line) => Math.abs(line.promoted_price! - 0.8 * line.everyday_price!) < 1e-9)).toBe(true);
  });

  it("counts dip and cannibalisation in the profit, each product at its own margin", async () => {
    const { store } = demo;
    const laundry = await store.db
      .selectFrom("product as p")
      .innerJoin("brand as b", "b.id", "p.brand_id")
      .innerJoin("category as c", "c.id", "b.category_id")
      .where("c.name", "=", "Laundry")
      .select(["p.id", "p.name", "p.cost_minor", "p.list_price_minor"])
      .execute();
    const terms = await store.db
      .selectFrom("contract")
      .selectAll()
      .where("account_id", "=", spec.account_id)
      .where("end", ">=", spec.start)
      .executeTakeFirstOrThrow();
    const margin = (p: (typeof laundry)[number]): number =>
      (p.list_price_minor! * (1 - terms.off_invoice_rate - terms.rebate_rate) - p.cost_minor!) / 100;
    const one = laundry.find((p) => p.name === "Lintel Gel Fresh 900 ml")!;
    const f = await forecastPromotion(dan, { ...spec, product_ids: [one.id], discount: 0.3 });
    expect(f.dip).toBeGreaterThan(0);
    const own = margin(one) * (f.gross_incremental.mean - f.dip);
    const others = laundry.filter((p) => p.id !== one.id).map(margin);
    const gain = f.halo * Math.max(...others);
    expect(f.incremental_profit!.mean).toBeLessThanOrEqual(own - f.cannibalised * Math.min(...others) + gain + 1e-6);
    expect(f.incremental_profit!.mean).toBeGreaterThanOrEqual(own - f.cannibalised * Math.max(...others) - 1e-6);
  });

  it("says the same twice, on its own and on a ground that is read once", async () => {
    const one = await forecastPromotion(dan, spec);
    const ground = await readForecastGround(demo.store, (await demo.context()).models);
    expect(forecastOn(ground, dan.actor, spec).forecast).toEqual(one);
  });

  it("brings more units for a deeper cut, for a display and for a third week, and a fee costs what it costs", async () => {
    const f = await forecastPromotion(dan, spec);
    const units = async (change: Partial<PromotionSpec>) =>
      (await forecastPromotion(dan, { ...spec, ...change })).units.mean;
    expect(await units({ discount: 0.3 })).toBeGreaterThan(f.units.mean);
    expect(await units({ display: true })).toBeGreaterThan(1.1 * f.units.mean);
    expect(await units({ end: "2027-03-21" })).toBeGreaterThan(1.2 * f.units.mean);
    const dearer = await forecastPromotion(dan, { ...spec, fixed_spend: 3_000 });
    expect(dearer.units).toEqual(f.units);
    expect(dearer.net_profit!.mean).toBeCloseTo(f.net_profit!.mean - 2_000, 6);
  });

  it("counts part weeks by their days", async () => {
    const whole = await forecastPromotion(dan, spec);
    const part = await forecastPromotion(dan, { ...spec, start: "2027-03-03" });
    expect(part.weeks).toBeCloseTo(12 / 7, 9);
    expect(part.baseline.mean).toBeLessThan(0.92 * whole.baseline.mean);
    expect(part.baseline.mean).toBeGreaterThan(0.8 * whole.baseline.mean);
  });

  it("takes what is paid a unit and how many use an offer from the account's past", async () => {
    const { store } = demo;
    const f = await forecastPromotion(dan, { ...spec, mechanic: "coupon", discount: 0.3 });
    const past = await store.db
      .selectFrom("promotion")
      .where("account_id", "=", spec.account_id)
      .where("mechanic", "=", "coupon")
      .where("end", "<", store.today)
      .where("status", "!=", "cancelled")
      .select("redemption")
      .orderBy("redemption")
      .execute();
    const used = 1 - f.lines[0]!.promoted_price! / f.lines[0]!.everyday_price!;
    expect(past.map((p) => p.redemption)).toContain(Math.round((used / 0.3) * 100) / 100);
    const cut = await forecastPromotion(dan, spec);
    const share = cut.lines[0]!.allowance! / ((0.2 * cut.lines[0]!.everyday_price!) / 1.09);
    expect(share).toBeGreaterThan(0.45);
    expect(share).toBeLessThan(0.75);
    expect((await forecastPromotion(dan, { ...spec, payment: "lump_sum" })).spend).toBe(1_000);
  });

  it("says when it goes beyond what was seen, and widens", async () => {
    const deep = await forecastPromotion(dan, { ...spec, discount: 0.6 });
    expect(deep.caveats[0]).toContain("deeper than any discount");
    const f = await forecastPromotion(dan, spec);
    const width = (r: { low: number; high: number; mean: number }) => (r.high - r.low) / r.mean;
    expect(width(deep.units)).toBeGreaterThan(1.3 * width(f.units));
    expect(f.caveats.join(" ")).not.toContain("deeper");
    const far = await forecastPromotion(dan, { ...spec, start: "2028-02-28", end: "2028-03-12" });
    expect(far.caveats.join(" ")).toContain("more than half a year");
  });

  it("says in what it goes beyond what was seen", async () => {
    const ground = await readForecastGround(demo.store, (await demo.context()).models);
    const { evidence } = await forecastPromotion(dan, spec);
    const units = unitOutcome(ground, spec);
    expect(units.extrapolated).toBe(0);
    expect(unitOutcome(ground, { ...spec, discount: 0.6 }).extrapolated).toBe(BEYOND.depth);
    const said = (bits: number) =>
      caveatsOf(ground, spec, { ...units, extrapolated: bits }, moneyOutcome(ground, spec, units), evidence).join(" ");
    expect(said(0)).not.toMatch(/time of the year|everyday price lies/);
    expect(said(BEYOND.season)).toContain("time of the year was never seen");
    expect(said(BEYOND.everydayPrice)).toContain("everyday price lies well outside");
  });

  it("writes caveats without figures, since nothing stands behind them", async () => {
    for (const change of [
      { discount: 0.6 },
      { display: true, discount: 0 },
      { payment: "lump_sum" as const, fixed_spend: 0 },
    ]) {
      const { caveats } = await forecastPromotion(dan, { ...spec, ...change });
      for (const caveat of caveats) expect(caveat.replaceAll(/\d+(?= g| kg| l| ml)/g, "")).not.toMatch(/\d/);
    }
  });

  it("counts as evidence only what the actor may see", async () => {
    const ana = await demo.context("ana");
    const all = await forecastPromotion(dan, spec);
    const hers = await forecastPromotion(ana, spec);
    expect(hers.evidence.here).toBe(all.evidence.here);
    expect(hers.evidence.elsewhere).toBeLessThan(all.evidence.elsewhere);
    expect(hers.units).toEqual(all.units);
    await expect(forecastPromotion(await demo.context("ben"), spec)).rejects.toMatchObject({ code: "no_right" });
  });
});

describe("a store of a foreign panel", () => {
  it("forecasts units and says that money is not known", async () => {
    const { context, close } = await foreignStore();
    const f = await forecastPromotion(context, {
      ...spec,
      account_id: 3,
      product_ids: [1],
      start: "2026-11-23",
      end: "2026-12-20",
      discount: 0,
      display: true,
      fixed_spend: 0,
    });
    expect(f.currency).toBe("USD");
    expect(f.true_incremental.low).toBeGreaterThan(0);
    expect([f.incremental_profit, f.net_profit, f.net_roi, f.gross_roi, f.retailer]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(f.evidence).toMatchObject({ unit: "weeks" });
    expect(f.evidence.here).toBeGreaterThan(5);
    expect(f.caveats.join(" ")).toContain("Costs or list prices");
    await close();
  });
});
