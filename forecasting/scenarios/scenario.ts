import { ForecastError } from "../errors.ts";
import { baselinePlan } from "../events/counterfactual.ts";
import { widening } from "../fit/seen.ts";
import { type State, stateOf } from "../fit/state.ts";
import { distribution, units } from "../predict/forecast.ts";
import { type Predicted, predict } from "../predict/predict.ts";
import type { Model, Plan } from "../types.ts";
import { coefficientDraws, freshLevel, levelAfter, SCENARIO_DRAWS, shockDraws } from "./worlds.ts";

/** Sums over groups of plan rows with the plan's promotions and without them, draw by draw, and their means. */
export interface ScenarioDraws {
  /** draws × groups. */
  readonly with: Float64Array;
  readonly without: Float64Array;
  readonly meanWith: Float64Array;
  readonly meanWithout: Float64Array;
  /** Sum of the `BEYOND` that hold for a row of the group under the plan, 0 where all lie inside what was seen. */
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
    out.extrapolated[g]! |= on.extrapolated[i]!;
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
  const delta = coefficientDraws(state, account, product);
  const shocks = shockDraws(state, account, product, plan.week[i]!);
  const used: number[] = [];
  for (let j = 0; j < p; j++) if (on.x[i * p + j] !== 0 || off.x[i * p + j] !== 0) used.push(j);
  const spreadOn = state.calibration.spread[on.promoted[i] ? 1 : 0];
  const spreadOff = state.calibration.spread[off.promoted[i] ? 1 : 0];
  const levelOn = spreadOn * Math.sqrt(on.levelVariance[i]!);
  const levelOff = spreadOff * Math.sqrt(off.levelVariance[i]!);
  const noiseOn = spreadOn * Math.sqrt(on.noiseVariance[i]!);
  const noiseOff = spreadOff * Math.sqrt(off.noiseVariance[i]!);
  const widen = widening(on.extrapolated[i]!);
  for (let d = 0; d < SCENARIO_DRAWS; d++) {
    let a = 0;
    let b = off.mu[i]!;
    for (const j of used) {
      const v = delta[d * p + j]!;
      a += on.x[i * p + j]! * v;
      b += off.x[i * p + j]! * v;
    }
    const shock = shocks[d]!;
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
    const fresh = freshLevel(keyOf(i), plan.week[i]!);
    out[i] =
      before < 0 || keyOf(before) !== keyOf(i)
        ? fresh
        : levelAfter(state, out[before]!, plan.week[i]! - plan.week[before]!, fresh);
    before = i;
  }
  return out;
}
