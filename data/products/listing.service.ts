import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import { type ListingRow, listingRows, type ShelfWeek, shelfWeekRows } from "./listing.repo.ts";

export type { ListingRow, ShelfWeek };

/** Listings of the actor's accounts, past, present and agreed. */
export const listingsOf = (actor: Actor, store: Store, accountIds: readonly number[]): Promise<ListingRow[]> =>
  listingRows(store, seenIds(actor, accountIds));

/** What stood on the shelves of the actor's accounts, week by week. */
export const shelfWeeks = (
  actor: Actor,
  store: Store,
  accountIds: readonly number[],
  productIds: readonly number[] | undefined,
  period: Period,
): Promise<ShelfWeek[]> => shelfWeekRows(store, seenIds(actor, accountIds), productIds, period);
