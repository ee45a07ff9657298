import { ForecastError } from "../errors.ts";
import { invertSpd } from "../numeric/linalg.ts";

/** A weekly series with what is known of each week, by row in the order of weeks. */
export interface WeeklySeries {
  /** Consecutive week numbers, rising. */
  readonly week: Int32Array;
  /** Measured values, > 0; NaN or 0 where nothing is known. */
  readonly value: Float64Array;
  /** What else moves a week (holidays, competitors), one column each, 0 where nothing. */
  readonly context: readonly Float64Array[];
  /** 1 for weeks that may teach the baseline. */
  readonly quiet: Uint8Array;
}

/** What the weeks would have been without what the others had, with the uncertainty of it. */
export interface QuietBaseline {
  /** By row. */
  readonly expected: Float64Array;
  /** Residuals of quiet rows in logs, NaN elsewhere. */
  readonly residual: Float64Array;
  /** Weeks that taught it. */
  readonly quiet: number;
  /** Variance of Σ expected over rows against what those rows would really have been. */
  varianceOf(rows: readonly number[]): number;
}

/** With fewer quiet weeks than this a year's wave and a trend cannot be told from noise. */
export const LEAST_QUIET = 30;
const HARMONICS = 2;
/** Prior standard deviations in logs: a year's wave, a year's trend, and the effect of a context column at its usual size. */
const PRIOR = { season: 0.4, trend: 0.15, context: 0.3 };
const HUBER = 1.5;
const ROUNDS = 6;
const MAD_TO_SD = 1.4826;
/** What lasts of an error fades by this a week; the rest is a week's own. */
const LASTING = 0.9;
/** Gaps in weeks at which residuals are compared to tell how much of an error lasts. */
const GAPS = [1, 2, 3, 4, 5, 6];
const MOST_LASTING = 0.8;

/**
 * Log-linear baseline from quiet weeks: level, trend, two harmonics of the year and the context, shrunk towards no effect, robust
 * to single odd weeks (Huber). Errors follow each other from week to week, which widens what is said of several of them.
 * @param season weeks in a year
 * @returns null with fewer than `LEAST_QUIET` quiet weeks
 * @throws ForecastError for columns of different lengths
 */
export function quietBaseline(series: WeeklySeries, season: number): QuietBaseline | null {
  const { week, value, context, quiet } = series;
  const n = week.length;
  if ([value, quiet, ...context].some((column) => column.length !== n))
    throw new ForecastError("bad_shape", "Every column of a weekly series has one value a week.");
  const learn = [...week.keys()].filter((i) => quiet[i] === 1 && value[i]! > 0);
  if (learn.length < LEAST_QUIET) return null;
  const { rows, precision, columns: p } = design(series, season, learn);
  const log = Float64Array.from(value, Math.log);
  const fit = robust(rows, log, precision, learn, p);
  const residual = new Float64Array(n).fill(Number.NaN);
  for (const i of learn) residual[i] = log[i]! - dot(rows, fit.beta, i, p);
  const lasting = lastingShare(week, residual, learn);
  const spread = fit.sigma ** 2;
  const smear = Math.exp(spread / 2);
  const expected = Float64Array.from(week, (_, i) => smear * Math.exp(dot(rows, fit.beta, i, p)));
  const inflation = 1 - lasting + (lasting * (1 + LASTING)) / (1 - LASTING);
  return {
    expected,
    residual,
    quiet: learn.length,
    varianceOf(chosen) {
      let sum = 0;
      for (const i of chosen)
        for (const j of chosen) {
          const parameters = inflation * bilinear(fit.covariance, rows, i, j, p);
          const noise = spread * ((i === j ? 1 - lasting : 0) + lasting * LASTING ** Math.abs(week[i]! - week[j]!));
          sum += expected[i]! * expected[j]! * (parameters + noise);
        }
      return sum;
    },
  };
}

