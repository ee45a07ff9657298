import { describe, expect, it } from "vitest";
import { type Forecast, fitModel, forecast, type Panel, type Plan } from "./index.ts";
import { pricesTimes, randomMarket, shuffled, splitMarket } from "./testing.random.ts";
import { takeRows } from "./testing.ts";

const COLUMNS = ["mean", "median", "q025", "q10", "q90", "q975"] as const;
const STRUCTURAL = [0, 1, 2, 3, 5, 7, 9, 16, 22];
const CORRECTED = [2, 3, 7, 16];

/** Largest relative difference of two forecasts of the same rows, `scale` times the first against the second. */
function gap(a: Forecast, b: Forecast, scale = 1): number {
  let largest = 0;
  for (const name of COLUMNS)
    a[name].forEach((v, i) => {
      const off = Math.abs(v * scale - b[name][i]!);
      if (off > 0) largest = Math.max(largest, off / b[name][i]!);
    });
  return largest;
}

function later<P extends Plan>(plan: P, weeks: number): P {
  return { ...plan, week: plan.week.map((w) => w + weeks) };
}

/** The same rows with accounts and products counted from the other end. */
function relabelled(panel: Panel): Panel {
  const [accounts, products] = [panel.accounts.length, panel.products.length];
  return {
    ...panel,
    accounts: panel.accounts.toReversed(),
    products: panel.products.toReversed(),
    categories: panel.categories.toReversed(),
    account: panel.account.map((a) => accounts - 1 - a),
    product: panel.product.map((q) => products - 1 - q),
  };
}

describe.each([
  [false, STRUCTURAL],
  [true, CORRECTED],
])("algebra of a forecast (correction %s)", (correction, seeds) => {
  const made = (past: Panel, plan: Plan): Forecast => forecast(fitModel(past, { correction }), plan);
  const markets = seeds.map((seed) => {
    const { past, plan } = splitMarket(randomMarket(seed));
    return { seed, past, plan, whole: made(past, plan) };
  });

  it.each(markets)("market $seed: units in another measure are forecast in it", ({ past, plan, whole }) => {
    for (const factor of [12, 1 / 250]) {
      const scaled = made({ ...past, units: past.units.map((u) => u * factor) }, plan);
      expect(gap(whole, scaled, factor)).toBeLessThan(1e-9);
    }
  });

  it.each(markets)("market $seed: prices in another currency change nothing", ({ past, plan, whole }) => {
    const dearer = made(
      pricesTimes(past, () => 7.3, true),
      pricesTimes(plan, () => 7.3, true),
    );
    expect(gap(dearer, whole)).toBeLessThan(1e-9);
  });

  it.each(markets)("market $seed: weeks counted from another day change no bit", ({ past, plan, whole }) => {
    expect(made(later(past, 1235), later(plan, 1235))).toEqual(whole);
  });

  it.each(markets)("market $seed: the order of rows changes no bit", ({ past, plan, whole }) => {
    const order = shuffled(plan.week.length, 3);
    const mixed = made(takeRows(past, shuffled(past.week.length, 4)), takeRows(plan as Panel, order));
    for (const name of [...COLUMNS, "extrapolated"] as const)
      order.forEach((i, k) => {
        expect(mixed[name][k]).toBe(whole[name][i]);
      });
  });

  if (correction) return;
  it.each(markets)("market $seed: the order of accounts and products changes nothing", ({ past, plan, whole }) => {
    expect(gap(made(relabelled(past), relabelled(plan)), whole)).toBeLessThan(1e-9);
  });
});
