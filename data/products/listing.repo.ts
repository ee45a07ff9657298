import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Periods in which products are listed at some accounts, by start. */
export const listingRows = (store: Store, accountIds: readonly number[]) =>
  store.db
    .selectFrom("listing")
    .select(["account_id", "product_id", "start", "end"])
    .where("account_id", "in", idsOrNone(accountIds))
    .orderBy("start")
    .orderBy("product_id")
    .execute();
export type ListingRow = Awaited<ReturnType<typeof listingRows>>[number];

/** Weeks of products at some accounts as the shelf had them: units, distribution, price, and whether promoted. */
export const shelfWeekRows = (
  store: Store,
  accountIds: readonly number[],
  productIds: readonly number[] | undefined,
  period: Period,
) =>
  store.db
    .selectFrom("sales_week")
    .select([
      "account_id",
      "product_id",
      "week",
      "units",
      "promoted",
      "distribution",
      "out_of_stock",
      "base_price",
      "price",
    ])
    .where("account_id", "in", idsOrNone(accountIds))
    .$if(productIds !== undefined, (query) => query.where("product_id", "in", idsOrNone(productIds ?? [])))
    .where("week", ">=", period.from)
    .where("week", "<=", period.to)
    .orderBy("account_id")
    .orderBy("product_id")
    .orderBy("week")
    .execute();
export type ShelfWeek = Awaited<ReturnType<typeof shelfWeekRows>>[number];
