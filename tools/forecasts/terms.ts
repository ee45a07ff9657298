import { toMajor } from "../../data/common/money.ts";
import { netPrice, unitMargin } from "../../data/contracts/margin.ts";
import { paidByUnit } from "../../data/promotions/draft.ts";
import { termsOf } from "../fitting/marketBook.ts";
import { contractOn } from "../fitting/money.ts";
import { offerOf } from "../fitting/offer.ts";
import { median } from "../statistics.ts";
import { everydayPrice, type ForecastGround } from "./forecastGround.ts";
import { offerFor } from "./offerOfSpec.ts";
import type { PromotionSpec } from "./types.ts";

/** A promoted product's money a unit, major units of the account's currency; null where not known. */
export interface LineTerms {
  readonly product_id: number;
  /** Everyday and average promoted shelf price, incl. tax. */
  readonly everyday: number | null;
  readonly promoted: number | null;
  /** What the firm pays a promoted unit, ex tax. */
  readonly allowance: number | null;
  /** The firm's margin before promotion spend. */
  readonly margin: number | null;
  /** What the retailer pays a unit after everyday terms. */
  readonly net: number | null;
}

/** An account's week in which nothing is promoted. */
type EverydaySpec = Pick<PromotionSpec, "account_id" | "start">;

/** Money terms of any product at the account over a promotion; those that are not promoted have no allowance. */
export function lineTerms(ground: ForecastGround, spec: PromotionSpec | EverydaySpec, productId: number): LineTerms {
  const promoted = "payment" in spec && spec.product_ids.includes(productId) ? spec : null;
  const product = ground.book.productById.get(productId);
  const contract = contractOn(ground.contracts, spec.account_id, spec.start);
  const everyday = everydayPrice(ground, spec.account_id, productId);
  const effective = promoted ? offerFor(ground, promoted, productId).effective : 0;
  return {
    product_id: productId,
    everyday,
    promoted: everyday === null ? null : everyday * (1 - effective),
    allowance: promoted ? allowanceOf(ground, promoted, effective, everyday) : 0,
    margin: unitMargin(product, contract),
    net: netPrice(product, contract),
  };
}

export const vatRate = (ground: ForecastGround, accountId: number): number =>
  ground.book.accountById.get(accountId)?.vat_rate ?? 0;

/** p of the formulas: the firm's usual share of the shelf-price cut, ex tax; 0 where the payment is not by the unit or nothing is cut. */
export function allowanceOf(
  ground: ForecastGround,
  spec: Pick<PromotionSpec, "account_id" | "payment">,
  effective: number,
  everyday: number | null,
): number | null {
  if (!paidByUnit(spec.payment) || effective === 0) return 0;
  if (everyday === null) return null;
  return effective * (everyday / (1 + vatRate(ground, spec.account_id))) * fundingShare(ground, spec.account_id).share;
}

const SHARES = new WeakMap<ForecastGround, Map<number, { share: number; known: boolean }>>();

/** The part of a shelf-price cut that the firm pays at an account: the middle one of its past promotions, else of all, else the whole. */
export function fundingShare(ground: ForecastGround, accountId: number): { share: number; known: boolean } {
  const kept = SHARES.get(ground) ?? new Map<number, { share: number; known: boolean }>();
  SHARES.set(ground, kept);
  const known = kept.get(accountId);
  if (known) return known;
  const here = pastShares(ground, (id) => id === accountId);
  const share = median(here.length ? here : pastShares(ground, () => true));
  const made = share === null ? { share: 1, known: false } : { share, known: true };
  kept.set(accountId, made);
  return made;
}

function pastShares(ground: ForecastGround, at: (accountId: number) => boolean): number[] {
  return ground.past.flatMap((promotion) => {
    if (!at(promotion.account_id) || !paidByUnit(promotion.payment)) return [];
    return (ground.book.linesOf.get(promotion.id) ?? []).flatMap((line) => {
      const everyday = everydayPrice(ground, promotion.account_id, line.product_id);
      const { effective } = offerOf(termsOf(promotion), everyday);
      if (!everyday || effective <= 0 || line.allowance_minor <= 0) return [];
      const cut = (effective * everyday) / (1 + vatRate(ground, promotion.account_id));
      return [toMajor(line.allowance_minor) / cut];
    });
  });
}

/** The middle fixed spend a week of past promotions at an account with the same support and kind of payment; null where there were none. */
export function usualFixedSpend(
  ground: ForecastGround,
  spec: Pick<PromotionSpec, "account_id" | "payment" | "display" | "feature">,
): { amount: number; promotions: number } | null {
  const like = ground.past.filter(
    (p) =>
      p.account_id === spec.account_id &&
      paidByUnit(p.payment) === paidByUnit(spec.payment) &&
      (p.display === 1) === spec.display &&
      (p.feature === 1) === spec.feature &&
      p.fixed_spend_minor > 0,
  );
  const amount = median(like.map((p) => toMajor(p.fixed_spend_minor)));
  return amount === null ? null : { amount, promotions: like.length };
}
