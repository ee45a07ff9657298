import { designMatrix, pressureOf } from "../fit/design.ts";
import { smooth } from "../fit/drift.ts";
import { isPromoted, type State, stateOf } from "../fit/state.ts";
import type { Model } from "../types.ts";
import { linearPredictor } from "./predictor.ts";

/** What the model makes of the history, by row of the history: computed once for a state. */
export interface Past {
  readonly x: Float64Array;
  readonly promoted: Uint8Array;
  /** x β, without the centre. */
  readonly fitted: Float64Array;
  /** Local level smoothed from unpromoted weeks only, and its variance over σ². */
  readonly level: Float64Array;
  readonly variance: Float64Array;
}

const CACHE = new WeakMap<State, Past>();
/** Weeks after a promotion count for less: the dip is in them. */
const AFTER_PROMOTION = 3;
const AFTER_NOISE = 3;

/** What the model says of every row of its history; kept by state, since many questions ask for it. */
export function pastOf(state: State): Past {
  const known = CACHE.get(state);
  if (known) return known;
  const { history, design, start } = state;
  const pressure = pressureOf(design, history);
  const x = designMatrix(design, history, pressure);
  const p = design.columns.length;
  const n = history.rows;
  const fitted = new Float64Array(n);
  const promoted = new Uint8Array(n);
  const level = new Float64Array(n);
  const variance = new Float64Array(n);
  const past = { x, promoted, fitted, level, variance };
  for (let s = 0; s + 1 < start.length; s++) {
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      fitted[i] = linearPredictor(design, state.pooling.beta, s * p, x, i * p);
      promoted[i] = isPromoted(pressure.depth[i]!, pressure.total[i]!, pressure.support[i]!) ? 1 : 0;
    }
    smoothQuiet(state, past, s);
  }
  CACHE.set(state, past);
  return past;
}

/** Sets the level of series s and its variance from the weeks in which nothing of its own ran. */
function smoothQuiet(state: State, past: Past, s: number): void {
  const { history, start, noise, units, centre } = state;
  const from = start[s]!;
  const n = start[s + 1]! - from;
  const e = new Float64Array(n);
  const quiet = new Float64Array(n);
  const level = past.level.subarray(from, from + n);
  const variance = past.variance.subarray(from, from + n);
  let last = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < n; k++) {
    const i = from + k;
    e[k] = logUnits(state, i) - centre - past.fitted[i]!;
    if (past.promoted[i]) last = history.week[i]!;
    const after = history.week[i]! - last <= AFTER_PROMOTION ? AFTER_NOISE : 1;
    quiet[k] = past.promoted[i] || !(units[i]! > 0) ? Number.POSITIVE_INFINITY : noise[i]! * after;
  }
  smooth(state.drift, history.week.subarray(from, from + n), e, quiet, 0, n, level, variance);
}

/**
 * The same model, some weeks of some series taken for promoted ones: the local level of those weeks comes from the quiet
 * weeks around them, as a real promotion's does. What the coefficients learnt from those weeks stays.
 */
export function asIfPromoted(
  model: Model,
  account: number,
  products: readonly number[],
  weeks: ReadonlySet<number>,
): Model {
  const state = stateOf(model);
  const known = pastOf(state);
  const past: Past = {
    ...known,
    promoted: known.promoted.slice(),
    level: known.level.slice(),
    variance: known.variance.slice(),
  };
  for (const product of products) {
    const s = state.seriesOf[account * state.design.productCount + product] ?? -1;
    if (s < 0) continue;
    for (let i = state.start[s]!; i < state.start[s + 1]!; i++)
      if (weeks.has(state.history.week[i]!)) past.promoted[i] = 1;
    smoothQuiet(state, past, s);
  }
  const changed: State = { ...state };
  CACHE.set(changed, past);
  return { ...model, state: changed };
}

function logUnits(state: State, i: number): number {
  return state.units[i]! > 0 ? Math.log(state.units[i]!) : state.centre;
}

/** The smoothed level of series s as a function of the week (nearest row at or before it, faded over a gap). */
export function pastLevels(state: State, s: number): { at(week: number): { mean: number; variance: number } } {
  const past = pastOf(state);
  const { history, start, drift } = state;
  return {
    at(week) {
      let low = start[s]!;
      let high = start[s + 1]! - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (history.week[middle]! <= week) low = middle;
        else high = middle - 1;
      }
      const decay = drift.phi ** Math.abs(week - history.week[low]!);
      return {
        mean: decay * past.level[low]!,
        variance: decay * decay * past.variance[low]! + (1 - decay * decay) * drift.ratio,
      };
    },
  };
}
