import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Which weeks of which categories: their Mondays lie in the period, both ends included. */
export interface CategoryFilter {
  readonly accountIds: readonly number[];
  readonly categoryIds?: readonly number[] | undefined;
  readonly period?: Period | undefined;
}

/** The whole category at an account, week by week: volume, value (major units), whose it was, and the price index. */
export const categoryWeekRows = (store: Store, { accountIds, categoryIds, period }: CategoryFilter) =>
  store.db
    .selectFrom("category_week as w")
    .innerJoin("account as a", "a.id", "w.account_id")
    .innerJoin("category as c", "c.id", "w.category_id")
    .where("w.account_id", "in", idsOrNone(accountIds))
    .$if(categoryIds !== undefined, (query) => query.where("w.category_id", "in", idsOrNone(categoryIds ?? [])))
    .$if(period !== undefined, (query) => query.where("w.week", ">=", period!.from).where("w.week", "<=", period!.to))
    .select((eb) => [
      "w.account_id",
      "w.category_id",
      "a.name as account",
      "c.name as category",
      "w.week",
      "w.volume",
      eb("w.value_minor", "/", eb.val(100.0)).as("value"),
      "w.own_share",
      "w.competitor_share",
      "w.private_label_share",
      "w.price_index",
    ])
    .orderBy("w.account_id")
    .orderBy("w.category_id")
    .orderBy("w.week")
    .execute();
export type CategoryWeek = Awaited<ReturnType<typeof categoryWeekRows>>[number];

/** Shelf value (major units) of products by account, product and week; null where neither value nor price is known. */
export const shelfValueRows = (
  store: Store,
  accountIds: readonly number[],
  productIds: readonly number[],
  period: Period,
) =>
  store.db
    .selectFrom("sales_week as s")
    .innerJoin("product as p", "p.id", "s.product_id")
    .innerJoin("brand as b", "b.id", "p.brand_id")
    .innerJoin("category as c", "c.id", "b.category_id")
    .where("s.account_id", "in", idsOrNone(accountIds))
    .where("s.product_id", "in", idsOrNone(productIds))
    .where("s.week", ">=", period.from)
    .where("s.week", "<=", period.to)
    .select((eb) => [
      "p.name as product",
      "b.name as brand",
      "c.name as category",
      eb.fn.sum<number>("s.units").as("units"),
      eb(
        eb.fn.sum<number | null>(
          eb.fn.coalesce("s.retail_value_minor", eb("s.units", "*", eb("s.price", "*", eb.val(100)))),
        ),
        "/",
        eb.val(100.0),
      ).as("value"),
    ])
    .groupBy(["p.id", "p.name", "b.name", "c.name"])
    .orderBy("p.id")
    .execute();
export type ShelfValue = Awaited<ReturnType<typeof shelfValueRows>>[number];
