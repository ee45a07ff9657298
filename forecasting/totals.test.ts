import { describe, expect, it } from "vitest";
import { baselineTotals, fitModel, forecast, forecastBaseline, forecastTotals, incrementalTotals } from "./index.ts";
import { stateOf } from "./state.ts";
import { filterPanel, simulateMarket } from "./testing.ts";

const market = simulateMarket({ accounts: 6, products: 4, weeks: 90, seed: 21, dip: 0.5 });
const train = filterPanel(market.panel, (i) => market.panel.week[i]! < 82);
const plan = filterPanel(market.panel, (i) => market.panel.week[i]! >= 82);
const model = fitModel(train);
/** Each series is a group. */
const series = plan.account.map((a, i) => a * 4 + plan.product[i]!);

describe("totals", () => {
  const totals = forecastTotals(model, plan, series, 24);

  it("have the mean of their rows, and quantiles around it in order", () => {
    const rows = forecast(model, plan).mean;
    const sums = new Float64Array(24);
    rows.forEach((v, i) => {
      sums[series[i]!]! += v;
    });
    for (let g = 0; g < 24; g++) {
      expect(totals.mean[g]).toBeCloseTo(sums[g]!, 8);
      expect(totals.q025[g]!).toBeLessThan(totals.q10[g]!);
      expect(totals.q10[g]!).toBeLessThan(totals.median[g]!);
      expect(totals.median[g]!).toBeLessThan(totals.q90[g]!);
      expect(totals.q90[g]!).toBeLessThan(totals.q975[g]!);
      expect(Math.abs(totals.median[g]! / totals.mean[g]! - 1)).toBeLessThan(0.05);
    }
  });

  it("cover the sums that came", () => {
    const actual = new Float64Array(24);
    plan.units.forEach((v, i) => {
      actual[series[i]!]! += v;
    });
    const inside = actual.filter((v, g) => v >= totals.q025[g]! && v <= totals.q975[g]!).length;
    expect(inside).toBeGreaterThanOrEqual(21);
  });

  it("are narrower than the sum of the rows' intervals, and wider than independent rows", () => {
    const rows = forecast(model, plan);
    for (let g = 0; g < 24; g++) {
      let wide = 0;
      let narrow = 0;
      for (let i = 0; i < series.length; i++) {
        if (series[i] !== g) continue;
        wide += rows.q90[i]! - rows.q10[i]!;
        narrow += (rows.q90[i]! - rows.q10[i]!) ** 2;
      }
      const width = totals.q90[g]! - totals.q10[g]!;
      expect(width).toBeLessThan(wide);
      expect(width).toBeGreaterThan(0.8 * Math.sqrt(narrow));
    }
  });

  it("even out over many series", () => {
    const whole = forecastTotals(model, plan, new Int32Array(series.length), 1);
    const relative = (f: typeof whole, g: number) => (f.q90[g]! - f.q10[g]!) / f.mean[g]!;
    let mean = 0;
    for (let g = 0; g < 24; g++) mean += relative(totals, g) / 24;
    expect(relative(whole, 0)).toBeLessThan(0.6 * mean);
  });

  it("give the same bits twice", () => {
    expect(forecastTotals(model, plan, series, 24)).toEqual(totals);
  });
});

describe("baseline and increment", () => {
  it("add up to the total in the mean", () => {
    const totals = forecastTotals(model, plan, series, 24);
    const base = baselineTotals(model, plan, series, 24);
    const more = incrementalTotals(model, plan, series, 24);
    for (let g = 0; g < 24; g++) expect(base.mean[g]! + more.mean[g]!).toBeCloseTo(totals.mean[g]!, 8);
  });

  it("find nothing where nothing is promoted", () => {
    const quiet = {
      ...plan,
      price: plan.basePrice,
      drivers: plan.drivers.map((d) =>
        d.kind === "context" ? d : { ...d, values: new Float64Array(d.values.length) },
      ),
    };
    const none = incrementalTotals(model, quiet, series, 24);
    for (const q of [none.mean, none.q025, none.median, none.q975])
      expect(q.every((v) => Math.abs(v) < 1e-9)).toBe(true);
    expect(forecastBaseline(model, quiet)).toEqual(forecast(model, quiet));
  });

  it("leave the event's own dip out of the baseline, and count it in the increment", () => {
    const weeks = [82, 83, 84];
    const one = filterPanel(
      plan,
      (i) => plan.account[i] === 0 && plan.product[i] === 0 && weeks.includes(plan.week[i]!),
    );
    const zero = new Float64Array(3);
    const event = {
      ...one,
      price: Float64Array.from([0.7, 1, 1], (f, k) => f * one.basePrice[k]!),
      drivers: one.drivers.map((d) => ({ ...d, values: zero })),
    };
    const rows = incrementalTotals(model, event, Int32Array.from([0, 1, 2]), 3);
    expect(rows.q025[0]!).toBeGreaterThan(0);
    expect(rows.mean[1]!).toBeLessThan(0);
    const truth = Math.exp(market.elasticity[0]! * -Math.log(0.7)) - 1;
    const base = forecastBaseline(model, event).mean[0]!;
    expect(Math.abs(rows.mean[0]! / base - truth)).toBeLessThan(0.35 * truth);
  });

  it("keep the dip of what ran before the plan", () => {
    const state = stateOf(model);
    const end = state.start[1]! - 1;
    const cheap = state.history.price.map((v, i) => (i === end ? v * 0.6 : v));
    const after = { ...model, state: { ...state, history: { ...state.history, price: cheap } } };
    const next = filterPanel(plan, (i) => plan.account[i] === 0 && plan.product[i] === 0 && plan.week[i] === 82);
    expect(forecastBaseline(after, next).mean[0]!).toBeLessThan(0.97 * forecastBaseline(model, next).mean[0]!);
  });

  it("look back on the history also where there is one product", () => {
    const one = simulateMarket({ accounts: 4, products: 1, weeks: 83, seed: 22, dip: 0.5 }).panel;
    const fitted = fitModel(filterPanel(one, (i) => one.week[i]! < 82));
    const state = stateOf(fitted);
    const end = state.start[1]! - 1;
    const cheap = state.history.price.map((v, i) => (i === end ? v * 0.6 : v));
    const after = { ...fitted, state: { ...state, history: { ...state.history, price: cheap } } };
    const next = filterPanel(one, (i) => one.account[i] === 0 && one.week[i] === 82);
    expect(forecastBaseline(after, next).mean[0]!).toBeLessThan(0.97 * forecastBaseline(fitted, next).mean[0]!);
  });
});
