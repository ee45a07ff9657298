import { describe, expect, it } from "vitest";
import { BEYOND, fitModel, forecast } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import type { Forecast, Panel, Plan } from "../types.ts";

const market = simulateMarket({ accounts: 4, products: 3, weeks: 80, seed: 12 }).panel;
/** Product 1 never had a display, and none of the products a half one but full ones. */
const shown = (q: number, v: number) => (q === 0 ? 0 : v);
const panel: Panel = {
  ...market,
  drivers: market.drivers.map((d, k) =>
    k === 0 ? { ...d, values: d.values.map((v, i) => shown(market.product[i]!, v)) } : d,
  ),
};
const train = filterPanel(panel, (i) => panel.week[i]! < 72);
const quiet: Plan = (() => {
  const rows = filterPanel(panel, (i) => panel.week[i] === 74);
  return {
    ...rows,
    price: rows.basePrice,
    drivers: rows.drivers.map((d) => ({ ...d, values: new Float64Array(rows.week.length) })),
  };
})();
const model = fitModel(train);
const n = quiet.week.length;
const driver = (plan: Plan, k: number, value: number): Plan => ({
  ...plan,
  drivers: plan.drivers.map((d, j) => (j === k ? { ...d, values: new Float64Array(n).fill(value) } : d)),
});
const width = (f: Forecast, i: number) => Math.log(f.q975[i]! / f.q025[i]!);
const all = (f: Forecast, bits: number) => f.extrapolated.every((v) => v === bits);

describe("what lies beyond anything seen is said", () => {
  const made = forecast(model, quiet);

  it("not of what was seen", () => {
    expect(all(made, 0)).toBe(true);
    const deepest = forecast(model, { ...quiet, price: quiet.basePrice.map((b) => 0.7 * b) });
    expect(all(deepest, 0)).toBe(true);
  });

  it("of a discount, and of a mechanic, deeper than any", () => {
    expect(all(forecast(model, { ...quiet, price: quiet.basePrice.map((b) => 0.6 * b) }), BEYOND.depth)).toBe(true);
    expect(all(forecast(model, driver(quiet, 1, 0.25)), 0)).toBe(true);
    expect(all(forecast(model, driver(quiet, 1, 0.4)), BEYOND.depth)).toBe(true);
  });

  it("of a support that the product never had, and not of one that it had", () => {
    const displayed = forecast(model, driver(quiet, 0, 1)).extrapolated;
    for (let i = 0; i < n; i++) expect(displayed[i]).toBe(quiet.product[i] === 0 ? BEYOND.support : 0);
  });

  it("of an everyday price more than a tenth outside the product's", () => {
    const at = (factor: number) => {
      const price = quiet.basePrice.map((b) => b * factor);
      return forecast(model, { ...quiet, price, basePrice: price });
    };
    expect(all(at(1.08), 0)).toBe(true);
    expect(all(at(1.25), BEYOND.everydayPrice)).toBe(true);
    expect(all(at(0.8), BEYOND.everydayPrice)).toBe(true);
  });

  it("of context never: a holiday is not the firm's", () => {
    expect(all(forecast(model, driver(quiet, 2, 1.5)), 0)).toBe(true);
  });

  it("together, where several hold", () => {
    const both = forecast(model, driver({ ...quiet, price: quiet.basePrice.map((b) => 0.5 * b) }, 0, 1)).extrapolated;
    expect(both[0]).toBe(BEYOND.depth | BEYOND.support);
  });

  it("and widens the range", () => {
    const within = forecast(model, { ...quiet, price: quiet.basePrice.map((b) => 0.7 * b) });
    const beyond = forecast(model, { ...quiet, price: quiet.basePrice.map((b) => 0.6 * b) });
    for (let i = 0; i < n; i++) expect(width(beyond, i)).toBeGreaterThan(1.2 * width(within, i));
  });
});

describe("a week of the year never seen", () => {
  // 30 weeks of history: weeks 30 + 2 to 52 − 2 of the year are new, and then the first ones come again.
  const short = filterPanel(panel, (i) => panel.week[i]! < 30);
  const seasonal = fitModel({ ...short, season: 52 });
  const none = fitModel({ ...short, season: null });
  const at = (week: number): Plan => ({ ...quiet, week: quiet.week.map(() => week) });
  const own = (f: Forecast) => f.extrapolated.map((v) => v & BEYOND.season);

  it("is said, and one seen, or near one seen, is not", () => {
    for (const week of [36, 44, 88]) expect(own(forecast(seasonal, at(week))).every((v) => v !== 0)).toBe(true);
    for (const week of [31, 54, 60, 75]) expect(own(forecast(seasonal, at(week))).every((v) => v === 0)).toBe(true);
  });

  it("is not said of a panel without seasons", () => {
    expect(own(forecast(none, at(44))).every((v) => v === 0)).toBe(true);
  });

  it("widens the range more than the weeks ahead do", () => {
    const unseen = forecast(seasonal, at(44));
    const seen = forecast(seasonal, at(54));
    for (let i = 0; i < n; i++) expect(width(unseen, i)).toBeGreaterThan(width(seen, i));
  });
});
