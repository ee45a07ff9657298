import type { Composer } from "../say.ts";
import { composeReview } from "./accountReview.ts";
import { composeGaps } from "./assortmentGaps.ts";
import { composeCategory } from "./categoryView.ts";
import { composeComparison } from "./comparePromotions.ts";
import { composeDepth } from "./discountResponse.ts";
import { composeExplanation } from "./explainResult.ts";
import { composeRisks } from "./findRisks.ts";
import { composeSignals } from "./marketSignals.ts";
import { composeNegotiation } from "./negotiationPack.ts";
import { composePlanTracking } from "./planTracking.ts";
import { composeGrowth } from "./productGrowth.ts";
import { composeStockCover } from "./stockCover.ts";
import { composeLaunches } from "./trackLaunches.ts";
import { composeWatch } from "./weeklyWatch.ts";

export const advisorComposers: Readonly<Record<string, Composer>> = {
  compare_promotions: composeComparison,
  discount_response: composeDepth,
  explain_result: composeExplanation,
  account_review: composeReview,
  product_growth: composeGrowth,
  find_risks: composeRisks,
  plan_tracking: composePlanTracking,
  negotiation_pack: composeNegotiation,
  weekly_watch: composeWatch,
  market_signals: composeSignals,
  category_view: composeCategory,
  assortment_gaps: composeGaps,
  track_launches: composeLaunches,
  stock_cover: composeStockCover,
};
