import { describe, expect, it } from "vitest";
import { fitModel, forecast, type Model, type Plan } from "./index.ts";
import { pricesTimes, randomMarket, splitMarket } from "./testing.random.ts";

const FACTORS = [1.6, 1.3, 1.1, 1.02, 1, 0.98, 0.94, 0.9, 0.8, 0.7, 0.5, 0.2];

/** Median units of a row of a plan at ever lower prices, everything else in the plan as it was. */
function unitsAsPriceFalls(model: Model, plan: Plan, row: number, everyday: boolean): number[] {
  return FACTORS.map(
    (f) =>
      forecast(
        model,
        pricesTimes(plan, (i) => (i === row ? f : 1), everyday),
      ).median[row]!,
  );
}

function expectNeverFalling(units: readonly number[]): void {
  units.forEach((v, k) => {
    if (k > 0) expect(v).toBeGreaterThanOrEqual(units[k - 1]! * (1 - 1e-12));
  });
}

/** A few rows all over the plan. */
function someRows(plan: Plan): number[] {
  const n = plan.week.length;
  return [0, 0.25, 0.5, 0.75].map((share) => Math.floor(share * n)).filter((i) => i < n);
}

describe.each([
  [false, [0, 1, 2, 4, 5, 9, 11, 15, 19, 22]],
  [true, [0, 2, 4, 9, 17, 18]],
])("units never fall when a price falls, all else equal (correction %s)", (correction, seeds) => {
  const markets = seeds.map((seed) => {
    const { past, plan } = splitMarket(randomMarket(seed));
    // What sold more when it was dear tempts a model into a response of the wrong sign.
    const units = past.units.map((u, i) => (past.account[i] === 0 && seed % 2 === 0 ? u * past.price[i]! ** 3 : u));
    return { seed, plan, model: fitModel({ ...past, units }, { correction }) };
  });

  it.each(markets)("market $seed: a week's shelf price", ({ plan, model }) => {
    for (const row of someRows(plan)) expectNeverFalling(unitsAsPriceFalls(model, plan, row, false));
  });

  it.each(markets)("market $seed: a week's everyday price, and the shelf price with it", ({ plan, model }) => {
    for (const row of someRows(plan)) expectNeverFalling(unitsAsPriceFalls(model, plan, row, true));
  });

  it.each(markets)("market $seed: a week's shelf price while supports and mechanics run", ({ plan, model }) => {
    const drivers = plan.drivers.map((d) => (d.kind === "context" ? d : { ...d, values: d.values.map(() => 0.4) }));
    for (const row of someRows(plan)) expectNeverFalling(unitsAsPriceFalls(model, { ...plan, drivers }, row, false));
  });
});
