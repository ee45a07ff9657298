import { ForecastError } from "../errors.ts";

/** What is known of profit at some depths: the mean and the same worlds' draws at each, depths ascending as fractions. */
export interface DepthKnots {
  readonly depths: readonly number[];
  readonly means: readonly number[];
  /** By depth, one value a draw; draw d is the same world at every depth. */
  readonly draws: readonly ArrayLike<number>[];
}

/** Profit at one depth and what one more percentage point adds to it, each with its 80 % interval; in the unit of the draws. */
export interface CurvePoint {
  readonly depth: number;
  readonly profit: number;
  readonly low: number;
  readonly high: number;
  /** Profit at one point more less profit here; null at the deepest. */
  readonly marginal: number | null;
  readonly marginalLow: number | null;
  readonly marginalHigh: number | null;
}

export interface MarginalProfit {
  /** One a percentage point. */
  readonly points: readonly CurvePoint[];
  /** The depth from which on each further point costs more than it brings: where profit is highest, of the mean and in 80 % of worlds. */
  readonly stops: { readonly depth: number; readonly low: number; readonly high: number };
  /** Share of worlds in which profit still rises at the deepest depth looked at, and in which it falls from the first on. */
  readonly stillRising: number;
  readonly neverRises: number;
}

const POINT = 0.01;
const LEVEL = 0.8;
/** Neighbours that a depth between two known ones is made from: a cubic through four. */
const NEIGHBOURS = 4;

/**
 * Where deeper stops paying: the curve of profit over depth through known depths (a cubic through the four nearest, world by
 * world), its slope a percentage point, and its top.
 * @throws ForecastError bad_shape for fewer than two depths, depths not ascending, or columns of different lengths; bad_value for
 * a depth outside 0 … 1 or a profit that is not finite
 */
export function marginalProfit(knots: DepthKnots): MarginalProfit {
  const { depths, means, draws } = knots;
  const n = draws[0]?.length ?? 0;
  if (depths.length < 2 || n === 0 || means.length !== depths.length || draws.length !== depths.length)
    throw new ForecastError("bad_shape", "A curve needs at least two depths, each with a mean and draws.");
  if (draws.some((column) => column.length !== n) || depths.some((d, k) => k > 0 && !(d > depths[k - 1]!)))
    throw new ForecastError("bad_shape", "Depths must ascend and have draws of one length.");
  const finite = (values: ArrayLike<number>): boolean => Array.prototype.every.call(values, Number.isFinite);
  if (!(depths[0]! >= 0 && depths.at(-1)! <= 1) || !finite(means) || !draws.every(finite))
    throw new ForecastError("bad_value", "A curve needs depths from 0 to 1 and finite profits.");
  const grid = gridOf(depths[0]!, depths.at(-1)!);
  const mean = grid.map((depth) => at(depths, depth, (k) => means[k]!));
  const curve = grid.map((depth) => {
    const weights = weightsAt(depths, depth);
    return Float64Array.from({ length: n }, (_, d) => weights.reduce((sum, [k, w]) => sum + w * draws[k]![d]!, 0));
  });
  const points = grid.map((depth, g): CurvePoint => {
    const here = quantiles(curve[g]!);
    const next = curve[g + 1];
    const step = next ? quantiles(next.map((v, d) => v - curve[g]![d]!)) : null;
    const marginal = next ? mean[g + 1]! - mean[g]! : null;
    return {
      depth,
      profit: mean[g]!,
      low: Math.min(here.low, mean[g]!),
      high: Math.max(here.high, mean[g]!),
      marginal,
      marginalLow: step && Math.min(step.low, marginal!),
      marginalHigh: step && Math.max(step.high, marginal!),
    };
  });
  const tops = Int32Array.from({ length: n }, (_, d) => top(grid.length, (g) => curve[g]![d]!));
  const of = top(grid.length, (g) => mean[g]!);
  const sorted = tops.slice().sort();
  const rank = (q: number): number => sorted[Math.round(q * (n - 1))]!;
  const last = grid.length - 1;
  return {
    points,
    stops: {
      depth: grid[of]!,
      low: grid[Math.min(of, rank((1 - LEVEL) / 2))]!,
      high: grid[Math.max(of, rank((1 + LEVEL) / 2))]!,
    },
    stillRising: tops.filter((g) => g === last).length / n,
    neverRises: tops.filter((g) => g === 0).length / n,
  };
}

/** The value at a depth of a curve through known ones. */
export function curveAt(depths: readonly number[], values: readonly number[], depth: number): number {
  return at(depths, depth, (k) => values[k]!);
}

const at = (depths: readonly number[], depth: number, of: (k: number) => number): number =>
  weightsAt(depths, depth).reduce((sum, [k, w]) => sum + w * of(k), 0);

/** Whole percentage points from the first to the last depth, both included. */
function gridOf(from: number, to: number): number[] {
  const grid = [from];
  for (let k = Math.floor(from / POINT + 1e-9) + 1; k * POINT < to - 1e-9; k++) grid.push(Math.round(k) / 100);
  grid.push(to);
  return grid;
}

/** Lagrange's weights of the nearest known depths. */
function weightsAt(depths: readonly number[], depth: number): [knot: number, weight: number][] {
  const count = Math.min(NEIGHBOURS, depths.length);
  let from = depths.findIndex((d) => d >= depth - 1e-12) - count / 2;
  from = Math.max(0, Math.min(depths.length - count, Math.floor(from)));
  const own = Array.from({ length: count }, (_, k) => from + k);
  return own.map((k) => [
    k,
    own.reduce((product, j) => (j === k ? product : (product * (depth - depths[j]!)) / (depths[k]! - depths[j]!)), 1),
  ]);
}

/** Place of the largest of some values, the first of equal ones. */
function top(n: number, of: (g: number) => number): number {
  let best = 0;
  for (let g = 1; g < n; g++) if (of(g) > of(best)) best = g;
  return best;
}

/** Ends of the middle 80 %. */
function quantiles(values: Float64Array): { low: number; high: number } {
  const sorted = values.slice().sort();
  const end = (q: number): number => {
    const place = q * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low]! + (place - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  };
  return { low: end((1 - LEVEL) / 2), high: end((1 + LEVEL) / 2) };
}
