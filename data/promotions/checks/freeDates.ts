import { addDays, daysBetween, type Period } from "../../common/dates.ts";
import { periodInWords } from "../../common/format.ts";
import { blackoutsOf } from "../../contracts/contracts.repo.ts";
import { promotionsInWindow } from "./checks.repo.ts";
import type { CheckContext } from "./context.ts";

/** How far ahead of the wished start free dates are looked for. */
const AHEAD = 365;

/**
 * The first dates from the wished ones on, as long, on which none of some products is promoted at
 * the account (nor within some days before or after), that no blackout touches and that keep the contract's notice.
 */
async function freeDates(
  context: CheckContext,
  productIds: readonly number[],
  distance: number,
): Promise<Period | null> {
  const { account, draft, promotion_id, store, terms } = context;
  const length = daysBetween(draft.start, draft.end);
  const reach = { from: addDays(draft.start, -distance), to: addDays(draft.end, AHEAD + distance) };
  const ids = new Set(productIds);
  const taken = (await promotionsInWindow(store, account.id, reach, promotion_id))
    .filter((row) => ids.has(row.product_id))
    .map(({ start, end }) => ({ start: addDays(start, -distance), end: addDays(end, distance) }));
  const closed = [...taken, ...(await blackoutsOf(store, [account.id], reach))];
  const earliest = addDays(store.today, terms?.notice_days ?? 0);
  for (let from = draft.start; from <= addDays(draft.start, AHEAD); from = addDays(from, 1)) {
    const to = addDays(from, length);
    if (from >= earliest && !closed.some((c) => c.start <= to && c.end >= from)) return { from, to };
  }
  return null;
}

/** What to do about dates that are taken, in a sentence. */
export async function freeWords(
  context: CheckContext,
  productIds: readonly number[],
  distance: number,
): Promise<string> {
  const free = await freeDates(context, productIds, distance);
  if (!free) return "No dates as long are free within a year: take other products.";
  const kept = distance ? "The earliest dates with that distance are" : "The earliest free dates are";
  return `${kept} ${periodInWords(free)}.`;
}
