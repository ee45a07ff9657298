import { recordOverride, recordUse } from "../../../data/forecasts/forecasts.service.ts";
import type { PromotionDraft } from "../../../data/promotions/draft.ts";
import type { ToolContext } from "../../define.ts";
import { keepForecasts, keptForecast } from "../../forecasts/record/keep.ts";
import type { PromotionSpec } from "../../forecasts/types.ts";
import { specOfDraft } from "./change.ts";
import { type Forecaster, tryForecast } from "./forecaster.ts";

/**
 * Ties a promotion to the forecast that it is drafted or approved with, made anew where it was not kept when it was shown;
 * call it in the transaction of that change. Nothing where no forecast can be made.
 * @returns the id of the forecast
 */
export async function tieForecast(
  context: ToolContext,
  forecaster: Forecaster,
  promotionId: number,
  spec: PromotionSpec,
  step: "draft" | "approved",
): Promise<number | null> {
  const id = (await keptForecast(context, spec)) ?? (await makeForecast(context, forecaster, spec));
  if (id !== null) await recordUse(context.actor, context.store, { promotion_id: promotionId, forecast_id: id, step });
  return id;
}

/** The same for a draft that was written, with what a person plans with instead. */
export async function keepPlan(
  context: ToolContext,
  forecaster: Forecaster,
  promotion_id: number,
  draft: PromotionDraft,
): Promise<void> {
  const forecast_id = await tieForecast(context, forecaster, promotion_id, specOfDraft(draft), "draft");
  await recordOverride(context.actor, context.store, { promotion_id, forecast_id, units: draft.own_units });
}

async function makeForecast(context: ToolContext, forecaster: Forecaster, spec: PromotionSpec): Promise<number | null> {
  const { forecast } = await tryForecast(forecaster, context, spec);
  if (!forecast) return null;
  return (await keepForecasts(context, "promotion", [{ spec, forecast }]))?.[0] ?? null;
}
