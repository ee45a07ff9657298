import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Which supply: of these accounts, and of these products where some are named. */
export interface SupplyFilter {
  readonly accountIds: readonly number[];
  readonly productIds?: readonly number[] | undefined;
  /** Weeks whose Monday lies in it; all where it is left out. */
  readonly period?: Period | undefined;
}

const weeksIn = <T extends "sales_week" | "shipment_week">(store: Store, table: T, filter: SupplyFilter) => {
  const { accountIds, productIds, period } = filter;
  return store.db
    .selectFrom(table as "shipment_week")
    .where("account_id", "in", idsOrNone(accountIds))
    .$if(productIds !== undefined, (query) => query.where("product_id", "in", idsOrNone(productIds ?? [])))
    .$if(period !== undefined, (query) => query.where("week", ">=", period!.from).where("week", "<=", period!.to))
    .orderBy("account_id")
    .orderBy("product_id")
    .orderBy("week");
};

/** Units sold through by account, product and week. */
export const soldWeeks = (store: Store, filter: SupplyFilter) =>
  weeksIn(store, "sales_week", filter).select(["account_id", "product_id", "week", "units"]).execute();

/** Units shipped and ordered by account, product and week. */
export const shippedWeeks = (store: Store, filter: SupplyFilter) =>
  weeksIn(store, "shipment_week", filter).select(["account_id", "product_id", "week", "units", "ordered"]).execute();

/** The last week of shipments in the store, of all accounts; null where none is recorded. */
export const lastShippedWeek = async (store: Store): Promise<string | null> =>
  (
    await store.db
      .selectFrom("shipment_week")
      .select((eb) => eb.fn.max<string | null>("week").as("week"))
      .executeTakeFirst()
  )?.week ?? null;

/** Lines of open orders, the earliest first. */
export const openOrderLines = (store: Store, { accountIds, productIds }: SupplyFilter) =>
  store.db
    .selectFrom("v_open_order")
    .where("account_id", "in", idsOrNone(accountIds))
    .$if(productIds !== undefined, (query) => query.where("product_id", "in", idsOrNone(productIds ?? [])))
    .where("due", ">", 0)
    .selectAll()
    .orderBy("requested")
    .orderBy("account_id")
    .orderBy("order")
    .orderBy("line")
    .execute();
export type OpenOrderLine = Awaited<ReturnType<typeof openOrderLines>>[number];

/** Units that orders brought since a day, by the day for which they were wanted: what weekly shipments do not show yet. */
export const deliveredSince = (store: Store, { accountIds, productIds }: SupplyFilter, day: string) =>
  store.db
    .selectFrom("supply_order")
    .where("account_id", "in", idsOrNone(accountIds))
    .$if(productIds !== undefined, (query) => query.where("product_id", "in", idsOrNone(productIds ?? [])))
    .where("requested", ">=", day)
    .where("delivered", ">", 0)
    .select((eb) => ["account_id", "product_id", eb.fn.sum<number>("delivered").as("units")])
    .groupBy(["account_id", "product_id"])
    .execute();

/** Days from order to wanted delivery of an account's orders, a row an order. */
export const orderLeads = (store: Store, accountId: number) =>
  store.db
    .selectFrom("supply_order")
    .where("account_id", "=", accountId)
    .where("status", "<>", "cancelled")
    .select(["code", "ordered_on", "requested"])
    .distinct()
    .execute();

/** Packs a case by product, where they are known. */
export const packsOf = (store: Store, productIds: readonly number[]) =>
  store.db.selectFrom("product").where("id", "in", idsOrNone(productIds)).select(["id", "units_per_case"]).execute();

/** Agreed buy-in windows by promotion; null where none was agreed. */
export const buyInWindows = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion")
    .where("id", "in", idsOrNone(promotionIds))
    .select(["id", "buy_in_start", "buy_in_end"])
    .execute();
