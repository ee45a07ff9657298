import type { ShelfCheck } from "./execution.repo.ts";
import { wilson } from "./wilson.ts";

/** What image recognition is less sure of than this is counted apart and proves nothing. */
export const CONFIDENCE_THRESHOLD = 0.7;
/** A shelf price is right where it is at most this much above the agreed one. */
export const PRICE_TOLERANCE = 0.01;
/** Fewer stores than this are said to be few. */
export const FEW_STORES = 10;

/** Stores in which something was found, of those in which it was looked for; the interval is Wilson's, 95 %. */
export interface Share {
  readonly seen: number;
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface Shares {
  readonly display: Share | null;
  readonly feature: Share | null;
  readonly on_shelf: Share | null;
  readonly price_right: Share | null;
}

/** What was seen of one promotion; shares are of the stores checked, null where nobody looked for it. */
export interface Proof extends Shares {
  readonly stores: number;
  readonly visits: number;
  readonly first: string;
  readonly last: string;
  readonly sources: readonly string[];
  readonly products: readonly (Shares & { readonly product: string; readonly stores: number })[];
  readonly days: readonly (Shares & { readonly date: string; readonly stores: number })[];
  /** What image recognition was not sure of: counted nowhere else. */
  readonly unsure: { readonly visits: number; readonly stores: number } & Shares;
  readonly evidence: readonly Evidence[];
}

/** The shares alone, and of how many stores. */
export interface Seen extends Shares {
  readonly stores: number;
  readonly first: string;
  readonly last: string;
}

/** One visit, as proof of what stood there. */
export interface Evidence {
  readonly date: string;
  readonly store: string;
  readonly source: string;
  readonly display: boolean;
  readonly feature: boolean | null;
  readonly on_shelf: boolean;
  readonly display_type: string | null;
  readonly price_seen: number | null;
  readonly price_right: boolean | null;
  readonly confidence: number | null;
  readonly photos: readonly string[];
}

/** The price agreed for a product on a day, major units; null where the offer sets none or it is not known. */
export type AgreedPrice = (productId: number, date: string) => number | null;

export const isSure = (check: { readonly confidence: number | null }): boolean =>
  check.confidence === null || check.confidence >= CONFIDENCE_THRESHOLD;

/** @returns null where nobody looked, or nobody surely */
export function proofOf(checks: readonly ShelfCheck[], agreed: AgreedPrice = () => null): Proof | null {
  const sure = checks.filter(isSure);
  const unsure = checks.filter((check) => !isSure(check));
  if (!sure.length) return null;
  const dates = sure.map((check) => check.date).sort();
  const by = (key: (check: ShelfCheck) => string) => [...Map.groupBy(sure, key)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...sharesOf(sure, agreed),
    stores: storesIn(sure).length,
    visits: visitsIn(sure).length,
    first: dates[0]!,
    last: dates.at(-1)!,
    sources: [...new Set(sure.map((check) => check.source))].sort(),
    products: by((check) => check.product).map(([product, some]) => ({
      product,
      stores: storesIn(some).length,
      ...sharesOf(some, agreed),
    })),
    days: by((check) => check.date).map(([date, some]) => ({
      date,
      stores: storesIn(some).length,
      ...sharesOf(some, agreed),
    })),
    unsure: { visits: visitsIn(unsure).length, stores: storesIn(unsure).length, ...sharesOf(unsure, agreed) },
    evidence: visitsIn(sure).map((visit) => evidenceOf(visit, agreed)),
  };
}

/** The shares of checks alone. @returns null where nobody looked surely */
export function seenIn(checks: readonly ShelfCheck[]): Seen | null {
  const sure = checks.filter(isSure);
  if (!sure.length) return null;
  const dates = sure.map((check) => check.date).sort();
  return { ...sharesOf(sure, () => null), stores: storesIn(sure).length, first: dates[0]!, last: dates.at(-1)! };
}

const storesIn = (checks: readonly ShelfCheck[]): ShelfCheck[][] => [...Map.groupBy(checks, (c) => c.store).values()];
const visitsIn = (checks: readonly ShelfCheck[]): ShelfCheck[][] => [
  ...Map.groupBy(checks, (c) => c.visit_id).values(),
];

function sharesOf(checks: readonly ShelfCheck[], agreed: AgreedPrice): Shares {
  return {
    display: share(checks, (visit) => any(visit.map((c) => c.display))),
    feature: share(checks, (visit) => any(visit.map((c) => c.feature))),
    on_shelf: share(checks, (visit) => all(visit.map((c) => c.on_shelf))),
    price_right: share(checks, (visit) => all(visit.map((c) => priceRight(c, agreed)))),
  };
}

type Found = 0 | 1 | null;
const known = (values: readonly (number | null)[]): number[] => values.filter((v) => v !== null);
/** A display of the promotion stands where any of its products was seen on one. */
const any = (values: readonly (number | null)[]): Found =>
  known(values).length ? (known(values).includes(1) ? 1 : 0) : null;
/** Products are on the shelf, and priced right, where all that were looked at are. */
const all = (values: readonly (number | null)[]): Found =>
  known(values).length ? (known(values).every((v) => v === 1) ? 1 : 0) : null;

function priceRight(check: ShelfCheck, agreed: AgreedPrice): Found {
  const price = check.price_seen === null ? null : agreed(check.product_id, check.date);
  if (price === null) return null;
  return check.price_seen! <= price * (1 + PRICE_TOLERANCE) ? 1 : 0;
}

/** A store counts where any of its visits found it so. */
function share(checks: readonly ShelfCheck[], seen: (visit: readonly ShelfCheck[]) => Found): Share | null {
  const stores = storesIn(checks)
    .map((store) => known(visitsIn(store).map(seen)))
    .filter((found) => found.length > 0);
  if (!stores.length) return null;
  const n = stores.filter((found) => found.includes(1)).length;
  return { seen: n, of: stores.length, share: n / stores.length, ...wilson(n, stores.length) };
}

function evidenceOf(visit: readonly ShelfCheck[], agreed: AgreedPrice): Evidence {
  const [first] = visit;
  const flag = (value: Found): boolean | null => (value === null ? null : value === 1);
  const prices = known(visit.map((c) => c.price_seen));
  const sureness = known(visit.map((c) => c.confidence));
  return {
    ...{ date: first!.date, store: first!.store, source: first!.source },
    display: any(visit.map((c) => c.display)) === 1,
    feature: flag(any(visit.map((c) => c.feature))),
    on_shelf: all(visit.map((c) => c.on_shelf)) === 1,
    display_type: visit.find((c) => c.display_type !== null)?.display_type ?? null,
    // One product's price says something by itself; of several the mean would be of nothing.
    price_seen: prices.length === 1 ? prices[0]! : null,
    price_right: flag(all(visit.map((c) => priceRight(c, agreed)))),
    confidence: sureness.length ? Math.min(...sureness) : null,
    photos: visit.flatMap((c) => c.photo ?? []),
  };
}
