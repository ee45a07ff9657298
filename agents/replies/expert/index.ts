import type { Composer } from "../say.ts";
import { composeResponses } from "./compareResponses.ts";
import { composeScenarios } from "./compareScenarios.ts";
import { composeBaseline } from "./estimateBaseline.ts";
import { composeAccuracy } from "./forecastAccuracy.ts";
import { composeForecast } from "./forecastPromotion.ts";
import { composeOrderProposal } from "./orderProposal.ts";
import { composePlan } from "./planPromotions.ts";
import { composePrice } from "./priceWhatIf.ts";

/** Replies of the expert's tools, by tool. */
export const expertComposers: Readonly<Record<string, Composer>> = {
  estimate_baseline: composeBaseline,
  forecast_promotion: composeForecast,
  compare_scenarios: composeScenarios,
  plan_promotions: composePlan,
  order_proposal: composeOrderProposal,
  forecast_accuracy: composeAccuracy,
  compare_responses: composeResponses,
  price_what_if: composePrice,
};
