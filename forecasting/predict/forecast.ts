import { widening } from "../fit/seen.ts";
import { type State, stateOf } from "../fit/state.ts";
import type { Forecast, Model, Plan } from "../types.ts";
import { type Predicted, predict } from "./predict.ts";

/** Largest ln-units variance whose half enters the retransformed mean: beyond it the mean is not estimable. */
export const LARGEST_VARIANCE = 1.5;
/** Units are kept finite whatever is asked. */
const LARGEST = 1e15;

/**
 * Predictive distribution of every row of a plan, in units.
 * Median exp(μ); quantiles exp(μ + z s) with z calibrated on rolling origins by promotion state; mean exp(μ + s²/2), s² without
 * the drift of the level, which is as likely a loss as a gain in units, and without what widens it beyond anything seen: a
 * price that nobody asked before sells no more for being new.
 * @throws ForecastError for a plan the model cannot read
 */
export function forecast(model: Model, plan: Plan): Forecast {
  const state = stateOf(model);
  return distribution(state, predict(model, plan));
}

/** Quantiles and mean from medians and variances. */
export function distribution(state: State, predicted: Predicted): Forecast {
  const n = predicted.rows;
  const out = emptyForecast(n);
  const columns = [out.q025, out.q10, out.q90, out.q975];
  for (let i = 0; i < n; i++) {
    const k = predicted.promoted[i] ? 1 : 0;
    const known = predicted.parameterVariance[i]! + predicted.levelVariance[i]! + predicted.noiseVariance[i]!;
    const sd = widening(predicted.extrapolated[i]!) * Math.sqrt(known);
    const z = state.calibration.quantiles[k];
    const spread = (known - predicted.driftVariance[i]!) * state.calibration.spread[k] ** 2;
    const empty = emptyBelow(state, predicted, i);
    const sold = (log: number): number => (units(log) <= empty ? 0 : units(log));
    out.median[i] = sold(predicted.mu[i]!);
    out.mean[i] = units(predicted.mu[i]! + Math.min(LARGEST_VARIANCE, spread) / 2);
    columns.forEach((column, q) => {
      column[i] = sold(predicted.mu[i]! + z[q]! * sd);
    });
    out.extrapolated[i] = predicted.extrapolated[i]!;
  }
  return out;
}

/** In logs nothing is half the smallest week: what is forecast down there is none sold. */
function emptyBelow(state: State, { merged }: Predicted, i: number): number {
  const s = state.seriesOf[merged.sheet.key[merged.rowOf[i]!]!]!;
  return s < 0 ? 0 : state.emptyBelow[s]!;
}

/** exp, kept finite. */
export function units(log: number): number {
  return Math.min(Math.exp(log), LARGEST);
}

function emptyForecast(n: number): Forecast {
  return {
    mean: new Float64Array(n),
    median: new Float64Array(n),
    q025: new Float64Array(n),
    q10: new Float64Array(n),
    q90: new Float64Array(n),
    q975: new Float64Array(n),
    extrapolated: new Uint8Array(n),
  };
}
