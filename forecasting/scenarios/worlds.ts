import { groupAt, type State } from "../fit/state.ts";
import { cholesky } from "../numeric/linalg.ts";
import { NormalStream } from "../numeric/random.ts";

/** Joint draws of a scenario: number of them. */
export const SCENARIO_DRAWS = 400;
const SEED = 20_240_229;

/** Standard normals, one a draw, of a source of chance that a caller names by two numbers: the same name, the same values. */
export const scenarioNormals = (a: number, b: number): Float64Array => normals(7, a, b);

/** The noise of a series' week, one standard normal a draw: in part the product's, in part the account's, in part its own. */
export function shockDraws(state: State, account: number, product: number, week: number): Float64Array {
  const byProduct = normals(2, product, week);
  const byAccount = normals(3, account * state.design.categoryCount + state.design.categoryOf[product]!, week);
  const own = normals(4, account * state.design.productCount + product, week);
  const shareP = Math.sqrt(state.sharedByProduct);
  const shareA = Math.sqrt(state.sharedByAccount);
  const shareOwn = Math.sqrt(Math.max(0, 1 - state.sharedByProduct - state.sharedByAccount));
  return own.map((z, d) => shareP * byProduct[d]! + shareA * byAccount[d]! + shareOwn * z);
}

/** The local level of a series' week before what it takes over from the week before, one standard normal a draw. */
export const freshLevel = (key: number, week: number): Float64Array => normals(5, key, week);

/** The level a number of weeks on, written to `out`: correlated with the one before by φ^gap. */
export function levelAfter(
  state: State,
  last: Float64Array,
  gap: number,
  fresh: Float64Array,
  out: Float64Array = new Float64Array(fresh.length),
): Float64Array {
  const correlation = state.drift.phi ** gap;
  const rest = Math.sqrt(Math.max(0, 1 - correlation * correlation));
  for (let d = 0; d < fresh.length; d++) out[d] = correlation * last[d]! + rest * fresh[d]!;
  return out;
}

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
export function coefficientDraws(state: State, account: number, product: number): Float64Array {
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
