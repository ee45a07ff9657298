import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds, seesAccount } from "../users/actor.ts";
import {
  type CategoryTotal,
  categoryTotals,
  emptyShelves,
  type MonthSales,
  measuredSpan,
  measuresSupport,
  outOfStockWeeks,
  type SalesFilter,
  salesByMonth,
  salesWeeks,
} from "./sales.repo.ts";
import { shipmentsAt, unitsShipped } from "./shipments.repo.ts";

export type { CategoryTotal, MonthSales, SalesFilter };
export type SalesWeek = Awaited<ReturnType<typeof salesWeeks>>[number];

/** Sell-out by account, product and month of the week's Monday, of the actor's accounts. */
export const monthlySales = (actor: Actor, store: Store, filter: SalesFilter): Promise<MonthSales[]> =>
  salesByMonth(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });

/** Sell-out week by week, of the actor's accounts. */
export const weeklySales = (actor: Actor, store: Store, filter: SalesFilter): Promise<SalesWeek[]> =>
  salesWeeks(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });

/** Weeks out of stock by at least a fraction, of the actor's accounts, newest first. */
export const stockOuts = (actor: Actor, store: Store, filter: SalesFilter, least: number) =>
  outOfStockWeeks(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) }, least);

/** Category totals (own, competitors' and private label's part of the value) by account and category. */
export const categoryValue = (
  actor: Actor,
  store: Store,
  filter: Parameters<typeof categoryTotals>[1],
): Promise<CategoryTotal[]> => categoryTotals(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });

/** Orders and deliveries of some products at one account; null for an account that the actor does not see. */
export const deliveries = async (
  actor: Actor,
  store: Store,
  accountId: number,
  productIds: readonly number[],
  period: Period,
) => (seesAccount(actor, accountId) ? unitsShipped(store, accountId, productIds, period) : null);

/** Units shipped by product to one account, with list prices; none for an account that the actor does not see. */
export const shipped = async (actor: Actor, store: Store, accountId: number, period: Period) =>
  seesAccount(actor, accountId) ? shipmentsAt(store, accountId, period) : [];

/** `emptyShelves` feeds statistics pooled over all accounts, as the model is: no row of it may be shown. */
export { emptyShelves, measuredSpan, measuresSupport };