/** Regressors of every row and the prior precision of each column (over the noise variance of 1). */
function design({ week, context }: WeeklySeries, season: number, learn: readonly number[]) {
  const middle = week[learn[learn.length >> 1]!]!;
  const seen = context.filter((column) => learn.some((i) => column[i] !== 0));
  const columns = 2 + 2 * HARMONICS + seen.length;
  const rows = new Float64Array(week.length * columns);
  for (let i = 0; i < week.length; i++) {
    const at = i * columns;
    rows[at] = 1;
    rows[at + 1] = (week[i]! - middle) / season;
    for (let h = 0; h < HARMONICS; h++) {
      const angle = (2 * Math.PI * (h + 1) * (week[i]! % season)) / season;
      rows[at + 2 + 2 * h] = Math.sin(angle);
      rows[at + 3 + 2 * h] = Math.cos(angle);
    }
    seen.forEach((column, k) => {
      rows[at + 2 + 2 * HARMONICS + k] = column[i]!;
    });
  }
  const precision = Float64Array.from({ length: columns }, (_, j) => {
    if (j === 0) return 0;
    if (j === 1) return PRIOR.trend ** -2;
    if (j < 2 + 2 * HARMONICS) return PRIOR.season ** -2;
    const active = learn.map((i) => Math.abs(rows[i * columns + j]!)).filter((v) => v > 0);
    const usual = active.reduce((sum, v) => sum + v, 0) / active.length;
    return (PRIOR.context / usual) ** -2;
  });
  return { rows, precision, columns };
}

/** Reweighted ridge regression; sigma from the median absolute residual. */
function robust(
  rows: Float64Array,
  log: Float64Array,
  precision: Float64Array,
  learn: readonly number[],
  p: number,
): { beta: Float64Array; covariance: Float64Array; sigma: number } {
  const beta = new Float64Array(p);
  const covariance = new Float64Array(p * p);
  const work = new Float64Array(p * p);
  let sigma = 0.1;
  let weight = learn.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    covariance.fill(0);
    const right = new Float64Array(p);
    learn.forEach((i, k) => {
      for (let a = 0; a < p; a++) {
        const v = weight[k]! * rows[i * p + a]!;
        right[a]! += v * log[i]!;
        for (let b = 0; b < p; b++) covariance[a * p + b]! += v * rows[i * p + b]!;
      }
    });
    for (let j = 0; j < p; j++) covariance[j * p + j]! += precision[j]! * sigma ** 2;
    invertSpd(covariance, p, work);
    for (let a = 0; a < p; a++) {
      beta[a] = 0;
      for (let b = 0; b < p; b++) beta[a]! += covariance[a * p + b]! * right[b]!;
    }
    const off = learn.map((i) => Math.abs(log[i]! - dot(rows, beta, i, p)));
    sigma = Math.max(1e-4, MAD_TO_SD * off.toSorted((a, b) => a - b)[off.length >> 1]!);
    weight = off.map((r) => (r <= HUBER * sigma ? 1 : (HUBER * sigma) / r));
  }
  return { beta, covariance: covariance.map((v) => v * sigma ** 2), sigma };
}

/** Share of the variance of an error that goes on into the weeks after it, 0 … `MOST_LASTING`. */
function lastingShare(week: Int32Array, residual: Float64Array, learn: readonly number[]): number {
  const at = new Map(learn.map((i) => [week[i]!, residual[i]!]));
  const variance = learn.reduce((sum, i) => sum + residual[i]! ** 2, 0) / learn.length;
  const shares = GAPS.flatMap((gap) => {
    const pairs = [...at].flatMap(([w, r]) => {
      const later = at.get(w + gap);
      return later === undefined ? [] : [r * later];
    });
    const mean = pairs.reduce((sum, v) => sum + v, 0) / pairs.length;
    return pairs.length ? [mean / LASTING ** gap] : [];
  });
  if (!shares.length || !(variance > 0)) return 0;
  const share = shares.reduce((sum, v) => sum + v, 0) / shares.length / variance;
  return Math.min(MOST_LASTING, Math.max(0, share));
}

function dot(rows: Float64Array, beta: Float64Array, i: number, p: number): number {
  let sum = 0;
  for (let j = 0; j < p; j++) sum += rows[i * p + j]! * beta[j]!;
  return sum;
}

function bilinear(c: Float64Array, rows: Float64Array, i: number, j: number, p: number): number {
  let sum = 0;
  for (let a = 0; a < p; a++) {
    let row = 0;
    for (let b = 0; b < p; b++) row += c[a * p + b]! * rows[j * p + b]!;
    sum += rows[i * p + a]! * row;
  }
  return sum;
}
