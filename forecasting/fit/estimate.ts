import { linearPredictor } from "../predict/predictor.ts";
import { accumulate, type Drift, innovations, smooth } from "./drift.ts";
import { nearbyDrift } from "./driftSearch.ts";
import { pool, settleGains } from "./hierarchy.ts";
import { type Pooling, type Priors, startPooling } from "./pooling.ts";
import type { Prepared } from "./prepare.ts";
import { pairCorrelation } from "./shared.ts";
import type { Estimate, Estimated } from "./state.ts";

/** Residuals beyond this many standard deviations are down-weighted (Huber). */
const HUBER = 2.2;
const ROUNDS = 3;

interface EstimateOptions {
  /** First row after the last used one, by series. */
  readonly to: Int32Array;
  /** An earlier estimate whose variances between series, drift and design effects to keep; coefficients, levels and noise are found anew. */
  readonly keep?: Estimate;
  /** Only a first look at the coefficients, by one round; levels and noise stay as assumed. */
  readonly first?: boolean;
  /** Memory to work in; what was made in it before is lost. */
  readonly memory?: Memory;
}

/** The large arrays of an estimation, to be used by one after another. */
export interface Memory {
  readonly gram: Float64Array;
  readonly moment: Float64Array;
  readonly noise: Float64Array;
}

export function memoryFor({ design, start, sheet }: Prepared): Memory {
  const p = design.columns.length;
  const series = start.length - 1;
  return {
    gram: new Float64Array((series * p * (p + 1)) / 2),
    moment: new Float64Array(series * p),
    noise: new Float64Array(sheet.rows),
  };
}

/** Generalised least squares with AR(1) levels, crossed partial pooling and Huber weights, by alternating the three. */
export function estimate(data: Prepared, options: EstimateOptions): Estimated {
  const { to, keep } = options;
  const { design, start, sheet } = data;
  const p = design.columns.length;
  const series = start.length - 1;
  const priors: Priors = {
    mean: Float64Array.from(design.columns, (c) => c.mean),
    sd: Float64Array.from(design.columns, (c) => c.sd),
  };
  const sigma2 = keep ? Float64Array.from(keep.sigma2) : new Float64Array(series).fill(0.1);
  let drift: Drift = keep?.drift ?? { phi: 0.93, ratio: 0.2 };
  let promotedNoise = keep?.promotedNoise ?? 1;
  let shared = keep?.shared ?? { byProduct: 0, byAccount: 0 };
  const { gram, moment, noise } = options.memory ?? memoryFor(data);
  for (let i = 0; i < noise.length; i++) noise[i] = data.target.noise(i) * (data.promoted[i] ? promotedNoise : 1);
  const e = new Float64Array(options.first ? 0 : sheet.rows);
  const endLevel = new Float64Array(series);
  const endVariance = new Float64Array(series);
  const designEffect = keep ? Float64Array.from(keep.designEffect) : new Float64Array(data.levels.length).fill(1);
  const stats = { series, columns: p, gram, moment, sigma2, designEffect };
  const state: Pooling = startPooling(stats, data.levels, data.own, priors);
  if (keep) copyVariances(keep.pooling, state);

  const rounds = options.first ? 1 : keep ? 2 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    gram.fill(0);
    moment.fill(0);
    for (let s = 0; s < series; s++)
      accumulate(drift, sheet.week, data.rows.of(s), noise, start[s]!, to[s]!, p, gram, moment, s);
    pool(stats, state, priors, keep ? 3 : round === 0 && !options.first ? 30 : 15, !keep);
    if (options.first) break;
    if (round === rounds - 1) settleGains(stats, state);
    for (let s = 0; s < series; s++) {
      const { first, x, y } = data.rows.of(s);
      for (let i = start[s]!; i < to[s]!; i++)
        e[i] = y[i - first]! - linearPredictor(design, state.beta, s * p, x, (i - first) * p);
    }
    updateSigma(data, to, drift, noise, e, sigma2);
    if (!keep) drift = nearbyDrift(drift, data, to, noise, e, sigma2);
    takeLevels(data, to, drift, noise, e, endLevel, endVariance);
    promotedNoise = promotedRatio(data, to, e, sigma2);
    if (!keep) shared = sharedShocks(data, to, e, sigma2, promotedNoise, designEffect);
    if (round === rounds - 1) break;
    downweigh(data, to, e, sigma2, promotedNoise, noise);
  }
  return { pooling: state, sigma2, drift, promotedNoise, endLevel, endVariance, designEffect, shared, noise, shock: e };
}

/** Noise of each row anew: what lies beyond `HUBER` standard deviations counts as that much noisier. */
export function downweigh(
  data: Pick<Prepared, "start" | "target" | "promoted">,
  to: Int32Array,
  shock: Float64Array,
  sigma2: Float64Array,
  promotedNoise: number,
  noise: Float64Array,
): void {
  for (let s = 0; s < to.length; s++) {
    for (let i = data.start[s]!; i < to[s]!; i++) {
      const plain = data.target.noise(i) * (data.promoted[i] ? promotedNoise : 1);
      const z = Math.abs(shock[i]!) / Math.sqrt(sigma2[s]! * plain);
      noise[i] = z > HUBER ? (plain * z) / HUBER : plain;
    }
  }
}

