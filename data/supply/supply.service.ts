import { addDays, daysBetween, type Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds, seesAccount } from "../users/actor.ts";
import type { SupplyWeek } from "./stock.ts";
import {
  buyInWindows,
  deliveredSince,
  lastShippedWeek,
  type OpenOrderLine,
  openOrderLines,
  orderLeads,
  packsOf,
  type SupplyFilter,
  shippedWeeks,
  soldWeeks,
} from "./supply.repo.ts";

export { estimateStock, type StockEstimate, type SupplyWeek } from "./stock.ts";
export type { OpenOrderLine, SupplyFilter };

const within = (actor: Actor, filter: SupplyFilter): SupplyFilter => ({
  ...filter,
  accountIds: seenIds(actor, filter.accountIds),
});

type Row = { -readonly [K in keyof SupplyWeek]: SupplyWeek[K] };

/** Shipments beside sell-out week by week, of the actor's accounts; by account, product and week. */
export async function supplyWeeks(actor: Actor, store: Store, asked: SupplyFilter): Promise<SupplyWeek[]> {
  const filter = within(actor, asked);
  const rows = new Map<string, Row>();
  const rowOf = (at: Pick<SupplyWeek, "account_id" | "product_id" | "week">): Row => {
    const key = `${at.account_id}|${at.product_id}|${at.week}`;
    const known = rows.get(key);
    if (known) return known;
    const { account_id, product_id, week } = at;
    const made: Row = { account_id, product_id, week, sold: null, shipped: null, ordered: null };
    rows.set(key, made);
    return made;
  };
  for (const row of await soldWeeks(store, filter)) rowOf(row).sold = row.units;
  for (const row of await shippedWeeks(store, filter)) {
    const at = rowOf(row);
    at.shipped = row.units;
    at.ordered = row.ordered;
  }
  return [...rows.values()].sort(
    (a, b) => a.account_id - b.account_id || a.product_id - b.product_id || (a.week < b.week ? -1 : 1),
  );
}

/** What is still to come of open orders, of the actor's accounts, the earliest first. */
export const openOrders = (actor: Actor, store: Store, filter: SupplyFilter): Promise<OpenOrderLine[]> =>
  openOrderLines(store, within(actor, filter));

/** Units that orders wanted since a day have brought, by account and product: newer than the weekly shipments. */
export const arrivedSince = (actor: Actor, store: Store, filter: SupplyFilter, day: string) =>
  deliveredSince(store, within(actor, filter), day);

/** Days from an order to its delivery at one account: the middle one of its orders; null where no orders are recorded. */
export async function leadDays(actor: Actor, store: Store, accountId: number): Promise<number | null> {
  if (!seesAccount(actor, accountId)) return null;
  const leads = (await orderLeads(store, accountId)).map((row) => daysBetween(row.ordered_on, row.requested));
  return leads.toSorted((a, b) => a - b)[(leads.length - 1) >> 1] ?? null;
}

/** Units ordered and delivered in the weeks of a period, and the share delivered; null where no orders are recorded. */
export function fillOf(weeks: readonly SupplyWeek[]) {
  const told = weeks.filter((w) => w.ordered !== null && w.shipped !== null);
  const ordered = told.reduce((sum, w) => sum + w.ordered!, 0);
  const delivered = told.reduce((sum, w) => sum + w.shipped!, 0);
  return told.length && ordered > 0
    ? { ordered, delivered, missed: Math.max(0, ordered - delivered), fill_rate: delivered / ordered }
    : null;
}

/** The weeks, by Monday, that lie whole in a period. */
export const wholeWeeks = (period: Period): Period => ({ from: period.from, to: addDays(period.to, -6) });

/** `buyInWindows` is asked for promotions that the caller got from their service. */
export { buyInWindows, lastShippedWeek, packsOf };
