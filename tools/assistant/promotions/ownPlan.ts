import { z } from "zod";
import { KamError } from "../../../data/common/errors.ts";
import { optional } from "../../args.ts";
import type { PromotionForecast } from "../../forecasts/types.ts";

/** What a person may plan with instead of the forecast; it is kept beside it, and scored when the promotion is over. */
export const ownPlanArgs = {
  planned_units: optional(
    z.number().positive().describe("units in all that the person plans with instead of the forecast"),
  ),
  planned_uplift: optional(
    z
      .number()
      .min(-0.9)
      .max(50)
      .describe("uplift that the person expects instead of the forecast, a fraction (0.8 for 80 %)"),
  ),
};

export type OwnPlan = { readonly units: number } | { readonly uplift: number };

type Args = { readonly planned_units?: number; readonly planned_uplift?: number };

/** Null where nothing is said of it. @throws KamError bad_input where both are named */
export function ownPlanOf({ planned_units: units, planned_uplift: uplift }: Args): OwnPlan | null {
  if (units !== undefined && uplift !== undefined)
    throw new KamError(
      "bad_input",
      "Both planned units and an expected uplift are named; which of the two is the plan?",
    );
  if (units !== undefined) return { units };
  return uplift === undefined ? null : { uplift };
}

/** The units that a plan comes to. @throws KamError bad_input for an uplift where no baseline is known */
export function unitsOfPlan(own: OwnPlan | null, forecast: PromotionForecast | null): number | null {
  if (!own) return null;
  if ("units" in own) return own.units;
  if (!forecast)
    throw new KamError("bad_input", "No baseline is known here, so name the planned units instead of an uplift.");
  return Math.round(forecast.baseline.mean * (1 + own.uplift));
}
