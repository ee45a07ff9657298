import { addDays } from "../../data/common/dates.ts";
import { measuredSpan } from "../../data/sales/sales.service.ts";
import type { Store } from "../../data/store/open.ts";

/** Data older than this are a closed history: what comes "next" is then what comes after them. */
const STALE_WEEKS = 8;

export interface PlanningToday {
  /** ISO date from which "the next weeks" are counted. */
  readonly date: string;
  /** Why that is not today, for the reply; null where it is. */
  readonly why: string | null;
}

/** The day that relative future periods start after: today, or the last measured day (a Sunday) where the data end long before today. */
export async function planningToday(store: Store): Promise<PlanningToday> {
  const measured = await measuredSpan(store);
  if (!measured) return { date: store.today, why: null };
  const last = addDays(measured.last, 6);
  if (last >= addDays(store.today, -7 * STALE_WEEKS)) return { date: store.today, why: null };
  return { date: last, why: "the sales in this store end long before today, so the weeks right after them are taken" };
}
