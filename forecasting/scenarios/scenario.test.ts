import { describe, expect, it } from "vitest";
import { baselinePlan } from "../events/counterfactual.ts";
import { stateOf } from "../fit/state.ts";
import { fitModel, forecast, type Plan, SCENARIO_DRAWS, scenarioDraws } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";

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

describe("sums over series", () => {
  const market = simulateMarket({ accounts: 6, products: 4, weeks: 90, seed: 21, dip: 0.5 });
  const train = filterPanel(market.panel, (i) => market.panel.week[i]! < 82);
  const plan = filterPanel(market.panel, (i) => market.panel.week[i]! >= 82);
  const model = fitModel(train);
  /** Each series is a group. */
  const series = plan.account.map((a, i) => a * 4 + plan.product[i]!);
  const drawn = scenarioDraws(model, plan, series, 24);
  const column = (values: Float64Array, groups: number, g: number) =>
    Float64Array.from({ length: SCENARIO_DRAWS }, (_, d) => values[d * groups + g]!);
  const width = (values: Float64Array) => quantile(values, 0.9) - quantile(values, 0.1);
  const sums = (values: Float64Array): Float64Array => {
    const out = new Float64Array(24);
    values.forEach((v, i) => {
      out[series[i]!]! += v;
    });
    return out;
  };

  it("have the mean of their rows, with the promotions and without", () => {
    const on = sums(forecast(model, plan).mean);
    const off = sums(forecast(model, baselinePlan(model, plan)).mean);
    for (let g = 0; g < 24; g++) {
      expect(drawn.meanWith[g]).toBeCloseTo(on[g]!, 8);
      expect(drawn.meanWithout[g]).toBeCloseTo(off[g]!, 8);
      expect(Math.abs(quantile(column(drawn.with, 24, g), 0.5) / on[g]! - 1)).toBeLessThan(0.05);
    }
  });

  it("cover what came", () => {
    const inside = sums(plan.units).filter((v, g) => {
      const draws = column(drawn.with, 24, g);
      return v >= quantile(draws, 0.025) && v <= quantile(draws, 0.975);
    });
    expect(inside.length).toBeGreaterThanOrEqual(21);
  });

  it("are surer than their rows taken together, and less sure than independent ones", () => {
    const rows = forecast(model, plan);
    const wide = sums(rows.q90.map((v, i) => v - rows.q10[i]!));
    const narrow = sums(rows.q90.map((v, i) => (v - rows.q10[i]!) ** 2));
    for (let g = 0; g < 24; g++) {
      expect(width(column(drawn.with, 24, g))).toBeLessThan(wide[g]!);
      expect(width(column(drawn.with, 24, g))).toBeGreaterThan(0.8 * Math.sqrt(narrow[g]!));
    }
  });

  it("even out over many series", () => {
    const whole = scenarioDraws(model, plan, new Int32Array(series.length), 1);
    let mean = 0;
    for (let g = 0; g < 24; g++) mean += width(column(drawn.with, 24, g)) / drawn.meanWith[g]! / 24;
    expect(width(whole.with) / whole.meanWith[0]!).toBeLessThan(0.6 * mean);
  });

  it("find nothing where nothing is promoted", () => {
    const quiet = {
      ...plan,
      price: plan.basePrice,
      drivers: plan.drivers.map((d) =>
        d.kind === "context" ? d : { ...d, values: new Float64Array(d.values.length) },
      ),
    };
    const none = scenarioDraws(model, quiet, series, 24);
    expect(none.with.every((v, i) => Math.abs(v - none.without[i]!) < 1e-9)).toBe(true);
    expect(forecast(model, baselinePlan(model, quiet))).toEqual(forecast(model, quiet));
  });

  it("leave the event's own dip out of what would have been, and count it in what it brings", () => {
    const weeks = [82, 83, 84];
    const one = filterPanel(
      plan,
      (i) => plan.account[i] === 0 && plan.product[i] === 0 && weeks.includes(plan.week[i]!),
    );
    const event = {
      ...one,
      price: Float64Array.from([0.7, 1, 1], (f, k) => f * one.basePrice[k]!),
      drivers: one.drivers.map((d) => ({ ...d, values: new Float64Array(3) })),
    };
    const rows = scenarioDraws(model, event, Int32Array.from([0, 1, 2]), 3);
    const gain = column(rows.with, 3, 0).map((v, d) => v - rows.without[d * 3]!);
    expect(quantile(gain, 0.025)).toBeGreaterThan(0);
    expect(rows.meanWith[1]!).toBeLessThan(rows.meanWithout[1]!);
    const truth = Math.exp(market.elasticity[0]! * -Math.log(0.7)) - 1;
    const found = rows.meanWith[0]! / rows.meanWithout[0]! - 1;
    expect(Math.abs(found - truth)).toBeLessThan(0.35 * truth);
  });
});

describe("the dip of what ran before a plan", () => {
  it.each([4, 1])("stands in its forecast, with %i products", (products) => {
    const { panel } = simulateMarket({ accounts: 4, products, weeks: 83, seed: 22, dip: 0.5 });
    const model = fitModel(filterPanel(panel, (i) => panel.week[i]! < 82));
    const state = stateOf(model);
    const end = state.start[1]! - 1;
    const cheap = state.history.price.map((v, i) => (i === end ? v * 0.6 : v));
    const after = { ...model, state: { ...state, history: { ...state.history, price: cheap } } };
    const next = filterPanel(panel, (i) => panel.account[i] === 0 && panel.product[i] === 0 && panel.week[i] === 82);
    const quiet = (m: typeof model): number => forecast(m, baselinePlan(m, next)).mean[0]!;
    expect(quiet(after)).toBeLessThan(0.97 * quiet(model));
  });
});
