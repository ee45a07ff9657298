import type { HeldOut } from "./holdout.ts";

/** Drift a week tried, as shares of the usual noise variance. */
const SHARES = [0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32];
/** Errors are taken for Student's t with this many degrees of freedom: a few wild weeks do not decide. */
const FREEDOM = 6;
const ITERATIONS = 8;
/** Rows that are enough to tell the drifts apart. */
const ENOUGH = 20_000;

/**
 * By how much the variance of ln units grows with each week ahead beyond what the model says: the levels of real series
 * move for good, and the model's fade back to their mean. Posterior mean over a grid with an even prior, by a likelihood
 * in which every row counts for `size / rows` (rows that share shocks are no separate witnesses), with a free scale for
 * quiet and for promoted weeks.
 * @param error ln units missed by row, @param unit usual noise variance, @param size effective number of rows
 */
export function driftOf(held: HeldOut, error: Float64Array, unit: number, size: number): number {
  const n = error.length;
  if (n === 0) return 0;
  const stride = Math.ceil(n / ENOUGH);
  const logs = SHARES.map((share) => logLikelihood(held, error, share * unit, stride) * stride * (size / n));
  const most = Math.max(...logs);
  let total = 0;
  let mean = 0;
  logs.forEach((log, k) => {
    const weight = Math.exp(log - most);
    total += weight;
    mean += weight * SHARES[k]! * unit;
  });
  return mean / total;
}

function logLikelihood(held: HeldOut, error: Float64Array, drift: number, stride: number): number {
  let out = 0;
  for (const state of [0, 1]) {
    let scale = 1;
    for (let round = 0; round <= ITERATIONS; round++) {
      let sum = 0;
      let log = 0;
      let n = 0;
      for (let i = 0; i < error.length; i += stride) {
        if (held.promoted[i] !== state) continue;
        const v = held.parameter[i]! + held.level[i]! + held.noise[i]! + drift * held.gap[i]!;
        const ratio = error[i]! ** 2 / v;
        n++;
        if (round < ITERATIONS) sum += ((FREEDOM + 1) / (FREEDOM + ratio / scale)) * ratio;
        else log -= 0.5 * Math.log(v * scale) + ((FREEDOM + 1) / 2) * Math.log1p(ratio / scale / FREEDOM);
      }
      if (n < 10) break;
      if (round < ITERATIONS) scale = Math.max(1e-9, sum / n);
      else out += log;
    }
  }
  return out;
}

/**
 * How many independent values a sample of them counts for when those of one group move together, by two crossed
 * groupings: n over the design effect of the mean of `values` (clustered by each in turn, as Cameron, Gelbach and Miller
 * 2011 add them up).
 */
export function effectiveSize(values: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>): number {
  const n = values.length;
  if (n < 5) return n;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i]! / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  if (squares < 1e-12) return n;
  const together = (group: ArrayLike<number>) => {
    const sums = new Map<number, number>();
    for (let i = 0; i < n; i++) sums.set(group[i]!, (sums.get(group[i]!) ?? 0) + values[i]! - mean);
    let sum = 0;
    for (const v of sums.values()) sum += v * v;
    return sum / squares;
  };
  return n / Math.max(1, together(first) + together(second) - 1);
}
