/** Level of every interval in a result: the middle 80 %. */
export const LEVEL = 0.8;
/** Half the width of such an interval of a normal distribution, in standard deviations. */
export const Z80 = 1.2816;

/** A mean with its 80 % interval. */
export interface Range {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Level of the wider interval that stored forecasts are held against beside it. */
export const WIDE_LEVEL = 0.95;

/** The two ends of an interval. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The ends of the middle 80 % of draws, between neighbours by their distance. */
export const middleOf = (draws: ArrayLike<number>): Ends => endsOf(Float64Array.from(draws).sort(), LEVEL);

/** The value below which a share of draws lies. */
export const quantileOf = (draws: ArrayLike<number>, share: number): number =>
  quantileAt(Float64Array.from(draws).sort(), share);

function quantileAt(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const low = Math.floor(place);
  return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}

function endsOf(sorted: Float64Array, level: number): Ends {
  const at = (q: number): number => {
    return quantileAt(sorted, q);
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

/** The 80 % interval of draws around a mean that is computed without them. */
export const rangeOf = (mean: number, draws: ArrayLike<number>): Range => rangesOf(mean, draws).range;

/** The same with the 95 % interval beside it, from one sorting of the draws. */
export function rangesOf(mean: number, draws: ArrayLike<number>): { readonly range: Range; readonly wide: Ends } {
  const sorted = Float64Array.from(draws).sort();
  const around = ({ low, high }: Ends): Ends => ({ low: Math.min(mean, low), high: Math.max(mean, high) });
  return { range: { mean, ...around(endsOf(sorted, LEVEL)) }, wide: around(endsOf(sorted, WIDE_LEVEL)) };
}

/** Null for none. */
export const mean = (values: readonly number[]): number | null =>
  values.length ? values.reduce((sum, v) => sum + v, 0) / values.length : null;

/** Middle value (the lower of two), null for none. */
export const median = (values: readonly number[]): number | null =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? null;
