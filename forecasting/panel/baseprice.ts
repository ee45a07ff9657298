/** Weeks of a price's own past that decide its everyday level. */
const WINDOW = 17;
const QUANTILE = 0.8;
/** Weight of a week in which a support or another mechanic ran. */
const PROMOTED_WEIGHT = 0.25;

/**
 * Fills unknown everyday prices of one series: the weighted 0.8 quantile of the shelf prices of the last 17 weeks, this
 * one included, and never below the shelf price. Only the past is used, so a week's value does not change when later
 * weeks arrive (the first four weeks of a series share their common quantile). An unknown shelf price becomes the base.
 * @param price, base, promoted: rows of one series by week, [from, to); price and base are written over
 */
export function fillBasePrice(
  week: Int32Array,
  price: Float64Array,
  base: Float64Array,
  promoted: Uint8Array,
  from: number,
  to: number,
  fallback: number,
): void {
  const values: number[] = [];
  const weights: number[] = [];
  const known = Float64Array.from(price.subarray(from, to));
  for (let i = from; i < to; i++) {
    if (Number.isNaN(base[i]!)) {
      values.length = 0;
      weights.length = 0;
      let first = i;
      while (first > from && week[i]! - week[first - 1]! < WINDOW) first--;
      const last = first === from ? Math.max(i, Math.min(to - 1, from + 3)) : i;
      for (let k = first; k <= last; k++) {
        const v = known[k - from]!;
        if (Number.isNaN(v)) continue;
        const w = promoted[k] ? PROMOTED_WEIGHT : 1;
        let at = values.length;
        while (at > 0 && values[at - 1]! > v) at--;
        values.splice(at, 0, v);
        weights.splice(at, 0, w);
      }
      base[i] = weightedQuantile(values, weights) ?? (i > from ? base[i - 1]! : fallback);
    }
    if (Number.isNaN(price[i]!)) price[i] = base[i]!;
    else if (price[i]! > base[i]!) base[i] = price[i]!;
  }
}

function weightedQuantile(values: readonly number[], weights: readonly number[]): number | undefined {
  let total = 0;
  for (const w of weights) total += w;
  let run = 0;
  for (let k = 0; k < values.length; k++) {
    run += weights[k]!;
    if (run >= QUANTILE * total) return values[k];
  }
  return values[values.length - 1];
}