/** Takes the smoothed local level from the residuals e, so that the week's own shock is left, and gives the level at each series' end. */
export function takeLevels(
  data: Pick<Prepared, "sheet" | "start">,
  to: Int32Array,
  drift: Drift,
  noise: Float64Array,
  e: Float64Array,
  endLevel: Float64Array,
  endVariance: Float64Array,
): void {
  let level = new Float64Array(256);
  for (let s = 0; s < to.length; s++) {
    const from = data.start[s]!;
    const until = to[s]!;
    const n = until - from;
    if (level.length < n) level = new Float64Array(2 * n);
    const own = e.subarray(from, until);
    const end = smooth(drift, data.sheet.week.subarray(from, until), own, noise.subarray(from, until), 0, n, level);
    for (let k = 0; k < n; k++) own[k]! -= level[k]!;
    endLevel[s] = end.state;
    endVariance[s] = end.variance;
  }
}

function copyVariances(from: Pooling, to: Pooling): void {
  to.ownTau2.set(from.ownTau2);
  from.tau2.forEach((t, k) => {
    to.tau2[k]!.set(t);
    to.effects[k]!.set(from.effects[k]!);
  });
  to.prior.set(from.prior);
}

/** Noise variance by series from whitened residuals, shrunk to their median, or the one given, with the weight of twelve weeks. */
export function updateSigma(
  data: Pick<Prepared, "sheet" | "start">,
  to: Int32Array,
  drift: Drift,
  noise: Float64Array,
  e: Float64Array,
  sigma2: Float64Array,
  median?: number,
): void {
  const raw: number[] = [];
  const count = new Float64Array(sigma2.length);
  const squares = new Float64Array(sigma2.length);
  for (let s = 0; s < sigma2.length; s++) {
    const r = { squares: 0, logs: 0, n: 0 };
    innovations(drift, data.sheet.week, e, 1, noise, data.start[s]!, to[s]!, r);
    // A handful of coefficients is estimated from the series itself: its residuals are that much too small.
    const free = Math.min(3, r.n / 4);
    count[s] = Math.max(0, r.n - free);
    squares[s] = r.squares;
    if (r.n >= 8) raw.push(r.squares / count[s]!);
  }
  raw.sort((a, b) => a - b);
  const middle = median ?? (raw.length > 0 ? raw[raw.length >> 1]! : 0.1);
  for (let s = 0; s < sigma2.length; s++)
    sigma2[s] = Math.min(25, Math.max(1e-6, (12 * middle + squares[s]!) / (12 + count[s]!)));
}

/** Mean clipped squared residual of promoted weeks over that of quiet ones, kept within [½, 6]. */
function promotedRatio(data: Prepared, to: Int32Array, shock: Float64Array, sigma2: Float64Array): number {
  const sum = [0, 0];
  const n = [10, 10];
  sum[0] = 10;
  sum[1] = 10;
  for (let s = 0; s < sigma2.length; s++) {
    for (let i = data.start[s]!; i < to[s]!; i++) {
      if (data.target.noise(i) === Number.POSITIVE_INFINITY) continue;
      const k = data.promoted[i]!;
      sum[k]! += Math.min(9, shock[i]! ** 2 / sigma2[s]!);
      n[k]!++;
    }
  }
  return Math.min(6, Math.max(0.5, sum[1]! / n[1]! / (sum[0]! / n[0]!)));
}

/**
 * What a product's accounts, and an account's products of a category, have in common in a week, by the standardised
 * residuals; and the design effect of each level: 1 + (series that share a cell − 1) · correlation. A product's and all
 * series share product weeks, an account's those of its categories.
 */
function sharedShocks(
  data: Prepared,
  to: Int32Array,
  shock: Float64Array,
  sigma2: Float64Array,
  promotedNoise: number,
  designEffect: Float64Array,
): Estimate["shared"] {
  const { sheet, start, seriesKey } = data;
  const standardised = (s: number, out: Float64Array) => {
    const from = start[s]!;
    for (let i = from; i < to[s]!; i++) {
      const plain = data.target.noise(i) * (data.promoted[i] ? promotedNoise : 1);
      const z = shock[i]! / Math.sqrt(sigma2[s]! * plain);
      out[i - from] = plain === Number.POSITIVE_INFINITY ? Number.NaN : Math.max(-4, Math.min(4, z));
    }
  };
  const { productCount: products, categoryCount, categoryOf } = data.design;
  const within = (groupOf: Int32Array) =>
    pairCorrelation(groupOf, start, to, sheet.week, data.tables.ranks, standardised);
  const product = within(seriesKey.map((k) => k % products));
  const account = within(seriesKey.map((k) => Math.floor(k / products) * categoryCount + categoryOf[k % products]!));
  data.levels.forEach((l, k) => {
    const { correlation, size } = l.name === "account" ? account : product;
    designEffect[k] = 1 + (size - 1) * correlation;
  });
  return { byProduct: product.correlation, byAccount: account.correlation };
}
