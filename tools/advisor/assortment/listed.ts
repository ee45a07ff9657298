import { addDays } from "../../../data/common/dates.ts";
import type { ListingRow } from "../../../data/products/listing.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import type { RateCell } from "./rates.ts";

/** How a product stands at an account today. */
export type Standing =
  | { readonly kind: "listed"; readonly until: string | null }
  | { readonly kind: "agreed"; readonly from: string }
  | { readonly kind: "was_listed"; readonly until: string }
  | { readonly kind: "never" };

/** Weeks without sales after which a product counts as gone where no listing says so. */
const GONE_DAYS = 56;

/** @param listings of one account; where it has none, what it still sells tells */
export function standingOf(
  product: Product,
  listings: readonly ListingRow[],
  lastSold: string | null,
  today: string,
): Standing {
  if (!listings.length) {
    if (lastSold === null) return { kind: "never" };
    return lastSold >= addDays(today, -GONE_DAYS)
      ? { kind: "listed", until: null }
      : { kind: "was_listed", until: lastSold };
  }
  const own = listings.filter((l) => l.product_id === product.id);
  const now = own.find((l) => l.start <= today && (l.end === null || l.end >= today));
  if (now) return { kind: "listed", until: now.end };
  const ahead = own.find((l) => l.start > today);
  if (ahead) return { kind: "agreed", from: ahead.start };
  const last = own.flatMap((l) => (l.end ? [l.end] : [])).sort();
  return last.length ? { kind: "was_listed", until: last.at(-1)! } : { kind: "never" };
}

/** Our product that earns least of what an account lists: what a new one could take the place of. */
export function weakest(
  cells: readonly RateCell[],
  profitOf: (cell: RateCell) => number | null,
): { readonly cell: RateCell; readonly profit: number } | null {
  const earning = cells.flatMap((cell) => {
    const profit = profitOf(cell);
    return profit === null ? [] : [{ cell, profit }];
  });
  return earning.sort((a, b) => a.profit - b.profit)[0] ?? null;
}
