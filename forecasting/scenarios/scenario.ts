import { ForecastError } from "../errors.ts";
import { baselinePlan } from "../events/counterfactual.ts";
import { groupAt, type State, stateOf } from "../fit/state.ts";
import { cholesky } from "../numeric/linalg.ts";
import { NormalStream } from "../numeric/random.ts";
import { distribution, units } from "../predict/forecast.ts";
import { type Predicted, predict } from "../predict/predict.ts";
import type { Model, Plan } from "../types.ts";

/** Joint draws of a scenario: number of them. */
export const SCENARIO_DRAWS = 400;
const SEED = 20_240_229;
/** What is beyond anything seen is this much less sure, as in `forecast`. */
const EXTRAPOLATED = 1.25;

/** Sums over groups of plan rows with the plan's promotions and without them, draw by draw, and their means. */
export interface ScenarioDraws {
  /** draws × groups. */
  readonly with: Float64Array;
  readonly without: Float64Array;
  readonly meanWith: Float64Array;
  readonly meanWithout: Float64Array;
  /** 1 where a row of the group lies outside what was seen. */
  readonly extrapolated: Uint8Array;
}

/**
 * Draws both worlds of a plan. Every source of chance has its own seeded stream, named by what it is (a coefficient of an
 * account, a product's week, a series' level) and not by where it stands in the plan: so draw d of two plans is the same
 * world, and their difference holds only what differs between them (common random numbers).
 * @param group group of each plan row, 0 … groups − 1; a negative one leaves the row out
 * @param weight how much of each row counts (a week that a window covers in part), 1 where not given
 * @throws ForecastError for a plan the model cannot read
 */
export function scenarioDraws(
  model: Model,
  plan: Plan,
  group: Int32Array,
  groups: number,
  weight?: Float64Array,
): ScenarioDraws {
  if (group.length !== plan.week.length)
    throw new ForecastError("bad_shape", `There are ${group.length} group numbers for ${plan.week.length} rows.`);
  const state = stateOf(model);
  const on = predict(model, plan);
  const off = predict(model, baselinePlan(model, plan));
  const meansOn = distribution(state, on).mean;
  const meansOff = distribution(state, off).mean;
  const out: ScenarioDraws = {
    with: new Float64Array(SCENARIO_DRAWS * groups),
    without: new Float64Array(SCENARIO_DRAWS * groups),
    meanWith: new Float64Array(groups),
    meanWithout: new Float64Array(groups),
    extrapolated: new Uint8Array(groups),
  };
  const levels = levelPaths(state, plan);
  group.forEach((g, i) => {
    if (g < 0) return;
    if (g >= groups) throw new ForecastError("bad_index", `Group ${g} is not one of ${groups}.`);
    const w = weight?.[i] ?? 1;
    out.meanWith[g]! += w * meansOn[i]!;
    out.meanWithout[g]! += w * meansOff[i]!;
    if (on.extrapolated[i]) out.extrapolated[g] = 1;
    drawRow(state, plan, on, off, i, levels[i]!, out, g, groups, w);
  });
  return out;
}

function drawRow(
  state: State,
  plan: Plan,
  on: Predicted,
  off: Predicted,
  i: number,
  level: Float64Array,
  out: ScenarioDraws,
  g: number,
  groups: number,
  weight: number,
): void {
  const p = state.design.columns.length;
  const account = plan.account[i]!;
  const product = plan.product[i]!;
  const week = plan.week[i]!;
  const key = account * state.design.productCount + product;
  const delta = coefficientDraws(state, account, product);
  const byProduct = normals(2, product, week);
  const byAccount = normals(3, account, week);
  const own = normals(4, key, week);
  const shareP = Math.sqrt(state.sharedByProduct);
  const shareA = Math.sqrt(state.sharedByAccount);
  const shareOwn = Math.sqrt(Math.max(0, 1 - state.sharedByProduct - state.sharedByAccount));
  const used: number[] = [];
  for (let j = 0; j < p; j++) if (on.x[i * p + j] !== 0 || off.x[i * p + j] !== 0) used.push(j);
  const spreadOn = state.calibration.spread[on.promoted[i] ? 1 : 0];
  const spreadOff = state.calibration.spread[off.promoted[i] ? 1 : 0];
  const levelOn = spreadOn * Math.sqrt(on.levelVariance[i]!);
  const levelOff = spreadOff * Math.sqrt(off.levelVariance[i]!);
  const noiseOn = spreadOn * Math.sqrt(on.noiseVariance[i]!);
  const noiseOff = spreadOff * Math.sqrt(off.noiseVariance[i]!);
  const widen = on.extrapolated[i] ? EXTRAPOLATED : 1;
  for (let d = 0; d < SCENARIO_DRAWS; d++) {
    let a = 0;
    let b = off.mu[i]!;
    for (const j of used) {
      const v = delta[d * p + j]!;
      a += on.x[i * p + j]! * v;
      b += off.x[i * p + j]! * v;
    }
    const shock = shareP * byProduct[d]! + shareA * byAccount[d]! + shareOwn * own[d]!;
    out.with[d * groups + g]! += weight * units(on.mu[i]! + widen * (a + levelOn * level[d]! + noiseOn * shock));
    out.without[d * groups + g]! += weight * units(b + levelOff * level[d]! + noiseOff * shock);
  }
}

