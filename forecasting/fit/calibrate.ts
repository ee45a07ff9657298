import { driftOf, effectiveSize } from "./growth.ts";
import type { HeldOut } from "./holdout.ts";
import type { Prepared } from "./prepare.ts";
import type { Calibration, Estimate } from "./state.ts";

/** Largest standardised miss that counts. */
const LARGEST = 20;

const NORMAL = [-1.959964, -1.281552, 1.281552, 1.959964];
/** Absolute standardised errors at 80 and 95 % where nothing is known: Student's t with six degrees of freedom and variance 1. */
const PRIOR: Bounds = [1.1756, 1.998];
/** Independent errors that what is believed beforehand counts for. */
const WEIGHT = 60;

/** Absolute standardised errors that 80 and 95 % stay within. */
type Bounds = readonly [number, number];

/** Calibration of the normal distribution itself, for panels too short to hold anything out. */
export function normalCalibration(): Calibration {
  return { quantiles: [Float64Array.from(NORMAL), Float64Array.from(NORMAL)], spread: [1, 1], drift: 0 };
}

/** Weight of the correction where hold-outs say nothing. */
const USUAL = 0.8;

export interface Calibrated {
  readonly calibration: Calibration;
  /** Weight of the boosted trees. */
  readonly weight: number;
}

/**
 * Split-conformal calibration on rolling origins inside the training weeks, over every horizon they hold. First the
 * variance grows with the horizon as the misses do (`driftOf`); then the standardised misses' absolute quantiles at 80
 * and 95 % scale what is left, by promotion state. Misses are taken by size alone: which way a market as a whole moved
 * over the hold-outs says nothing of the way it will move next. The states are shrunk to all rows and these to the prior
 * by the number of misses that count as independent. The rows of the first step choose the weight of the trees.
 */
export function calibrate(data: Prepared, whole: Estimate, held: HeldOut, correction: boolean): Calibrated {
  const weight = correction ? bestWeight(held) : 0;
  const error = Float64Array.from(held.error, (e, k) => e - weight * held.change[k]!);
  const series = held.row.map((i) => data.sheet.key[i]!);
  const shock = held.row.map((i) => data.sheet.product[i]! * 1048576 + data.sheet.week[i]! - data.design.origin);
  const standardised = (drift: number) =>
    error.map((e, k) => {
      const v = held.parameter[k]! + held.level[k]! + held.noise[k]! + drift * held.gap[k]!;
      return Math.min(LARGEST, Math.abs(e) / Math.sqrt(v));
    });
  const size = (z: Float64Array, rows: readonly number[]) =>
    effectiveSize(
      rows.map((k) => z[k]!),
      rows.map((k) => series[k]!),
      rows.map((k) => shock[k]!),
    );
  const every = Array.from(error.keys());
  const usual = Float64Array.from(whole.sigma2).sort()[whole.sigma2.length >> 1]!;
  const drift = driftOf(held, error, usual, size(standardised(0), every));
  const z = standardised(drift);
  const all = bounds(z, every, size(z, every), PRIOR);
  const [quiet, promoted] = [0, 1].map((state) => {
    const rows = every.filter((k) => held.promoted[k] === state);
    return bounds(z, rows, size(z, rows), all);
  }) as [Bounds, Bounds];
  return {
    calibration: {
      quantiles: [quantilesOf(quiet), quantilesOf(promoted)],
      spread: [spreadOf(quiet), spreadOf(promoted)],
      drift,
    },
    weight,
  };
}

/**
 * Quantiles at 80 and 95 % of some rows, shrunk to `prior`. A new miss is the (size + 1)-th of its kind: for it to lie
 * inside as often as asked, the quantile is taken that much further out.
 */
function bounds(z: Float64Array, rows: readonly number[], size: number, prior: Bounds): Bounds {
  const sorted = Float64Array.from(rows, (k) => z[k]!).sort();
  const n = sorted.length;
  if (n === 0) return prior;
  const at = (level: number) => {
    const wanted = Math.min(n - 1, level * (1 + 1 / size) * n - 1);
    const low = Math.max(0, Math.floor(wanted));
    return sorted[low]! + Math.max(0, wanted - low) * (sorted[Math.min(n - 1, low + 1)]! - sorted[low]!);
  };
  const blend = (level: number, believed: number) => (size * at(level) + WEIGHT * believed) / (size + WEIGHT);
  const inner = Math.max(0.3, blend(0.8, prior[0]));
  return [inner, Math.max(inner + 0.2, blend(0.95, prior[1]))];
}

function quantilesOf([inner, outer]: Bounds): Float64Array {
  return Float64Array.of(-outer, -inner, inner, outer);
}

/** Standard deviation over the model's own: what a normal distribution needs for the two bounds, half-way. */
function spreadOf([inner, outer]: Bounds): number {
  return Math.min(3, Math.max(0.3, (inner / NORMAL[2]! + outer / NORMAL[3]!) / 2));
}

/** The weight in [0, 1] with the least absolute error in units, half-way to the usual one. */
function bestWeight(held: HeldOut): number {
  const STEPS = 20;
  let best = STEPS / 2;
  let least = Number.POSITIVE_INFINITY;
  for (let step = 0; step <= STEPS; step++) {
    let sum = 0;
    for (let k = 0; k < held.error.length; k++) {
      if (held.horizon[k]! > held.step) continue;
      const y = Math.exp(held.log[k]!);
      sum += y * Math.abs(Math.expm1(Math.min(20, (step / STEPS) * held.change[k]! - held.error[k]!)));
    }
    if (sum < least) {
      least = sum;
      best = step;
    }
  }
  return (best / STEPS + USUAL) / 2;
}
