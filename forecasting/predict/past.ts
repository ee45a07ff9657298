import { designMatrix, pressureOf } from "../fit/design.ts";
import { smooth } from "../fit/drift.ts";
import { isPromoted, type State } from "../fit/state.ts";
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
  const { history, design, start, noise, units, centre } = state;
  const pressure = pressureOf(design, history);
  const x = designMatrix(design, history, pressure);
  const p = design.columns.length;
  const n = history.rows;
  const fitted = new Float64Array(n);
  const e = new Float64Array(n);
  const promoted = new Uint8Array(n);
  const quiet = new Float64Array(n);
  const level = new Float64Array(n);
  const variance = new Float64Array(n);
  for (let s = 0; s + 1 < start.length; s++) {
    let last = Number.NEGATIVE_INFINITY;
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      fitted[i] = linearPredictor(design, state.pooling.beta, s * p, x, i * p);
      e[i] = logUnits(state, i) - centre - fitted[i]!;
      promoted[i] = isPromoted(pressure.depth[i]!, pressure.total[i]!, pressure.support[i]!) ? 1 : 0;
      if (promoted[i]) last = history.week[i]!;
      const after = history.week[i]! - last <= AFTER_PROMOTION ? AFTER_NOISE : 1;
      quiet[i] = promoted[i] || !(units[i]! > 0) ? Number.POSITIVE_INFINITY : noise[i]! * after;
    }
    smooth(state.drift, history.week, e, quiet, start[s]!, start[s + 1]!, level, variance);
  }
  const past = { x, promoted, fitted, level, variance };
  CACHE.set(state, past);
  return past;
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
