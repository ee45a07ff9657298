import { type State, stateOf } from "../fit/state.ts";
import { forecast, units as toUnits } from "../predict/forecast.ts";
import { type Predicted, predict } from "../predict/predict.ts";
import { predictorParts } from "../predict/predictor.ts";
import type { Decomposition, Model, Plan } from "../types.ts";

/** Names of the effects that are not drivers. */
export const PRICE = "price";
export const AFTER_PROMOTION = "after promotion";
export const OTHER_PRODUCTS = "other products";

/**
 * Splits units of past weeks, or the forecast mean of weeks without units, into baseline, effects and the unexplained.
 * Baseline: level, trend, season, context and everyday price, with the local level of past weeks taken from the
 * unpromoted weeks around them. Effects share out B(e^Σc − 1) by the logarithmic mean, effect_k = L(Be^Σc, B) c_k with
 * L(a, b) = (a − b) / ln(a / b), which adds up exactly (log-mean Divisia index, Ang 2004).
 * Keys of `effects`: `price`, each support and mechanic driver, `after promotion`, `other products`.
 */
export function decompose(model: Model, rows: Plan & { readonly units?: Float64Array }): Decomposition {
  const state = stateOf(model);
  const predicted = predict(model, rows);
  const n = predicted.rows;
  const { design } = state;
  const promotional = design.driverNames.flatMap((name, d) =>
    design.driverKinds[d] === "context" ? [] : [{ name, d }],
  );
  const effects: Record<string, Float64Array> = { [PRICE]: new Float64Array(n) };
  for (const { name } of promotional) effects[name] = new Float64Array(n);
  effects[AFTER_PROMOTION] = new Float64Array(n);
  effects[OTHER_PRODUCTS] = new Float64Array(n);
  const baseline = new Float64Array(n);
  const unexplained = new Float64Array(n);
  const mean = rows.units && !rows.units.some(Number.isNaN) ? null : forecast(model, rows).mean;
  const p = design.columns.length;
  for (let i = 0; i < n; i++) {
    const parts = predictorParts(design, predicted.beta, predicted.betaAt[i]!, predicted.x, i * p);
    let change = parts.price + parts.lag + parts.cross;
    for (const { d } of promotional) change += parts.drivers[d]!;
    const B = toUnits(predicted.mu[i]! - predicted.change[i]! - change + meanShift(state, predicted, i));
    const factor = B * logMeanFactor(change);
    baseline[i] = B;
    let explained = B;
    const give = (name: string, c: number) => {
      effects[name]![i] = factor * c;
      explained += factor * c;
    };
    give(PRICE, parts.price);
    for (const { name, d } of promotional) give(name, parts.drivers[d]!);
    give(AFTER_PROMOTION, parts.lag);
    give(OTHER_PRODUCTS, parts.cross);
    const u = rows.units?.[i] ?? Number.NaN;
    unexplained[i] = (Number.isNaN(u) ? mean![i]! : u) - explained;
  }
  return { baseline, effects, unexplained };
}

/** Half the variance of a quiet week's noise: from the median of units to their mean. */
export function meanShift(state: State, predicted: Predicted, i: number): number {
  const quiet = predicted.promoted[i] ? predicted.noiseVariance[i]! / state.promotedNoise : predicted.noiseVariance[i]!;
  return Math.min(0.5, (quiet * state.calibration.spread[0] ** 2) / 2);
}

/** (e^c − 1) / c. */
export function logMeanFactor(c: number): number {
  if (Math.abs(c) < 1e-8) return 1 + c / 2;
  return Math.expm1(Math.min(c, 30)) / c;
}
