import { correctionOf } from "../correction/correction.ts";
import { designMatrix, type Pressure, pressureOf } from "../fit/design.ts";
import { beyondSeen, unseenSeason } from "../fit/seen.ts";
import { groupAt, isPromoted, priorOf, type State, stateOf } from "../fit/state.ts";
import { type Merged, mergePlan } from "../panel/merge.ts";
import type { Sheet } from "../panel/sheet.ts";
import { BEYOND, type Model, type Plan } from "../types.ts";
import { pastLevels } from "./past.ts";
import { linearPredictor } from "./predictor.ts";

/** What a forecast of each plan row is made of, all in ln units of the model (centre included in `mu`). */
export interface Predicted {
  readonly rows: number;
  /** Median of ln units. */
  readonly mu: Float64Array;
  /** What the boosted correction added to `mu`. */
  readonly change: Float64Array;
  /** Variance from coefficients, from the local level, and from the week's noise. */
  readonly parameterVariance: Float64Array;
  readonly levelVariance: Float64Array;
  readonly noiseVariance: Float64Array;
  readonly promoted: Uint8Array;
  /** The part of `levelVariance` by which the level may have moved for good since it was last known. */
  readonly driftVariance: Float64Array;
  /** Sum of the `BEYOND` that hold for the row. */
  readonly extrapolated: Uint8Array;
  /** Regressors of the plan rows, rows × columns, and the coefficients used, by row an offset into `beta`. */
  readonly x: Float64Array;
  readonly beta: Float64Array;
  readonly betaAt: Int32Array;
  readonly merged: Merged;
}

/** The core of every forecast: regressors, medians and variances of a plan's rows. */
export function predict(model: Model, plan: Plan): Predicted {
  const state = stateOf(model);
  const merged = mergePlan(model, state, plan);
  const { sheet, rowOf } = merged;
  const pressure = pressureOf(state.design, sheet);
  const all = designMatrix(state.design, sheet, pressure);
  const p = state.design.columns.length;
  const n = rowOf.length;
  const x = new Float64Array(n * p);
  for (let i = 0; i < n; i++) x.set(all.subarray(rowOf[i]! * p, (rowOf[i]! + 1) * p), i * p);

  const { seriesOf } = state;
  const betas: Float64Array[] = [state.pooling.beta];
  let length = state.pooling.beta.length;
  const betaAt = new Int32Array(n);
  const unseen = new Map<number, number>();
  const rowsOfKey = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const key = plan.account[i]! * state.design.productCount + plan.product[i]!;
    const list = rowsOfKey.get(key);
    if (list) list.push(i);
    else rowsOfKey.set(key, [i]);
    const s = seriesOf[key]!;
    if (s >= 0) {
      betaAt[i] = s * p;
      continue;
    }
    let at = unseen.get(key);
    if (at === undefined) {
      at = length;
      unseen.set(key, at);
      betas.push(priorOf(state, plan.account[i]!, plan.product[i]!));
      length += p;
    }
    betaAt[i] = at;
  }
  const beta = betas.length === 1 ? state.pooling.beta : concat(betas, length);

  const out: Predicted = {
    rows: n,
    mu: new Float64Array(n),
    change: new Float64Array(n),
    parameterVariance: new Float64Array(n),
    levelVariance: new Float64Array(n),
    noiseVariance: new Float64Array(n),
    promoted: new Uint8Array(n),
    driftVariance: new Float64Array(n),
    extrapolated: new Uint8Array(n),
    x,
    beta,
    betaAt,
    merged,
  };
  const change = state.correction ? corrections(state, sheet, pressure, all) : null;
  for (const [key, rows] of rowsOfKey) {
    const s = seriesOf[key]!;
    const covariance = coefficientCovariance(
      state,
      s,
      Math.floor(key / state.design.productCount),
      key % state.design.productCount,
    );
    const sigma2 = s >= 0 ? state.sigma2[s]! : state.sigma2All;
    const last = s >= 0 ? state.history.week[state.start[s + 1]! - 1]! : state.design.origin;
    const past = s >= 0 && rows.some((i) => plan.week[i]! <= last) ? pastLevels(state, s) : null;
    for (const i of rows) {
      const r = rowOf[i]!;
      const level = localLevel(state, s, plan.week[i]!, past);
      out.mu[i] = state.centre + linearPredictor(state.design, beta, betaAt[i]!, x, i * p) + level.mean;
      if (change) {
        const taken = s >= 0 && plan.week[i]! > last ? state.drift.phi ** (plan.week[i]! - last) : 0;
        const { weight, level: explained } = state.correction!;
        out.change[i] = weight * (change[r]! - (taken > 0 ? taken * explained[s]! : 0));
      }
      out.mu[i]! += out.change[i]!;
      out.parameterVariance[i] = quadratic(covariance, x, i * p, p);
      const beyond = beyondSeen(state.design, state.seen, sheet, pressure, r);
      const gap = Math.max(0, plan.week[i]! - last);
      out.driftVariance[i] = state.calibration.drift * gap + unseenSeason(beyond);
      out.levelVariance[i] = level.variance * sigma2 + out.driftVariance[i]!;
      out.extrapolated[i] = s < 0 ? beyond | BEYOND.series : beyond;
      out.promoted[i] = isPromoted(pressure.depth[r]!, pressure.total[r]!, pressure.support[r]!) ? 1 : 0;
      out.noiseVariance[i] = sigma2 * (out.promoted[i] ? state.promotedNoise : 1);
    }
  }
  return out;
}

