import { addDays, weekIndex } from "../../../data/common/dates.ts";
import type { ShelfWeek } from "../../../data/products/listing.service.ts";
import type { Product } from "../../../data/products/products.service.ts";

/** A product that came to an account while sales were measured, with its weeks there from the first sale on. */
export interface Arrival {
  readonly account_id: number;
  readonly product: Product;
  /** Whether the product was new everywhere, or only to this account. */
  readonly kind: "launch" | "listing";
  readonly weeks: readonly ShelfWeek[];
  /** Monday of the first week with sales. */
  readonly first: string;
}

/** Sales that begin this long after the data do were not there before. */
const BEGINS_AFTER_DAYS = 56;
/** A product is new for this long. */
export const NEW_DAYS = 548;

export const seriesKey = (accountId: number, productId: number): string => `${accountId}|${productId}`;

/**
 * Everything that came during the data, at any time; `isNew` tells what is tracked and what an earlier launch is.
 * @param weeks of all products, by account, product and week
 */
export function arrivalsIn(
  weeks: ReadonlyMap<string, readonly ShelfWeek[]>,
  products: readonly Product[],
  firstMeasured: string,
): Arrival[] {
  const byId = new Map(products.map((p) => [p.id, p]));
  const firstAnywhere = new Map<number, string>();
  for (const rows of weeks.values()) {
    const { product_id, week } = rows[0]!;
    const known = firstAnywhere.get(product_id);
    if (!known || week < known) firstAnywhere.set(product_id, week);
  }
  const starts = addDays(firstMeasured, BEGINS_AFTER_DAYS);
  return [...weeks.values()].flatMap((rows): Arrival[] => {
    const { account_id, product_id, week: first } = rows[0]!;
    const product = byId.get(product_id);
    if (!product || first < starts) return [];
    const launched = product.launched ?? firstAnywhere.get(product_id)!;
    const atLaunch = first <= addDays(launched, BEGINS_AFTER_DAYS * 2) && launched >= firstMeasured;
    return [{ account_id, product, kind: atLaunch ? "launch" : "listing", weeks: rows, first }];
  });
}

/** Whole weeks on the shelf up to a Monday. */
export const ageOf = (arrival: Arrival, lastWeek: string): number => weekIndex(lastWeek) - weekIndex(arrival.first) + 1;
