import { addDays, daysBetween } from "../../../../data/common/dates.ts";
import type { PromotionRow } from "../promotions/types.ts";

/** A promotion's place in the row of its account: days from the beginning of what is shown, and the lane where it lies. */
export interface Bar {
  readonly row: PromotionRow;
  readonly from: number;
  readonly days: number;
  readonly lane: number;
}
export interface Lane {
  readonly account: string;
  readonly bars: readonly Bar[];
  readonly lanes: number;
}

/** Each account's promotions in lanes, so that none lies upon another. */
export function lanesOf(rows: readonly PromotionRow[], start: string, days: number): Lane[] {
  return [...Map.groupBy(rows, (row) => row.account)]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([account, own]) => {
      const ends: number[] = [];
      const bars = own
        .toSorted((a, b) => a.start.localeCompare(b.start))
        .flatMap((row): Bar[] => {
          const first = Math.max(0, daysBetween(start, row.start));
          const last = Math.min(days - 1, daysBetween(start, row.end));
          if (last < 0 || first >= days || last < first) return [];
          const free = ends.findIndex((end) => end < first);
          const lane = free < 0 ? ends.length : free;
          ends[lane] = last;
          return [{ row, from: first, days: last - first + 1, lane }];
        });
      return { account, bars, lanes: Math.max(1, ends.length) };
    })
    .filter(({ bars }) => bars.length > 0);
}

/** A promotion as long as it is, some days later. */
export const movedBy = ({ start, end }: PromotionRow, days: number): { start: string; end: string } => ({
  start: addDays(start, days),
  end: addDays(end, days),
});
