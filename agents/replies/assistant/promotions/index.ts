import type { Composer } from "../../say.ts";
import { composeBudgetStatus } from "./budgetStatus.ts";
import { composeCheckPromotion } from "./checkPromotion.ts";
import { composeClosePromotion } from "./closePromotion.ts";
import { composeCopyPromotion } from "./copyPromotion.ts";
import { composeCreatePromotion } from "./createPromotion.ts";
import { composeFindPromotions } from "./findPromotions.ts";
import { composeGetPromotion } from "./getPromotion.ts";
import { composeMoveFunds } from "./moveFunds.ts";
import { composeAttachEvidence, composeCommentPromotion, composeOverrideCheck } from "./promotionFile.ts";
import { composeCancelPromotion, composeDecidePromotion, composeSubmitPromotion } from "./stateChanges.ts";
import { composeSuggestProducts } from "./suggestProducts.ts";
import { composeUpdatePromotion } from "./updatePromotion.ts";

/** The replies of a promotion's life, by tool. */
export const promotionComposers: Readonly<Record<string, Composer>> = {
  create_promotion: composeCreatePromotion,
  update_promotion: composeUpdatePromotion,
  copy_promotion: composeCopyPromotion,
  cancel_promotion: composeCancelPromotion,
  submit_promotion: composeSubmitPromotion,
  decide_promotion: composeDecidePromotion,
  close_promotion: composeClosePromotion,
  comment_promotion: composeCommentPromotion,
  attach_evidence: composeAttachEvidence,
  override_check: composeOverrideCheck,
  find_promotions: composeFindPromotions,
  get_promotion: composeGetPromotion,
  suggest_products: composeSuggestProducts,
  check_promotion: composeCheckPromotion,
  budget_status: composeBudgetStatus,
  move_funds: composeMoveFunds,
};
