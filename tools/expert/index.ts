import type { Tool } from "../define.ts";
import { compareResponses } from "./compareResponses.ts";
import { compareScenariosTool } from "./compareScenarios.ts";
import { estimateBaseline } from "./estimateBaseline.ts";
import { forecastAccuracy } from "./forecastAccuracy.ts";
import { forecastPromotionTool } from "./forecastPromotion.ts";
import { orderProposal } from "./orderProposal.ts";
import { planPromotions } from "./plan/planPromotions.ts";
import { priceWhatIf } from "./price/priceWhatIf.ts";

/** What the expert computes. */
export const expertTools: readonly Tool[] = [
  estimateBaseline,
  forecastPromotionTool,
  compareScenariosTool,
  compareResponses,
  forecastAccuracy,
  planPromotions,
  priceWhatIf,
  orderProposal,
];
