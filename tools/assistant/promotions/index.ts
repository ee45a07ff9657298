import type { Tool } from "../../define.ts";
import { forecastPromotion } from "../../forecasts/forecastPromotion.ts";
import { attachEvidence } from "./attachEvidence.ts";
import { budgetStatus } from "./budgetStatus.ts";
import { cancelPromotion } from "./cancelPromotion.ts";
import { checkPromotion } from "./checkPromotion.ts";
import { closePromotion } from "./closePromotion.ts";
import { commentPromotion } from "./commentPromotion.ts";
import { copyPromotion } from "./copyPromotion.ts";
import { createPromotion } from "./createPromotion.ts";
import { decidePromotion } from "./decidePromotion.ts";
import { findPromotions } from "./findPromotions.ts";
import type { Forecaster } from "./forecaster.ts";
import { getPromotion } from "./getPromotion.ts";
import { moveFunds } from "./moveFunds.ts";
import { overrideCheck } from "./overrideCheck.ts";
import { submitPromotion } from "./submitPromotion.ts";
import { suggestProducts } from "./suggestProducts.ts";
import { updatePromotion } from "./updatePromotion.ts";

/** The tools of a promotion's life, over whatever makes the forecasts. */
export const buildPromotionTools = (forecaster: Forecaster): readonly Tool[] => [
  createPromotion(forecaster),
  updatePromotion(forecaster),
  copyPromotion(forecaster),
  cancelPromotion,
  submitPromotion(forecaster),
  decidePromotion(forecaster),
  closePromotion,
  commentPromotion,
  attachEvidence,
  overrideCheck(forecaster),
  findPromotions,
  getPromotion,
  suggestProducts(forecaster),
  checkPromotion(forecaster),
  budgetStatus,
  moveFunds,
];

export const promotionTools = buildPromotionTools(forecastPromotion);
