import type { PromotionTable } from "../../data/store/schema/promotions.ts";
import { multibuyDiscount } from "../../forecasting/index.ts";

/** The drivers that hold the effective discount of a mechanic which leaves the ticket price as it is. */
export const DEPTH_DRIVERS = ["multibuy", "loyalty_price", "coupon"] as const;
export type DepthDriver = (typeof DEPTH_DRIVERS)[number];

/** Share of buyers who take up an offer where nobody measured it: all of them need not buy the whole of a multibuy or hand in a coupon. */
export const USUAL_REDEMPTION: Readonly<Record<DepthDriver, number>> = {
  multibuy: 0.7,
  loyalty_price: 0.7,
  coupon: 0.3,
};

/** What a promotion offers the shopper, in the promotion's own columns. */
export interface OfferTerms {
  readonly mechanic: PromotionTable["mechanic"];
  readonly discount: number | null;
  /** Major units off the shelf price. */
  readonly price_off: number | null;
  readonly get: number | null;
  readonly pay: number | null;
  readonly redemption: number | null;
}

/** An offer as the model sees it: either a lower shelf price, or a depth driver beside an unchanged one. */
export interface Offer {
  /** Fraction off the everyday shelf price that the ticket shows. */
  readonly cut: number;
  readonly driver: DepthDriver | null;
  /** Effective discount through `driver`, a fraction. */
  readonly depth: number;
  /** Effective discount a promoted unit, whichever way: what the shopper saves on average. */
  readonly effective: number;
}

export const isDepthDriver = (mechanic: string): mechanic is DepthDriver =>
  (DEPTH_DRIVERS as readonly string[]).includes(mechanic);

const within = (fraction: number): number => Math.min(0.95, Math.max(0, fraction));

/**
 * The offer at an everyday price (major units; null where not known, an absolute price-off then counts as nothing).
 * Multibuy: (1 − pay / get) × redemption (terms.md).
 */
export function offerOf(terms: OfferTerms, everydayPrice: number | null): Offer {
  const { mechanic, discount, price_off, get, pay, redemption } = terms;
  const off = price_off !== null && everydayPrice ? price_off / everydayPrice : 0;
  const face = within(mechanic === "multibuy" && get && pay ? multibuyDiscount(get, pay) : (discount ?? off));
  if (!isDepthDriver(mechanic)) return { cut: face, driver: null, depth: 0, effective: face };
  const depth = within(face * (redemption ?? USUAL_REDEMPTION[mechanic]));
  return { cut: 0, driver: mechanic, depth, effective: depth };
}
