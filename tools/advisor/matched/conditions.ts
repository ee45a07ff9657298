import { addDays, daysBetween, mondayOf, overlaps, weekIndex } from "../../../data/common/dates.ts";
import { holidays } from "../../../data/holidays/holidays.repo.ts";
import type { EventLine, EventResult } from "../../../data/results/results.service.ts";
import { promotionsOf } from "../../../data/results/results.service.ts";
import { emptyShelves } from "../../../data/sales/sales.service.ts";
import { signalsFor } from "../../../data/signals/signals.service.ts";
import type { ToolContext } from "../../define.ts";
import { HOLIDAY_DAYS } from "../depth/raw.ts";
import { supportOf } from "../groups.ts";

/** Days after a promotion in which another of the same products runs into its dip. */
const DIP_DAYS = 28;
const YEAR_DAYS = 365.25;

/** Under what a promotion ran: what may differ between two groups of promotions beside what is compared. */
export interface Conditions {
  /** Time of the year as a point on a circle, −1 … 1 each. */
  readonly season_cos: number;
  readonly season_sin: number;
  /** 1 where a holiday of the account's country lies in it or within the days of shopping for it. */
  readonly holiday: number;
  /** 1 where a competitor's promotion is reported beside it. */
  readonly competitor: number;
  /** Mean share of the weeks out of stock, over its products. */
  readonly out_of_stock: number;
  /** 1 where another promotion of its products ended in the four weeks before. */
  readonly after_own: number;
  /** ln of the baseline a week. */
  readonly size: number;
  readonly weeks: number;
  /** Fraction off; NaN where none is stated. */
  readonly depth: number;
  readonly support: string;
}

/** The conditions of events by promotion id: one reading each of holidays, signals, shelves and promotions. */
export async function readConditions(
  context: ToolContext,
  events: readonly EventResult[],
  lines: ReadonlyMap<number, readonly EventLine[]>,
  countryOf: ReadonlyMap<number, string | null>,
): Promise<ReadonlyMap<number, Conditions>> {
  if (!events.length) return new Map();
  const { actor, store } = context;
  const period = {
    from: events.map((event) => event.start).sort()[0]!,
    to: addDays(
      events
        .map((event) => event.end)
        .sort()
        .at(-1)!,
      HOLIDAY_DAYS,
    ),
  };
  const accountIds = [...new Set(events.map((event) => event.account_id))];
  const linesOf = (event: { readonly promotion_id: number }) => lines.get(event.promotion_id) ?? [];
  const categoryIds = [...new Set(events.flatMap((event) => linesOf(event).map((line) => line.category_id)))];
  const days = await holidays(store, period);
  const rivals = (await signalsFor(actor, store, { accountIds, categoryIds, period })).filter(
    (signal) => signal.kind === "competitor_promotion",
  );
  const empty = new Map(
    (await emptyShelves(store, categoryIds)).map((row) => [
      `${row.account_id}|${row.product_id}|${weekIndex(row.week)}`,
      row.out_of_stock,
    ]),
  );
  const own = (await promotionsOf(actor, store, { accountIds })).filter((row) => row.end < store.today);
  const conditionsOf = (event: EventResult): Conditions => {
    const window = { from: event.start, to: event.end };
    const country = countryOf.get(event.account_id) ?? null;
    const middle = (2 * Math.PI * daysBetween("2000-01-01", event.start)) / YEAR_DAYS;
    const length = (daysBetween(event.start, event.end) + 1) / 7;
    const categories = new Set(linesOf(event).map((line) => line.category_id));
    const truly = (found: boolean): number => (found ? 1 : 0);
    return {
      season_cos: Math.cos(middle),
      season_sin: Math.sin(middle),
      holiday: truly(
        days.some(
          (day) =>
            (country === null || day.country === country) &&
            day.date >= event.start &&
            day.date <= addDays(event.end, HOLIDAY_DAYS),
        ),
      ),
      competitor: truly(
        rivals.some(
          (signal) =>
            (signal.account_id === null || signal.account_id === event.account_id) &&
            (signal.category_id === null || categories.has(signal.category_id)) &&
            overlaps({ from: signal.start, to: signal.end }, window),
        ),
      ),
      out_of_stock: shareEmpty(event, linesOf(event), empty),
      after_own: truly(
        own.some(
          (row) =>
            row.promotion_id !== event.promotion_id &&
            row.account_id === event.account_id &&
            row.brand === event.brand &&
            row.end < event.start &&
            row.end >= addDays(event.start, -DIP_DAYS),
        ),
      ),
      size: Math.log(Math.max(1, event.baseline) / length),
      weeks: length,
      depth: event.discount ?? Number.NaN,
      support: supportOf(event),
    };
  };
  return new Map(events.map((event) => [event.promotion_id, conditionsOf(event)]));
}

/** Mean share of the weeks of an event in which its products were out of stock. */
function shareEmpty(event: EventResult, lines: readonly EventLine[], empty: ReadonlyMap<string, number>): number {
  let sum = 0;
  let cells = 0;
  const last = weekIndex(mondayOf(event.end));
  for (const line of lines)
    for (let week = weekIndex(mondayOf(event.start)); week <= last; week++) {
      sum += empty.get(`${event.account_id}|${line.product_id}|${week}`) ?? 0;
      cells++;
    }
  return cells ? sum / cells : 0;
}
