import type { Tool } from "../define.ts";
import { accountReview } from "./accountReview.ts";
import { assortmentGaps } from "./assortment/assortmentGaps.ts";
import { categoryView } from "./category/categoryView.ts";
import { comparePromotions } from "./comparePromotions.ts";
import { discountResponse } from "./discountResponse.ts";
import { explainResult } from "./explainResult.ts";
import { findRisks } from "./findRisks.ts";
import { trackLaunches } from "./launches/trackLaunches.ts";
import { marketSignals } from "./marketSignals.ts";
import { negotiationPack } from "./negotiation/negotiationPack.ts";
import { productGrowth } from "./productGrowth.ts";
import { stockCover } from "./stockCover.ts";
import { planTracking } from "./targets/planTracking.ts";
import { weeklyWatch } from "./watch/weeklyWatch.ts";

/** What the advisor reads of history and market. */
export const advisorTools: readonly Tool[] = [
  comparePromotions,
  discountResponse,
  explainResult,
  accountReview,
  productGrowth,
  findRisks,
  planTracking,
  negotiationPack,
  weeklyWatch,
  marketSignals,
  categoryView,
  assortmentGaps,
  trackLaunches,
  stockCover,
];
