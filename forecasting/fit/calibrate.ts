import { type HeldOut, heldOut } from "./holdout.ts";
import type { Prepared } from "./prepare.ts";
import type { Calibration, Estimate, State } from "./state.ts";

const LEVELS = [0.025, 0.1, 0.9, 0.975];
const NORMAL = [-1.959964, -1.281552, 1.281552, 1.959964];
/** Rows of evidence that the normal quantiles count for. */
const WEIGHT = 60;
/** Weight of the trees where hold-outs say nothing. */
const USUAL = 0.9;

/** Calibration of the normal distribution itself, for panels too short to hold anything out. */
export function normalCalibration(): Calibration {
  return { quantiles: [Float64Array.from(NORMAL), Float64Array.from(NORMAL)], spread: [1, 1] };
}

export interface Calibrated {
  readonly calibration: Calibration;
  /** Weight of the boosted trees. */
  readonly weight: number;
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
  const held = heldOut(data, whole, makeState, correction);
  const weight = correction ? bestWeight(held) : 0;
  const errors: [number[], number[]] = [[], []];
  held.error.forEach((e, k) => {
    if (held.horizon[k]! > held.step) return;
    const sd = Math.sqrt(held.parameter[k]! + held.level[k]! + held.noise[k]!);
    errors[held.promoted[k] ? 1 : 0].push((e - weight * held.change[k]!) / sd);
  });
  const quiet = quantilesOf(errors[0]);
  const promoted = quantilesOf(errors[1]);
  return { calibration: { quantiles: [quiet, promoted], spread: [spreadOf(quiet), spreadOf(promoted)] }, weight };
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
