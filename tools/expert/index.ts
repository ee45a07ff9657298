import type { Tool } from "../define.ts";
import { compareScenariosTool } from "./compareScenarios.ts";
import { forecastPromotionTool } from "./forecastPromotion.ts";

/** What the expert computes. */
export const expertTools: readonly Tool[] = [forecastPromotionTool, compareScenariosTool];
