import { changeOf, fitForests } from "../correction/correction.ts";
import { coefficientCovariance, quadratic } from "../predict/predict.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { estimate } from "./estimate.ts";
import type { Prepared } from "./prepare.ts";
import type { Estimate, State } from "./state.ts";

const ORIGINS = 3;

/** Rows of the training weeks forecast from earlier ones: what was missed, and the variance the model gives it. One value a row. */
export interface HeldOut {
  /** Weeks between two origins. */
  readonly step: number;
  /** ln units less the structural median. */
  readonly error: number[];
  /** What full weight of the trees would add to the median, their part of the local level taken off. */
  readonly change: number[];
  /** Variance from coefficients, the local level and the week's noise. */
  readonly parameter: number[];
  readonly level: number[];
  readonly noise: number[];
  /** Weeks from the origin. */
  readonly horizon: number[];
  readonly promoted: number[];
  /** ln units. */
  readonly log: number[];
  /** Row of the prepared panel. */
  readonly row: number[];
}

/** Origins inside the panel's weeks and the step between them; none where it is too short. */
function innerOrigins(data: Prepared): { step: number; origins: number[] } {
  let first = data.sheet.week[0]!;
  for (let i = 0; i < data.sheet.rows; i++) first = Math.min(first, data.sheet.week[i]!);
  const span = data.design.origin - first + 1;
  const step = Math.min(13, Math.max(2, Math.round(span / 8)));
  const origins: number[] = [];
  for (let k = ORIGINS; k >= 1; k--)
    if (data.design.origin - k * step - first + 1 >= 12) origins.push(data.design.origin - k * step);
  return { step, origins };
}

/**
 * Rolling hold-outs inside the training weeks: with variances kept and coefficients refitted on the weeks up to each
 * origin, every later week is forecast. So the first origin is seen over three steps, the last over one.
 */
export function heldOut(
  data: Prepared,
  whole: Estimate,
  makeState: (e: Estimate) => State,
  correction: boolean,
): HeldOut {
  const { step, origins } = innerOrigins(data);
  const held: HeldOut = {
    step,
    error: [],
    change: [],
    parameter: [],
    level: [],
    noise: [],
    horizon: [],
    promoted: [],
    log: [],
    row: [],
  };
  for (const origin of origins) holdOut(data, whole, makeState, correction, origin, held);
  return held;
}

function holdOut(
  data: Prepared,
  whole: Estimate,
  makeState: (e: Estimate) => State,
  correction: boolean,
  origin: number,
  held: HeldOut,
): void {
  const p = data.design.columns.length;
  const to = endBy(data, origin);
  const inner = estimate(data, { to, keep: whole });
  const state = makeState(inner);
  const change = correction ? changeOf(fitForests(data, inner, state, to), data, inner, state, to) : null;
  for (let s = 0; s + 1 < data.start.length; s++) {
    if (to[s]! - data.start[s]! < 4) continue;
    const covariance = coefficientCovariance(
      state,
      s,
      data.sheet.account[data.start[s]!]!,
      data.sheet.product[data.start[s]!]!,
    );
    const last = data.sheet.week[to[s]! - 1]!;
    for (let i = to[s]!; i < data.start[s + 1]!; i++) {
      if (data.noise[i] === Number.POSITIVE_INFINITY) continue;
      const decay = inner.drift.phi ** (data.sheet.week[i]! - last);
      const mu = linearPredictor(data.design, inner.pooling.beta, s * p, data.x, i * p) + decay * inner.endLevel[s]!;
      const promoted = data.promoted[i]!;
      held.error.push(data.y[i]! - mu);
      held.change.push(change ? change.rows[i]! - decay * change.level[s]! : 0);
      held.parameter.push(quadratic(covariance, data.x, i * p, p));
      held.level.push(
        inner.sigma2[s]! * (decay * decay * inner.endVariance[s]! + (1 - decay * decay) * inner.drift.ratio),
      );
      held.noise.push(inner.sigma2[s]! * (promoted ? inner.promotedNoise : 1) * data.noise[i]!);
      held.horizon.push(data.sheet.week[i]! - origin);
      held.promoted.push(promoted);
      held.log.push(data.y[i]!);
      held.row.push(i);
    }
  }
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
