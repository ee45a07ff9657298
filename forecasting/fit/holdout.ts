import { changeOf, fitForests } from "../correction/correction.ts";
import { coefficientCovariance, quadratic } from "../predict/predict.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { trend } from "./design.ts";
import { estimate } from "./estimate.ts";
import type { Prepared } from "./prepare.ts";
import { beyondSeen, unseenSeason, widening } from "./seen.ts";
import type { Estimate, State } from "./state.ts";

const ORIGINS = 3;

/** The state of an estimate on the rows before `to` of each series. */
export type MakeState = (e: Estimate, to: Int32Array) => State;

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
  /** Weeks from the origin, and from the series' last week before it. */
  readonly horizon: number[];
  readonly gap: number[];
  readonly promoted: number[];
  /** ln units. */
  readonly log: number[];
  /** Row of the prepared panel. */
  readonly row: number[];
}

/**
 * Origins of the hold-outs inside the panel's weeks, and the step between them: three steps are forecast from the first
 * on, one from the last. None where the panel is too short.
 */
export function innerOrigins(data: Prepared): { step: number; origins: number[] } {
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
 * A hold-out inside the training weeks: with the pooling variances and the drift kept, and coefficients and noise
 * estimated anew on the weeks up to the origin, every later week is forecast.
 */
export function holdOut(
  data: Prepared,
  whole: Estimate,
  makeState: MakeState,
  correction: boolean,
  origin: number,
): HeldOut {
  const held: HeldOut = {
    step: innerOrigins(data).step,
    error: [],
    change: [],
    parameter: [],
    level: [],
    noise: [],
    horizon: [],
    gap: [],
    promoted: [],
    log: [],
    row: [],
  };
  const p = data.design.columns.length;
  const to = endBy(data, origin);
  const inner = estimate(data, { to, keep: whole });
  const state = makeState(inner, to);
  const change = correction ? changeOf(fitForests(data, inner, state, to), data, inner, state, to) : null;
  const x = asForecast(data, origin);
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
      const gap = data.sheet.week[i]! - last;
      const decay = inner.drift.phi ** gap;
      const beyond = beyondSeen(data.design, state.seen, data.sheet, data.pressure, i);
      const wider = widening(beyond) ** 2;
      const mu = linearPredictor(data.design, inner.pooling.beta, s * p, x, i * p) + decay * inner.endLevel[s]!;
      const promoted = data.promoted[i]!;
      held.error.push(data.y[i]! - mu);
      held.change.push(change ? change.rows[i]! - decay * change.level[s]! : 0);
      held.parameter.push(wider * quadratic(covariance, x, i * p, p));
      const level = decay * decay * inner.endVariance[s]! + (1 - decay * decay) * inner.drift.ratio;
      held.level.push(wider * inner.sigma2[s]! * level + unseenSeason(beyond));
      held.noise.push(wider * inner.sigma2[s]! * (promoted ? inner.promotedNoise : 1) * data.noise[i]!);
      held.horizon.push(data.sheet.week[i]! - origin);
      held.gap.push(gap);
      held.promoted.push(promoted);
      held.log.push(data.y[i]!);
      held.row.push(i);
    }
  }
  return held;
}

/** Several hold-outs as one, in their order. */
export function joinHeldOut(parts: readonly HeldOut[]): HeldOut {
  const join = (of: (held: HeldOut) => number[]) => parts.flatMap(of);
  return {
    step: parts[0]?.step ?? 0,
    error: join((h) => h.error),
    change: join((h) => h.change),
    parameter: join((h) => h.parameter),
    level: join((h) => h.level),
    noise: join((h) => h.noise),
    horizon: join((h) => h.horizon),
    gap: join((h) => h.gap),
    promoted: join((h) => h.promoted),
    log: join((h) => h.log),
    row: join((h) => h.row),
  };
}

/** The regressors with a trend that fades from `origin` on, as it does in a forecast. */
function asForecast(data: Prepared, origin: number): Float64Array {
  const { design, sheet } = data;
  const j = design.columns.findIndex((c) => c.role === "trend");
  if (j < 0) return data.x;
  const x = Float64Array.from(data.x);
  const p = design.columns.length;
  for (let i = 0; i < sheet.rows; i++)
    if (sheet.week[i]! > origin) x[i * p + j] = trend(origin - design.origin) + trend(sheet.week[i]! - origin);
  return x;
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