/** Standard normal levels of each row, by draw: inside a series they follow one another with correlation φ^gap. */
function levelPaths(state: State, plan: Plan): Float64Array[] {
  const n = plan.week.length;
  const products = state.design.productCount;
  const keyOf = (i: number) => plan.account[i]! * products + plan.product[i]!;
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => keyOf(a) - keyOf(b) || plan.week[a]! - plan.week[b]!,
  );
  const out = new Array<Float64Array>(n);
  let before = -1;
  for (const i of order) {
    const fresh = normals(5, keyOf(i), plan.week[i]!);
    if (before < 0 || keyOf(before) !== keyOf(i)) out[i] = fresh;
    else {
      const correlation = state.drift.phi ** (plan.week[i]! - plan.week[before]!);
      const rest = Math.sqrt(Math.max(0, 1 - correlation * correlation));
      const last = out[before]!;
      out[i] = Float64Array.from(fresh, (z, d) => correlation * last[d]! + rest * z);
    }
    before = i;
  }
  return out;
}

/** Standard normals, one a draw, of a source of chance that a caller names by two numbers: the same name, the same values. */
export const scenarioNormals = (a: number, b: number): Float64Array => normals(7, a, b);

/** The stream of one source of chance: all draws of it. */
function normals(kind: number, a: number, b: number, width = 1): Float64Array {
  let seed = SEED;
  for (const part of [kind, a, b]) seed = Math.imul(seed ^ (part + 0x9e3779b9), 0x85ebca6b) ^ (seed >>> 13);
  const stream = new NormalStream(seed);
  const out = new Float64Array(SCENARIO_DRAWS * width);
  for (let d = 0; d < out.length; d++) out[d] = stream.normal();
  return out;
}

interface Kept {
  readonly above: Map<string, Float64Array>;
  readonly series: Map<number, Float64Array>;
}
const KEPT = new WeakMap<State, Kept>();
/** Series whose coefficient draws are kept at once. */
const MOST_KEPT = 600;

/** Draws of a series' coefficients around their means, draws × columns: what it takes over from the levels above, and its own part. */
function coefficientDraws(state: State, account: number, product: number): Float64Array {
  let kept = KEPT.get(state);
  if (!kept) {
    kept = { above: new Map(), series: new Map() };
    KEPT.set(state, kept);
  }
  const key = account * state.design.productCount + product;
  const known = kept.series.get(key);
  if (known) return known;
  const { pooling, seriesOf, design } = state;
  const p = design.columns.length;
  const r = pooling.own.length;
  const s = seriesOf[key]!;
  const out = new Float64Array(SCENARIO_DRAWS * p);
  pooling.levels.forEach((level, k) => {
    const group = groupAt(state, level, account, product);
    const f = level.columns.length;
    const drawn = aboveDraws(state, kept, k, group);
    for (let d = 0; d < SCENARIO_DRAWS; d++)
      for (let a = 0; a < f; a++) out[d * p + level.columns[a]!]! += drawn[d * f + a]!;
  });
  const z = normals(6, key, 0, r);
  const factor = s < 0 ? null : pooling.ownCovariance.slice(s * r * r, (s + 1) * r * r);
  if (factor) cholesky(factor, r);
  const above = new Float64Array(p);
  for (let d = 0; d < SCENARIO_DRAWS; d++) {
    above.set(out.subarray(d * p, (d + 1) * p));
    for (let a = 0; a < r; a++) {
      const j = pooling.own[a]!;
      if (!factor) {
        out[d * p + j]! += Math.sqrt(pooling.ownTau2[j]!) * z[d * r + a]!;
        continue;
      }
      let v = 0;
      for (let b = 0; b <= a; b++) v += factor[a * r + b]! * z[d * r + b]!;
      for (let c = 0; c < p; c++) v += pooling.gain[s * r * p + a * p + c]! * above[c]!;
      out[d * p + j] = v;
    }
  }
  if (kept.series.size >= MOST_KEPT) kept.series.clear();
  kept.series.set(key, out);
  return out;
}

/** Draws of one group's effects at one level, draws × its columns. */
function aboveDraws(state: State, kept: Kept, k: number, group: number): Float64Array {
  const name = `${k}/${group}`;
  const known = kept.above.get(name);
  if (known) return known;
  const f = state.pooling.levels[k]!.columns.length;
  const factor = state.pooling.covariance[k]!.slice(group * f * f, (group + 1) * f * f);
  cholesky(factor, f);
  const z = normals(1, k, group, f);
  const out = new Float64Array(SCENARIO_DRAWS * f);
  for (let d = 0; d < SCENARIO_DRAWS; d++) {
    for (let a = 0; a < f; a++) {
      let v = 0;
      for (let b = 0; b <= a; b++) v += factor[a * f + b]! * z[d * f + b]!;
      out[d * f + a] = v;
    }
  }
  kept.above.set(name, out);
  return out;
}
