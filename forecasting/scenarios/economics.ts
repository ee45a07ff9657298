/**
 * The field's formulas, one meaning each. Money in any one unit (all arguments of a call in the same), rates as fractions.
 * A ratio whose divisor is 0 is null: there is nothing to divide by, and 0 or Infinity would be read as a result.
 */

/** Event spend S = allowance × paid units + fixed spend. */
export function eventSpend(allowance: number, paidUnits: number, fixed: number): number {
  return allowance * paidUnits + fixed;
}

/** Uplift (lift) as a fraction of baseline: I / B. */
export function uplift(incremental: number, baseline: number): number | null {
  return ratio(incremental, baseline);
}

/** True incremental units = I − dip − cannibalised + halo. */
export function trueIncremental(gross: number, dip: number, cannibalised: number, halo: number): number {
  return gross - dip - cannibalised + halo;
}

/** Incremental profit = true incremental × unit margin (net price after everyday terms less cost of goods), before spend. */
export function incrementalProfit(trueIncrementalUnits: number, unitMargin: number): number {
  return trueIncrementalUnits * unitMargin;
}

/** Net ROI = (incremental profit − spend) / spend; break-even is 0. Null without spend. */
export function netRoi(profit: number, spend: number): number | null {
  return ratio(profit - spend, spend);
}

/** Gross ROI (return ratio) = incremental profit / spend; break-even is 1. Null without spend. */
export function grossRoi(profit: number, spend: number): number | null {
  return ratio(profit, spend);
}

/** Net ROI of several events: profit summed over spend summed, never a mean of ratios. */
export function pooledNetRoi(profits: readonly number[], spends: readonly number[]): number | null {
  return netRoi(sum(profits), sum(spends));
}

/**
 * Uplift (fraction of baseline) at which an event pays for itself: (p + F / B) / (m − p).
 * `impossible` where the allowance eats the whole margin (p ≥ m) or there is no baseline to carry the fixed spend.
 */
export function breakEvenUplift(
  allowance: number,
  fixed: number,
  baseline: number,
  unitMargin: number,
): { readonly possible: true; readonly uplift: number } | { readonly possible: false } {
  if (!(allowance < unitMargin) || (fixed !== 0 && !(baseline > 0))) return { possible: false };
  return { possible: true, uplift: (allowance + (fixed === 0 ? 0 : fixed / baseline)) / (unitMargin - allowance) };
}

/** Cost per incremental unit = S / true incremental; null where nothing was gained. */
export function costPerIncrementalUnit(spend: number, trueIncrementalUnits: number): number | null {
  return trueIncrementalUnits > 0 ? spend / trueIncrementalUnits : null;
}

/** Promoted units that would have sold anyway, as a share of promoted units: (promoted − I) / promoted. */
export function subsidisedShare(promotedUnits: number, incremental: number): number | null {
  return ratio(promotedUnits - incremental, promotedUnits);
}

/** Effective discount of a multibuy, (1 − pay / get) × redemption: buy one, get one free, fully redeemed, is 0.5. */
export function multibuyDiscount(get: number, pay: number, redemption = 1): number {
  return get > 0 ? (1 - pay / get) * redemption : 0;
}

/** WAPE = Σ |actual − forecast| / Σ actual. Null where nothing was sold. */
export function wape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number | null {
  let error = 0;
  for (let i = 0; i < actual.length; i++) error += Math.abs(actual[i]! - forecast[i]!);
  return ratio(error, sum(actual));
}

/** Bias = Σ (forecast − actual) / Σ actual. */
export function bias(actual: ArrayLike<number>, forecast: ArrayLike<number>): number | null {
  return ratio(sum(forecast) - sum(actual), sum(actual));
}

/** Coverage = share of actuals inside [low, high]. */
export function coverage(actual: ArrayLike<number>, low: ArrayLike<number>, high: ArrayLike<number>): number | null {
  let inside = 0;
  for (let i = 0; i < actual.length; i++) if (actual[i]! >= low[i]! && actual[i]! <= high[i]!) inside++;
  return ratio(inside, actual.length);
}

function ratio(a: number, b: number): number | null {
  return b === 0 || !Number.isFinite(b) ? null : a / b;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
