import { type PromotionDraft, paidByUnit } from "../../../data/promotions/draft.ts";
import { isDepthDriver, offerOf, USUAL_REDEMPTION } from "../../fitting/offer.ts";
import type { Offer } from "./wish.ts";

/** Share of buyers who take an offer up, where it matters: the documented usual one of its mechanic. */
export const redemptionOf = (mechanic: PromotionDraft["mechanic"]): number | null =>
  isDepthDriver(mechanic) ? USUAL_REDEMPTION[mechanic] : null;

/**
 * What the firm pays a promoted unit, ex tax, in major units: the effective discount of the everyday shelf price ex VAT, or
 * of the list price where no shelf price is known; nothing where only a fixed sum is paid. Null where no price is known.
 * @param prices everyday shelf price incl. VAT and list price ex VAT, major units
 */
export function allowanceOf(
  offer: Offer,
  payment: PromotionDraft["payment"],
  prices: { readonly everyday: number | null; readonly list: number | null; readonly vat: number },
): number | null {
  if (!paidByUnit(payment)) return 0;
  const exTax = prices.everyday === null ? prices.list : prices.everyday / (1 + prices.vat);
  if (exTax === null) return null;
  const { effective } = offerOf({ ...offer, redemption: redemptionOf(offer.mechanic) }, exTax * (1 + prices.vat));
  return effective * exTax;
}
