import { baselinePlan } from "./counterfactual.ts";
import { ForecastError } from "./errors.ts";
import { distribution, emptyForecast, units } from "./forecast.ts";
import { CoefficientDraws } from "./gradient.ts";
import { type Predicted, predict } from "./predict.ts";
import { NormalStream } from "./random.ts";
import { type State, stateOf } from "./state.ts";
import type { Forecast, Model, Plan } from "./types.ts";

const DRAWS = 400;
const SEED = 20_240_229;
const QUANTILES = [0.025, 0.1, 0.5, 0.9, 0.975] as const;

/**
 * Distribution of the sum of units over each group of plan rows, errors shared as they are in life: coefficients,
 * a product's week, an account's week and each series' drifting level are common to the rows that have them in common.
 * Seeded draws: the same call gives the same bits.
 * @param group group of each plan row, 0 … groups − 1; a negative one leaves the row out
 */
export function forecastTotals(model: Model, plan: Plan, group: Int32Array, groups: number): Forecast {
  checkGroups(plan, group, groups);
  const state = stateOf(model);
  const predicted = predict(model, plan);
  const sums = simulate(state, plan, [predicted], group, groups);
  return summary(sums, rowMeans(state, predicted), null, predicted.extrapolated, group, groups, true);
}

/**
 * Distribution of (with − without) the plan's promotions, summed over each group of rows, both on the same draws. Rows of
 * the weeks after an event bring its dip, rows of other products what it takes from them or gives them.
 */
export function incrementalTotals(model: Model, plan: Plan, group: Int32Array, groups: number): Forecast {
  checkGroups(plan, group, groups);
  const state = stateOf(model);
  const on = predict(model, plan);
  const off = predict(model, baselinePlan(model, plan));
  const sums = simulate(state, plan, [on, off], group, groups);
  return summary(sums, rowMeans(state, on), rowMeans(state, off), on.extrapolated, group, groups, false);
}

function checkGroups(plan: Plan, group: Int32Array, groups: number): void {
  if (group.length !== plan.week.length)
    throw new ForecastError("bad_shape", `There are ${group.length} group numbers for ${plan.week.length} rows.`);
  if (!Number.isInteger(groups) || groups < 0)
    throw new ForecastError("bad_shape", `The number of groups is ${groups}.`);
  for (const g of group) if (g >= groups) throw new ForecastError("bad_index", `Group ${g} is not one of ${groups}.`);
}

function rowMeans(state: State, predicted: Predicted): Float64Array {
  return distribution(state, predicted).mean;
}

/** draws × groups sums of the first world, less those of the second if there is one. */
function simulate(
  state: State,
  plan: Plan,
  worlds: readonly Predicted[],
  group: Int32Array,
  groups: number,
): Float64Array {
  const n = plan.week.length;
  const p = state.design.columns.length;
  const products = state.design.productCount;
  const keys = [...new Set(Array.from({ length: n }, (_, i) => plan.account[i]! * products + plan.product[i]!))].sort(
    (a, b) => a - b,
  );
  const keyAt = new Map(keys.map((key, k) => [key, k]));
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => keyOf(a) - keyOf(b) || plan.week[a]! - plan.week[b]!,
  );
  function keyOf(i: number): number {
    return plan.account[i]! * products + plan.product[i]!;
  }
  const [byProduct, productCells] = cells(plan.product, plan.week);
  const [byAccount, accountCells] = cells(plan.account, plan.week);
  const shareP = Math.sqrt(state.sharedByProduct);
  const shareA = Math.sqrt(state.sharedByAccount);
  const shareOwn = Math.sqrt(Math.max(0, 1 - state.sharedByProduct - state.sharedByAccount));
  const stream = new NormalStream(SEED);
  const coefficients = new CoefficientDraws(state, keys);
  const delta = new Float64Array(keys.length * p);
  const zProduct = new Float64Array(productCells);
  const zAccount = new Float64Array(accountCells);
  const out = new Float64Array(DRAWS * groups);
  for (let d = 0; d < DRAWS; d++) {
    coefficients.next(stream, delta);
    for (let c = 0; c < productCells; c++) zProduct[c] = stream.normal();
    for (let c = 0; c < accountCells; c++) zAccount[c] = stream.normal();
    let level = 0;
    let before = -1;
    for (const i of order) {
      const key = keyOf(i);
      const fresh = before < 0 || keyOf(before) !== key;
      // The level's path: correlation φ^gap with the series' previous row, the row's own variance.
      const correlation = fresh ? 0 : state.drift.phi ** (plan.week[i]! - plan.week[before]!);
      level = correlation * level + Math.sqrt(Math.max(0, 1 - correlation * correlation)) * stream.normal();
      before = i;
      const shock = shareP * zProduct[byProduct[i]!]! + shareA * zAccount[byAccount[i]!]! + shareOwn * stream.normal();
      const g = group[i]!;
      if (g < 0) continue;
      worlds.forEach((world, w) => {
        let log = world.mu[i]!;
        const at = keyAt.get(key)! * p;
        for (let j = 0; j < p; j++) log += world.x[i * p + j]! * delta[at + j]!;
        const spread = state.calibration.spread[world.promoted[i] ? 1 : 0];
        log += spread * (Math.sqrt(world.levelVariance[i]!) * level + Math.sqrt(world.noiseVariance[i]!) * shock);
        out[d * groups + g]! += w === 0 ? units(log) : -units(log);
      });
    }
  }
  return out;
}

/** Numbers the distinct (index, week) pairs. */
function cells(index: Int32Array, week: Int32Array): [Int32Array, number] {
  const seen = new Map<number, number>();
  const out = new Int32Array(index.length);
  for (let i = 0; i < index.length; i++) {
    const key = index[i]! * 1048576 + week[i]! + 524288;
    let c = seen.get(key);
    if (c === undefined) {
      c = seen.size;
      seen.set(key, c);
    }
    out[i] = c;
  }
  return [out, seen.size];
}

function summary(
  sums: Float64Array,
  plus: Float64Array,
  minus: Float64Array | null,
  extrapolated: Uint8Array,
  group: Int32Array,
  groups: number,
  positive: boolean,
): Forecast {
  const out = emptyForecast(groups);
  for (let i = 0; i < group.length; i++) {
    const g = group[i]!;
    if (g < 0) continue;
    out.mean[g]! += plus[i]! - (minus ? minus[i]! : 0);
    if (extrapolated[i]) out.extrapolated[g] = 1;
  }
  const column = new Float64Array(DRAWS);
  const targets = [out.q025, out.q10, out.median, out.q90, out.q975];
  for (let g = 0; g < groups; g++) {
    for (let d = 0; d < DRAWS; d++) column[d] = sums[d * groups + g]!;
    column.sort();
    QUANTILES.forEach((q, k) => {
      const at = q * (DRAWS - 1);
      const low = Math.floor(at);
      const v = column[low]! + (at - low) * (column[Math.min(DRAWS - 1, low + 1)]! - column[low]!);
      targets[k]![g] = positive ? Math.max(0, v) : v;
    });
  }
  return out;
}