/** What full weight of the correction would add, by row of the sheet. */
export function corrections(state: State, sheet: Sheet, pressure: Pressure, x: Float64Array): Float64Array {
  const p = state.design.columns.length;
  const beta = new Float64Array(sheet.rows * p);
  let block: Float64Array | null = null;
  for (let i = 0; i < sheet.rows; i++) {
    if (block === null || sheet.key[i] !== sheet.key[i - 1]) {
      const s = state.seriesOf[sheet.key[i]!]!;
      block =
        s >= 0 ? state.pooling.beta.subarray(s * p, (s + 1) * p) : priorOf(state, sheet.account[i]!, sheet.product[i]!);
    }
    beta.set(block, i * p);
  }
  const series = (i: number) => state.seriesOf[sheet.key[i]!]!;
  const rows = { design: state.design, sheet, pressure, x, beta, betaAt: (i: number) => i * p, series };
  return correctionOf(state.correction!, rows, state);
}

function concat(parts: readonly Float64Array[], length: number): Float64Array {
  const out = new Float64Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** AR(1) level of series s in a week: beyond the history it fades from its last value, inside it is the smoothed one. */
function localLevel(
  state: State,
  s: number,
  week: number,
  past: ReturnType<typeof pastLevels> | null,
): { mean: number; variance: number } {
  const { phi, ratio } = state.drift;
  if (s < 0) return { mean: 0, variance: ratio };
  const end = state.start[s + 1]! - 1;
  const gap = week - state.history.week[end]!;
  if (gap > 0) {
    const decay = phi ** gap;
    return {
      mean: decay * state.endLevel[s]!,
      variance: decay * decay * state.endVariance[s]! + (1 - decay * decay) * ratio,
    };
  }
  return past!.at(week);
}

/** Covariances kept by state, since every forecast of a series asks for its own: numbers at most. */
const KEPT = new WeakMap<State, Map<number, Float64Array>>();
const MOST_KEPT = 2_000_000;

/** Posterior covariance of a series' coefficients: its own part and what it takes over from the levels above. Not to be written to. */
export function coefficientCovariance(state: State, s: number, account: number, product: number): Float64Array {
  let kept = KEPT.get(state);
  if (!kept) {
    kept = new Map();
    KEPT.set(state, kept);
  }
  const key = account * state.design.productCount + product;
  const known = kept.get(key);
  if (known) return known;
  const made = makeCovariance(state, s, account, product);
  if ((kept.size + 1) * made.length > MOST_KEPT) kept.clear();
  kept.set(key, made);
  return made;
}

function makeCovariance(state: State, s: number, account: number, product: number): Float64Array {
  const { pooling } = state;
  const p = state.design.columns.length;
  const own = pooling.own;
  const r = own.length;
  const out = new Float64Array(p * p);
  pooling.levels.forEach((level, k) => {
    const group = groupAt(state, level, account, product);
    const f = level.columns.length;
    const c = pooling.covariance[k]!;
    for (let a = 0; a < f; a++) {
      for (let b = 0; b < f; b++) out[level.columns[a]! * p + level.columns[b]!]! += c[group * f * f + a * f + b]!;
    }
  });
  if (s < 0) {
    for (const j of own) out[j * p + j]! += pooling.ownTau2[j]!;
    return out;
  }
  // J Σ Jᵀ with J = identity outside the own columns and the gain inside them, then V_s on top.
  const half = new Float64Array(p * p);
  const gain = pooling.gain.subarray(s * r * p, (s + 1) * r * p);
  const position = new Int32Array(p).fill(-1);
  own.forEach((j, a) => {
    position[j] = a;
  });
  for (let i = 0; i < p; i++) {
    const a = position[i]!;
    for (let j = 0; j < p; j++) {
      if (a < 0) half[i * p + j] = out[i * p + j]!;
      else {
        let v = 0;
        for (let k = 0; k < p; k++) v += gain[a * p + k]! * out[k * p + j]!;
        half[i * p + j] = v;
      }
    }
  }
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < p; j++) {
      const a = position[j]!;
      if (a < 0) out[i * p + j] = half[i * p + j]!;
      else {
        let v = 0;
        for (let k = 0; k < p; k++) v += half[i * p + k]! * gain[a * p + k]!;
        out[i * p + j] = v;
      }
    }
  }
  for (let a = 0; a < r; a++)
    for (let b = 0; b < r; b++) out[own[a]! * p + own[b]!]! += pooling.ownCovariance[s * r * r + a * r + b]!;
  return out;
}

/** xᵀ C x, at least 0. */
export function quadratic(c: Float64Array, x: Float64Array, at: number, p: number): number {
  let sum = 0;
  for (let i = 0; i < p; i++) {
    const v = x[at + i]!;
    if (v === 0) continue;
    let row = 0;
    for (let j = 0; j < p; j++) row += c[i * p + j]! * x[at + j]!;
    sum += v * row;
  }
  return Math.max(0, sum);
}
