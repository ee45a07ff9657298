import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Every measured week, by account, product and week: what a model is fitted on. `before` leaves out that week and later ones. */
export const panelRows = (store: Store, before?: string) =>
  store.db
    .selectFrom("sales_week")
    .select([
      "account_id",
      "product_id",
      "week",
      "units",
      "price",
      "base_price",
      "retail_value_minor",
      "feature",
      "display",
      "distribution",
      "out_of_stock",
    ])
    .$if(before !== undefined, (query) => query.where("week", "<", before as string))
    .orderBy("account_id")
    .orderBy("product_id")
    .orderBy("week")
    .execute();

export type PanelRow = Awaited<ReturnType<typeof panelRows>>[number];

/** Which measured weeks: their Mondays lie in the period, both ends included. */
export interface SalesFilter {
  readonly accountIds: readonly number[];
  readonly productIds?: readonly number[] | undefined;
  readonly period: Period;
}

const weeksOf = (store: Store, { accountIds, productIds, period }: SalesFilter) =>
  store.db
    .selectFrom("v_sales_week as s")
    .where("s.account_id", "in", idsOrNone(accountIds))
    .$if(productIds !== undefined, (query) => query.where("s.product_id", "in", idsOrNone(productIds ?? [])))
    .where("s.week", ">=", period.from)
    .where("s.week", "<=", period.to);

/** Units and net sales (major units) by account, product and month of the week's Monday; one row each. */
export const salesByMonth = (store: Store, filter: SalesFilter) =>
  weeksOf(store, filter)
    .select((eb) => [
      "s.account",
      "s.account_id",
      "s.product",
      "s.product_id",
      "s.brand",
      "s.category",
      "s.currency",
      eb.fn<string>("substr", ["s.week", eb.val(1), eb.val(7)]).as("month"),
      eb.fn.sum<number>("s.units").as("units"),
      eb.fn.sum<number | null>("s.net_sales").as("net_sales"),
      eb.fn.sum<number>(eb("s.units", "*", eb.ref("s.promoted"))).as("promoted_units"),
      eb.fn.count<number>("s.week").as("weeks"),
      eb.fn.sum<number>("s.promoted").as("promoted_weeks"),
    ])
    .groupBy(["s.account_id", "s.product_id", "month"])
    .orderBy("s.account_id")
    .orderBy("s.product_id")
    .orderBy("month")
    .execute();
export type MonthSales = Awaited<ReturnType<typeof salesByMonth>>[number];

/** Every measured week of some products at one account. */
export const salesWeeks = (store: Store, filter: SalesFilter) =>
  weeksOf(store, filter).selectAll("s").orderBy("s.week").orderBy("s.product_id").execute();

/** Weeks with a mean out-of-stock share of at least `least` (a fraction), newest first. */
export const outOfStockWeeks = (store: Store, filter: SalesFilter, least: number) =>
  weeksOf(store, filter)
    .where("s.out_of_stock", ">=", least)
    .select(["s.account", "s.product", "s.week", "s.out_of_stock", "s.units"])
    .orderBy("s.week", "desc")
    .orderBy("s.out_of_stock", "desc")
    .execute();

/** The first and the last measured week's Monday, null where nothing is measured. */
export async function measuredSpan(store: Store): Promise<{ first: string; last: string } | null> {
  const row = await store.db
    .selectFrom("sales_week")
    .select((eb) => [eb.fn.min("week").as("first"), eb.fn.max("week").as("last")])
    .executeTakeFirst();
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

/** Category totals by account and category over a period: value in major units; shares and the price index weighted by value. */
export const categoryTotals = (
  store: Store,
  filter: {
    readonly accountIds: readonly number[];
    readonly categoryIds?: readonly number[] | undefined;
    readonly period: SalesFilter["period"];
  },
) =>
  store.db
    .selectFrom("category_week as w")
    .innerJoin("account as a", "a.id", "w.account_id")
    .innerJoin("category as c", "c.id", "w.category_id")
    .where("w.account_id", "in", idsOrNone(filter.accountIds))
    .$if(filter.categoryIds !== undefined, (query) =>
      query.where("w.category_id", "in", idsOrNone(filter.categoryIds ?? [])),
    )
    .where("w.week", ">=", filter.period.from)
    .where("w.week", "<=", filter.period.to)
    .select((eb) => [
      "a.name as account",
      "c.name as category",
      "a.currency",
      eb.fn.count<number>("w.week").as("weeks"),
      eb.fn.sum<number>("w.volume").as("volume"),
      eb(eb.fn.sum<number>("w.value_minor"), "/", eb.val(100.0)).as("value"),
      eb(eb.fn.sum<number>(eb("w.value_minor", "*", eb.ref("w.own_share"))), "/", eb.val(100.0)).as("own_value"),
      eb(eb.fn.sum<number>(eb("w.value_minor", "*", eb.ref("w.competitor_share"))), "/", eb.val(100.0)).as(
        "competitor_value",
      ),
      eb(eb.fn.sum<number>(eb("w.value_minor", "*", eb.ref("w.private_label_share"))), "/", eb.val(100.0)).as(
        "private_label_value",
      ),
      eb(eb.fn.sum<number>(eb("w.value_minor", "*", eb.ref("w.price_index"))), "/", eb.val(100.0)).as("indexed_value"),
    ])
    .groupBy(["w.account_id", "w.category_id"])
    .orderBy("a.id")
    .orderBy("c.id")
    .execute();
export type CategoryTotal = Awaited<ReturnType<typeof categoryTotals>>[number];

/** Shares out of stock of the products of some categories at all accounts, where any: what pooled statistics set apart. */
export const emptyShelves = (store: Store, categoryIds: readonly number[]) =>
  store.db
    .selectFrom("sales_week as s")
    .innerJoin("product as p", "p.id", "s.product_id")
    .innerJoin("brand as b", "b.id", "p.brand_id")
    .where("b.category_id", "in", idsOrNone(categoryIds))
    .where("s.out_of_stock", ">", 0)
    .select(["s.account_id", "s.product_id", "s.week", "s.out_of_stock"])
    .execute();

/** Whether anybody measured support in the stores of an account: some week has a share of it. */
export async function measuresSupport(
  store: Store,
  accountId: number,
): Promise<{ display: boolean; feature: boolean }> {
  const row = await store.db
    .selectFrom("sales_week")
    .where("account_id", "=", accountId)
    .select((eb) => [eb.fn.max("display").as("display"), eb.fn.max("feature").as("feature")])
    .executeTakeFirst();
  return { display: (row?.display ?? 0) > 0, feature: (row?.feature ?? 0) > 0 };
}
