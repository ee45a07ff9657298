import { listAccounts } from "../../data/accounts/accounts.repo.ts";
import { weekFromIndex } from "../../data/common/dates.ts";
import { toMajor } from "../../data/common/money.ts";
import { holidays } from "../../data/holidays/holidays.repo.ts";
import {
  type AgreedPromotion,
  agreedPromotions,
  competitorPromotions,
  type PromotionLine,
  promotionLines,
} from "../../data/models/fitInput.repo.ts";
import { listProducts } from "../../data/products/products.repo.ts";
import type { Store } from "../../data/store/open.ts";
import { holidayRunUps, type RunUps, runUpKey, shareOfWeek } from "./calendarDrivers.ts";
import type { OfferTerms } from "./offer.ts";

type AccountRow = Awaited<ReturnType<typeof listAccounts>>[number];
type ProductRow = Awaited<ReturnType<typeof listProducts>>[number];

/** All that decides a week's drivers besides the sales: who and what there is, holidays, competitors, agreed promotions. */
export interface MarketBook {
  readonly accounts: readonly AccountRow[];
  readonly products: readonly ProductRow[];
  readonly accountById: ReadonlyMap<number, AccountRow>;
  readonly productById: ReadonlyMap<number, ProductRow>;
  readonly runUps: RunUps;
  readonly promotions: readonly AgreedPromotion[];
  readonly linesOf: ReadonlyMap<number, readonly PromotionLine[]>;
  /** Agreed promotions by `account|product`. */
  readonly promotionsOf: ReadonlyMap<string, readonly AgreedPromotion[]>;
  readonly rivals: readonly Awaited<ReturnType<typeof competitorPromotions>>[number][];
}

/** A competitor's depth that nobody measured counts as a usual one. */
const USUAL_RIVAL_DEPTH = 0.2;

export const pairKey = (accountId: number, productId: number): string => `${accountId}|${productId}`;

/** Reads the book whole: a fit and every forecast of a moment go by the same one. */
export async function readMarketBook(store: Store): Promise<MarketBook> {
  const accounts = await listAccounts(store);
  const products = await listProducts(store);
  const promotions = await agreedPromotions(store);
  const linesOf = Map.groupBy(await promotionLines(store), (line) => line.promotion_id);
  const promotionsOf = new Map<string, AgreedPromotion[]>();
  for (const promotion of promotions) {
    for (const line of linesOf.get(promotion.id) ?? []) {
      const key = pairKey(promotion.account_id, line.product_id);
      promotionsOf.set(key, [...(promotionsOf.get(key) ?? []), promotion]);
    }
  }
  return {
    accounts,
    products,
    accountById: new Map(accounts.map((a) => [a.id, a])),
    productById: new Map(products.map((p) => [p.id, p])),
    runUps: holidayRunUps(await holidays(store)),
    promotions,
    linesOf,
    promotionsOf,
    rivals: await competitorPromotions(store),
  };
}

/** Terms of a promotion row in the units of an offer (major money). */
export const termsOf = (promotion: AgreedPromotion): OfferTerms => ({
  mechanic: promotion.mechanic,
  discount: promotion.discount,
  price_off: promotion.price_off_minor === null ? null : toMajor(promotion.price_off_minor),
  get: promotion.get_n,
  pay: promotion.pay_n,
  redemption: promotion.redemption,
});

/** A competitor's depth at an account in a category and week: the deepest, by the part of the week it ran. */
export function rivalDepth(book: MarketBook, accountId: number, categoryId: number, week: number): number {
  const monday = weekFromIndex(week);
  let deepest = 0;
  for (const rival of book.rivals) {
    if (rival.account_id !== null && rival.account_id !== accountId) continue;
    if (rival.category_id !== null && rival.category_id !== categoryId) continue;
    const share = shareOfWeek(monday, rival.start, rival.end);
    if (share > 0) deepest = Math.max(deepest, share * Math.min(1, Math.abs(rival.value ?? USUAL_RIVAL_DEPTH)));
  }
  return deepest;
}

/** Names of context drivers that questions about the past put back. */
export const COMPETITOR = "competitor";
export const DISTRIBUTION = "distribution";
const HOLIDAY = "holiday: ";

/** Names of the drivers that stay as they are in the baseline. */
export const contextNames = (book: MarketBook): string[] => [
  COMPETITOR,
  DISTRIBUTION,
  ...[...book.runUps.keys()].sort().map((name) => HOLIDAY + name),
];

type ContextLookup = (name: string, accountId: number, productId: number, week: number) => number;
const LOOKUPS = new WeakMap<MarketBook, ContextLookup>();

/**
 * Looks up one context driver; answers are kept by account, category and week, since a panel asks for each many times.
 * Distribution is ln of the share of stores and comes from the sales, so it is not answered here.
 */
export function contextLookup(book: MarketBook): ContextLookup {
  const known = LOOKUPS.get(book);
  if (known) return known;
  const made = makeLookup(book);
  LOOKUPS.set(book, made);
  return made;
}

function makeLookup(book: MarketBook): ContextLookup {
  const rivals = new Map<string, number>();
  return (name, accountId, productId, week) => {
    if (name.startsWith(HOLIDAY)) {
      const country = book.accountById.get(accountId)?.country ?? null;
      return book.runUps.get(name.slice(HOLIDAY.length))?.get(runUpKey(country, week)) ?? 0;
    }
    if (name !== COMPETITOR) return 0;
    const category = book.productById.get(productId)?.category_id ?? 0;
    const at = `${accountId}|${category}|${week}`;
    let depth = rivals.get(at);
    if (depth === undefined) {
      depth = rivalDepth(book, accountId, category, week);
      rivals.set(at, depth);
    }
    return depth;
  };
}
