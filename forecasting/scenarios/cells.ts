import { ForecastError } from "../errors.ts";
import { baselinePlan } from "../events/counterfactual.ts";
import { type State, stateOf } from "../fit/state.ts";
import { coefficientCovariance, predict } from "../predict/predict.ts";
import type { Model, Plan } from "../types.ts";
import { coefficientDraws, freshLevel, SCENARIO_DRAWS, shockDraws } from "./worlds.ts";

/** How sure a row is under a promotion: calibrated spread, widening beyond what was seen, noise against a quiet week's. */
export interface RowClass {
  readonly spread: number;
  readonly widen: number;
  readonly noise: number;
}

/** The class of a week without promotion. */
export const QUIET = 0;

/**
 * What scenarios of one account have in common: its products' weeks with no promotion, and the draws in which they differ.
 * Rows are product by product (in the order of `products`), week by week from `from` on.
 */
export interface ScenarioCells {
  readonly state: State;
  readonly account: number;
  readonly products: readonly number[];
  readonly from: number;
  readonly weeks: number;
  /** The rows without promotions, everyday prices as they were given: what designs are laid over. */
  readonly plan: Plan;
  /** Everyday price by row, estimated where it was not given. */
  readonly base: Float64Array;
  /** By row: median of ln units, its variances from coefficients, level and noise, before calibration. */
  readonly mu: Float64Array;
  readonly parameterVariance: Float64Array;
  readonly levelVariance: Float64Array;
  readonly noiseVariance: Float64Array;
  /** The part of the level's variance that the mean leaves out. */
  readonly driftVariance: Float64Array;
  /** By row × columns: covariance of the coefficients times the row's regressors. */
  readonly covarianceX: Float64Array;
  /** By product: covariance of the series' coefficients, columns × columns. */
  readonly covariance: readonly Float64Array[];
  /** By product: draws of the coefficients around their means, columns × draws. */
  readonly delta: readonly Float64Array[];
  /** By row × draws: what the coefficients' draws add to ln units, the week's noise, and the level's own news. */
  readonly drift: Float64Array;
  readonly shock: Float64Array;
  readonly fresh: Float64Array;
  /** Classes that designs have asked for so far, `QUIET` first. */
  readonly classes: RowClass[];
}

/** Index of a class among the cells', which take it up if it is new. */
export function classOf(cells: ScenarioCells, of: RowClass): number {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * Math.abs(a);
  const known = cells.classes.findIndex(
    (c) => c.spread === of.spread && c.widen === of.widen && near(c.noise, of.noise),
  );
  return known >= 0 ? known : cells.classes.push(of) - 1;
}

/**
 * Prepares the cells of one account.
 * @param plan rows of every product of the account over the same consecutive weeks, product by product; promotions in it are left out
 * @throws ForecastError for a plan of another form, or one the model cannot read
 */
export function scenarioCells(model: Model, plan: Plan): ScenarioCells {
  const state = stateOf(model);
  const { account, products, from, weeks } = shapeOf(plan);
  const quiet = baselinePlan(model, plan);
  const off = predict(model, quiet);
  const p = state.design.columns.length;
  const n = plan.week.length;
  const drift = new Float64Array(n * SCENARIO_DRAWS);
  const shock = new Float64Array(n * SCENARIO_DRAWS);
  const fresh = new Float64Array(n * SCENARIO_DRAWS);
  const covarianceX = new Float64Array(n * p);
  const covariance: Float64Array[] = [];
  const delta: Float64Array[] = [];
  products.forEach((product, k) => {
    const key = account * state.design.productCount + product;
    const c = coefficientCovariance(state, state.seriesOf[key]!, account, product);
    const draws = turned(coefficientDraws(state, account, product), p);
    covariance.push(c);
    delta.push(draws);
    for (let i = k * weeks; i < (k + 1) * weeks; i++) {
      const used: number[] = [];
      for (let j = 0; j < p; j++) if (off.x[i * p + j] !== 0) used.push(j);
      for (let a = 0; a < p; a++) {
        let v = 0;
        for (const j of used) v += c[a * p + j]! * off.x[i * p + j]!;
        covarianceX[i * p + a] = v;
      }
      const at = i * SCENARIO_DRAWS;
      for (const j of used) {
        const v = off.x[i * p + j]!;
        for (let d = 0, k = j * SCENARIO_DRAWS; d < SCENARIO_DRAWS; d++, k++) drift[at + d]! += v * draws[k]!;
      }
      shock.set(shockDraws(state, account, product, plan.week[i]!), at);
      fresh.set(freshLevel(key, plan.week[i]!), at);
    }
  });
  return {
    state,
    account,
    products,
    from,
    weeks,
    plan: { ...quiet, basePrice: plan.basePrice },
    base: quiet.basePrice,
    mu: off.mu,
    parameterVariance: off.parameterVariance,
    levelVariance: off.levelVariance,
    noiseVariance: off.noiseVariance,
    driftVariance: off.driftVariance,
    covarianceX,
    covariance,
    delta,
    drift,
    shock,
    fresh,
    classes: [{ spread: state.calibration.spread[0], widen: 1, noise: 1 }],
  };
}

/** Draws × columns as columns × draws. */
function turned(draws: Float64Array, p: number): Float64Array {
  const out = new Float64Array(draws.length);
  for (let d = 0; d < SCENARIO_DRAWS; d++) for (let j = 0; j < p; j++) out[j * SCENARIO_DRAWS + d] = draws[d * p + j]!;
  return out;
}

/** Place of a product among the cells'. @throws ForecastError where it is not one of them */
export function placeOf(cells: Pick<ScenarioCells, "products">, product: number): number {
  const place = cells.products.indexOf(product);
  if (place < 0) throw new ForecastError("bad_index", `Product ${product} is not among the cells.`);
  return place;
}

function shapeOf(plan: Plan): { account: number; products: number[]; from: number; weeks: number } {
  const n = plan.week.length;
  if (n === 0) throw new ForecastError("bad_shape", "There are no rows.");
  const account = plan.account[0]!;
  const products = [...new Set(plan.product)];
  const weeks = n / products.length;
  const from = plan.week[0]!;
  for (let i = 0; i < n; i++) {
    const k = Math.floor(i / weeks);
    const fits =
      plan.account[i] === account && plan.product[i] === products[k] && plan.week[i] === from + (i - k * weeks);
    if (!fits)
      throw new ForecastError(
        "bad_shape",
        `Row ${i} is out of place: cells are one account's, product by product, week by week.`,
      );
  }
  return { account, products, from, weeks };
}
