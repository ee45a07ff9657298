import { describe, expect, it } from "vitest";
import { fitModel, incrementalTotals, type Plan, SCENARIO_DRAWS, scenarioDraws } from "./index.ts";
import { simulateMarket } from "./testing.ts";

const market = simulateMarket({ seed: 5, noise: 0.15 });
const model = fitModel(market.panel);
const names = market.panel.drivers.map((d) => d.name);

/** A two-week 20 % promotion of some products at an account, and three weeks after it. */
function planFor(account: number, products: readonly number[], start: number): Plan {
  const cells = products.flatMap((product) => [0, 1, 2, 3, 4].map((w) => ({ product, week: start + w, on: w < 2 })));
  return {
    account: Int32Array.from(cells, () => account),
    product: Int32Array.from(cells, (c) => c.product),
    week: Int32Array.from(cells, (c) => c.week),
    price: Float64Array.from(cells, (c) => (2 + c.product) * (c.on ? 0.8 : 1)),
    basePrice: Float64Array.from(cells, (c) => 2 + c.product),
    drivers: names.map((name, d) => ({
      name,
      kind: market.panel.drivers[d]!.kind,
      values: Float64Array.from(cells, (c) => (name === "display" && c.on ? 1 : 0)),
    })),
  };
}

const quantile = (values: Float64Array, q: number) => Float64Array.from(values).sort()[Math.floor(q * values.length)]!;

describe("scenarioDraws", () => {
  it("says what incrementalTotals says, within the chance of its draws", () => {
    const plan = planFor(1, [0, 1], 85);
    const group = new Int32Array(plan.week.length);
    const drawn = scenarioDraws(model, plan, group, 1);
    const totals = incrementalTotals(model, plan, group, 1);
    expect(drawn.meanWith[0]! - drawn.meanWithout[0]!).toBeCloseTo(totals.mean[0]!, 6);
    const gain = drawn.with.map((v, d) => v - drawn.without[d]!);
    const width = totals.q90[0]! - totals.q10[0]!;
    expect(Math.abs(quantile(gain, 0.1) - totals.q10[0]!)).toBeLessThan(0.2 * width);
    expect(Math.abs(quantile(gain, 0.9) - totals.q90[0]!)).toBeLessThan(0.2 * width);
  });

  it("draws the same worlds whatever else is in the plan, and however its rows lie", () => {
    const alone = planFor(1, [0], 85);
    const group = new Int32Array(alone.week.length);
    const one = scenarioDraws(model, alone, group, 1);
    const far = planFor(2, [2], 85);
    const join = (pick: (plan: Plan) => Int32Array) => Int32Array.from([...pick(far), ...pick(alone)]);
    const joinFloat = (pick: (plan: Plan) => Float64Array) => Float64Array.from([...pick(far), ...pick(alone)]);
    const both: Plan = {
      account: join((p) => p.account),
      product: join((p) => p.product),
      week: join((p) => p.week),
      price: joinFloat((p) => p.price),
      basePrice: joinFloat((p) => p.basePrice),
      drivers: alone.drivers.map((d, k) => ({ ...d, values: joinFloat((p) => p.drivers[k]!.values) })),
    };
    const groups = Int32Array.from(both.week, (_, i) => (i < far.week.length ? 1 : 0));
    const two = scenarioDraws(model, both, groups, 2);
    for (let d = 0; d < SCENARIO_DRAWS; d++) expect(two.with[d * 2]).toBeCloseTo(one.with[d]!, 6);
    expect(scenarioDraws(model, alone, group, 1)).toEqual(one);
  });

  it("makes two depths comparable: the difference is far surer than either", () => {
    const deep = planFor(1, [0], 85);
    const shallow: Plan = { ...deep, price: deep.price.map((v, i) => (v < deep.basePrice[i]! ? v * 1.1 : v)) };
    const group = new Int32Array(deep.week.length);
    const a = scenarioDraws(model, deep, group, 1);
    const b = scenarioDraws(model, shallow, group, 1);
    const spread = (values: Float64Array) => quantile(values, 0.9) - quantile(values, 0.1);
    const correlation = spread(a.with.map((v, d) => v - b.with[d]!)) / Math.hypot(spread(a.with), spread(b.with));
    expect(correlation).toBeLessThan(0.5);
  });
});
