import { toMajor } from "../../data/common/money.ts";
import type { AgreedPromotion } from "../../data/models/fitInput.repo.ts";
import type { PromotionSpec } from "./types.ts";

/** A stored promotion as a forecast reads it; a draft of the store has the same columns. */
export const specOfPromotion = (
  promotion: Omit<AgreedPromotion, "id">,
  productIds: readonly number[],
): PromotionSpec => ({
  account_id: promotion.account_id,
  product_ids: productIds,
  start: promotion.start,
  end: promotion.end,
  mechanic: promotion.mechanic,
  discount: promotion.discount,
  price_off: promotion.price_off_minor === null ? null : toMajor(promotion.price_off_minor),
  get: promotion.get_n,
  pay: promotion.pay_n,
  feature: promotion.feature === 1,
  display: promotion.display === 1,
  payment: promotion.payment,
  fixed_spend: toMajor(promotion.fixed_spend_minor),
});
