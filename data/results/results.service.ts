import { listAccounts } from "../accounts/accounts.repo.ts";
import { dataVersion } from "../meta/dataVersion.repo.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import {
  type EventFilter,
  type EventResult,
  type EventRow,
  eventResults,
  eventsWithoutResult,
  linesOf,
  netSalesOfEvents,
  plannedOrPast,
  resultsVersion,
} from "./results.repo.ts";
import { type ShelfOfPromotion, shelfOf } from "./shelf.repo.ts";

export type { EventFilter, EventResult, EventRow };
export type EventLine = Awaited<ReturnType<typeof linesOf>>[number];

/** Keeps of a filter the accounts that the actor sees, whatever was asked. */
const within = (actor: Actor, filter: EventFilter): EventFilter => ({
  ...filter,
  accountIds: seenIds(actor, filter.accountIds),
});

/** Results of the events of the actor's accounts that a filter names, in the order in which they ended. */
export const promotionResults = (actor: Actor, store: Store, filter: EventFilter): Promise<EventResult[]> =>
  eventResults(store, within(actor, filter));

/** Events in any state but cancelled, of the actor's accounts. */
export const promotionsOf = (actor: Actor, store: Store, filter: EventFilter): Promise<EventRow[]> =>
  plannedOrPast(store, within(actor, filter));

/** Events that ended and could not be judged: their products have no sales in those weeks, or no fit since. */
export const unjudgedPromotions = (actor: Actor, store: Store, filter: EventFilter) =>
  eventsWithoutResult(store, within(actor, filter));

/** Results of all accounts with these products, for statistics pooled over them, as the model is: no row of it may be shown. */
export async function pooledResults(store: Store, productIds: readonly number[]): Promise<EventResult[]> {
  const accountIds = (await listAccounts(store)).map((account) => account.id);
  return eventResults(store, { accountIds, productIds });
}

/** Lines of events that the caller got from this service. */
export const promotionLines = (store: Store, events: readonly { promotion_id: number }[]): Promise<EventLine[]> =>
  linesOf(
    store,
    events.map((event) => event.promotion_id),
  );

/** What events sold at the shelf, by promotion id; the caller got the events from this service. */
export async function eventShelves(
  store: Store,
  events: readonly { promotion_id: number }[],
): Promise<Map<number, ShelfOfPromotion>> {
  const rows = await shelfOf(
    store,
    events.map((event) => event.promotion_id),
  );
  return new Map(rows.map((row) => [row.promotion_id, row]));
}

/** Net sales in an event's weeks by promotion id, major units; null where no net sales are known. */
export async function eventNetSales(
  store: Store,
  events: readonly { promotion_id: number }[],
): Promise<Map<number, number | null>> {
  const rows = await netSalesOfEvents(
    store,
    events.map((event) => event.promotion_id),
  );
  return new Map(rows.map((row) => [row.promotion_id, row.net_sales]));
}

/** Whether the results stand on the data as they are now. */
export const resultsAreCurrent = async (store: Store): Promise<boolean> =>
  (await resultsVersion(store)) === (await dataVersion(store));
