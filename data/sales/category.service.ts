import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import {
  type CategoryFilter,
  type CategoryWeek,
  categoryWeekRows,
  type ShelfValue,
  shelfValueRows,
} from "./category.repo.ts";

export type { CategoryWeek, ShelfValue };

/** Category totals week by week, of the actor's accounts. */
export const categoryWeeks = (actor: Actor, store: Store, filter: CategoryFilter): Promise<CategoryWeek[]> =>
  categoryWeekRows(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });

/** What shoppers paid for products over a period, by product, at the actor's accounts. */
export const shelfValues = (
  actor: Actor,
  store: Store,
  accountIds: readonly number[],
  productIds: readonly number[],
  period: Period,
): Promise<ShelfValue[]> => shelfValueRows(store, seenIds(actor, accountIds), productIds, period);
