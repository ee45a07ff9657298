import { correctionOf, fitForests, responseOfRows } from "../correction/correction.ts";
import { coefficientCovariance, quadratic } from "../predict/predict.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { estimate } from "./estimate.ts";
import type { Prepared } from "./prepare.ts";
import type { Calibration, Estimate, State } from "./state.ts";

const LEVELS = [0.025, 0.1, 0.9, 0.975];
const NORMAL = [-1.959964, -1.281552, 1.281552, 1.959964];
/** Rows of evidence that the normal quantiles count for. */
const WEIGHT = 60;
const ORIGINS = 3;

/** Calibration of the normal distribution itself, for panels too short to hold anything out. */
export function normalCalibration(): Calibration {
  return { quantiles: [Float64Array.from(NORMAL), Float64Array.from(NORMAL)], spread: [1, 1] };
}

/** Weeks of each inner hold-out and its origins, within the weeks of the panel; empty where it is too short. */
function innerOrigins(data: Prepared): { horizon: number; origins: number[] } {
  let first = data.sheet.week[0]!;
  for (let i = 0; i < data.sheet.rows; i++) first = Math.min(first, data.sheet.week[i]!);
  const span = data.design.origin - first + 1;
  const horizon = Math.min(13, Math.max(2, Math.round(span / 8)));
  const origins: number[] = [];
  for (let k = ORIGINS; k >= 1; k--)
    if (data.design.origin - k * horizon - first + 1 >= 12) origins.push(data.design.origin - k * horizon);
  return { horizon, origins };
}

export interface Calibrated {
  readonly calibration: Calibration;
  /** Weight of the boosted trees. */
  readonly weight: number;
}

interface HeldOut {
  /** ln units less the structural median, by row. */
  readonly error: number[];
  /** What full weight of the trees would add to the median. */
  readonly change: number[];
  readonly sd: number[];
  readonly promoted: number[];
  readonly log: number[];
}

/**
 * Split-conformal calibration on rolling origins: with variances kept and coefficients refitted on the weeks up to each
 * origin, the standardised errors of the next weeks give the quantiles, by promotion state, shrunk to the normal's. The
 * same rows choose the weight of the trees.
 */
export function calibrate(
  data: Prepared,
  whole: Estimate,
  makeState: (e: Estimate) => State,
  correction: boolean,
): Calibrated {
  const { horizon, origins } = innerOrigins(data);
  const held: HeldOut = { error: [], change: [], sd: [], promoted: [], log: [] };
  for (const origin of origins) holdOut(data, whole, makeState, correction, origin, horizon, held);
  const weight = correction ? bestWeight(held) : 0;
  const errors: [number[], number[]] = [[], []];
  held.error.forEach((e, k) => {
    errors[held.promoted[k] ? 1 : 0].push((e - weight * held.change[k]!) / held.sd[k]!);
  });
  const quiet = quantilesOf(errors[0]);
  const promoted = quantilesOf(errors[1]);
  return { calibration: { quantiles: [quiet, promoted], spread: [spreadOf(quiet), spreadOf(promoted)] }, weight };
}

function holdOut(
  data: Prepared,
  whole: Estimate,
  makeState: (e: Estimate) => State,
  correction: boolean,
  origin: number,
  horizon: number,
  held: HeldOut,
): void {
  const p = data.design.columns.length;
  const to = endBy(data, origin);
  const inner = estimate(data, { to, keep: whole });
  const state = makeState(inner);
  let change: Float64Array = new Float64Array(data.sheet.rows);
  if (correction) {
    const seriesAt = new Int32Array(data.sheet.rows);
    for (let s = 0; s + 1 < data.start.length; s++) seriesAt.fill(s * p, data.start[s]!, data.start[s + 1]!);
    const response = responseOfRows(data.design, data.x, inner.pooling.beta, (i) => seriesAt[i]!, data.sheet.rows);
    change = correctionOf(
      fitForests(data, inner, state, to),
      data.design,
      data.sheet,
      data.pressure,
      data.x,
      response,
      state,
    );
  }
  for (let s = 0; s + 1 < data.start.length; s++) {
    if (to[s]! - data.start[s]! < 4) continue;
    const covariance = coefficientCovariance(
      state,
      s,
      data.sheet.account[data.start[s]!]!,
      data.sheet.product[data.start[s]!]!,
    );
    const last = data.sheet.week[to[s]! - 1]!;
    for (let i = to[s]!; i < data.start[s + 1]! && data.sheet.week[i]! <= origin + horizon; i++) {
      if (data.noise[i] === Number.POSITIVE_INFINITY) continue;
      const decay = inner.drift.phi ** (data.sheet.week[i]! - last);
      const mu = linearPredictor(data.design, inner.pooling.beta, s * p, data.x, i * p) + decay * inner.endLevel[s]!;
      const level = decay * decay * inner.endVariance[s]! + (1 - decay * decay) * inner.drift.ratio;
      const promoted = data.promoted[i]!;
      const variance =
        quadratic(covariance, data.x, i * p, p) +
        inner.sigma2[s]! * (level + (promoted ? inner.promotedNoise : 1) * data.noise[i]!);
      held.error.push(data.y[i]! - mu);
      held.change.push(change[i]!);
      held.sd.push(Math.sqrt(variance));
      held.promoted.push(promoted);
      held.log.push(data.y[i]!);
    }
  }
}

/** The weight in [0, 1] with the least absolute error in units, half-way to equal weights. */
function bestWeight(held: HeldOut): number {
  const STEPS = 20;
  let best = STEPS / 2;
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= STEPS; step++) {
    let sum = 0;
    for (let k = 0; k < held.error.length; k++) {
      const y = Math.exp(held.log[k]!);
      sum += y * Math.abs(Math.expm1(Math.min(20, (step / STEPS) * held.change[k]! - held.error[k]!)));
    }
    if (sum < least) {
      least = sum;
      best = step;
    }
  }
  return (best / STEPS + 0.5) / 2;
}

/** First row after `origin` of each series. */
export function endBy(data: Prepared, origin: number): Int32Array {
  const to = new Int32Array(data.start.length - 1);
  for (let s = 0; s < to.length; s++) {
    let i = data.start[s]!;
    while (i < data.start[s + 1]! && data.sheet.week[i]! <= origin) i++;
    to[s] = i;
  }
  return to;
}

function quantilesOf(errors: number[]): Float64Array {
  const z = Float64Array.from(errors).sort();
  const n = z.length;
  const out = new Float64Array(4);
  LEVELS.forEach((level, q) => {
    // The finite-sample conformal level lies a little further out.
    const wanted = level < 0.5 ? level * (n + 1) - 1 : level * (n + 1) - 1;
    const at = Math.min(n - 1, Math.max(0, wanted));
    const low = Math.floor(at);
    const empirical = n > 0 ? z[low]! + (at - low) * (z[Math.min(n - 1, low + 1)]! - z[low]!) : 0;
    const blend = (n * empirical + WEIGHT * NORMAL[q]!) / (n + WEIGHT);
    out[q] = level < 0.5 ? Math.min(-0.3, blend) : Math.max(0.3, blend);
  });
  out[0] = Math.min(out[0]!, out[1]! - 0.2);
  out[3] = Math.max(out[3]!, out[2]! + 0.2);
  return out;
}

function spreadOf(z: Float64Array): number {
  return Math.min(3, Math.max(0.3, (z[2]! - z[1]!) / (NORMAL[2]! - NORMAL[1]!)));
}
