import { baselinePlan } from "./counterfactual.ts";
import { forecast } from "./forecast.ts";
import { forecastTotals } from "./totals.ts";
import type { Forecast, Model, Plan } from "./types.ts";

/** `forecast` of the plan without its promotions, by row. */
export function forecastBaseline(model: Model, plan: Plan): Forecast {
  return forecast(model, baselinePlan(model, plan));
}

/** `forecastTotals` of the plan without its promotions. */
export function baselineTotals(model: Model, plan: Plan, group: Int32Array, groups: number): Forecast {
  return forecastTotals(model, baselinePlan(model, plan), group, groups);
}
