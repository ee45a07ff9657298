import { weekIndex } from "../../../data/common/dates.ts";
import type { ShelfWeek } from "../../../data/products/listing.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { partsBaseline } from "../../../forecasting/index.ts";
import { runUpKey } from "../../fitting/calendarDrivers.ts";
import { DIP_WEEKS } from "../../fitting/events.ts";
import { type MarketBook, rivalDepth } from "../../fitting/marketBook.ts";
import { SEASON } from "../../fitting/storePanel.ts";
import { type Range, Z80 } from "../../statistics.ts";
import { type Arrival, seriesKey } from "./arrivals.ts";

/** What the brand's other products lost since something new stands beside them. */
export interface Cannibalised {
  /** Units lost in all the weeks judged; below zero where they gained. */
  readonly units: Range;
  /** Over what the new one sold in the same weeks. */
  readonly share: Range | null;
  readonly products: number;
  readonly weeks: number;
}

const EMPTY = 0.1;

/**
 * The brand's others held against their own weeks before the arrival, in weeks in which none of them was promoted; null where
 * those are too few.
 */
export function cannibalisedBy(
  arrival: Arrival,
  all: ReadonlyMap<string, readonly ShelfWeek[]>,
  products: readonly Product[],
  book: MarketBook,
): Cannibalised | null {
  const from = weekIndex(arrival.first);
  const others = products.flatMap((p) => {
    const rows = all.get(seriesKey(arrival.account_id, p.id));
    const beside = p.brand_id === arrival.product.brand_id && p.id !== arrival.product.id && !p.delisted;
    return beside && rows ? [rows] : [];
  });
  const longest = Math.max(0, ...others.map((rows) => rows.length));
  const whole = others.filter((rows) => rows.length === longest);
  const [first] = whole;
  if (!first || whole.some((rows) => rows[0]!.week !== first[0]!.week)) return null;
  const week = Int32Array.from(first, (row) => weekIndex(row.week));
  const touched = whole.map(touchedBy);
  const free = (i: number): boolean =>
    !touched.some((t) => t[i]) && whole.every((rows) => rows[i]!.out_of_stock < EMPTY);
  const country = book.accountById.get(arrival.account_id)?.country ?? null;
  const baseline = partsBaseline(
    {
      week,
      parts: whole.map((rows) => Float64Array.from(rows, (row) => row.units)),
      context: [
        Float64Array.from(week, (w) => rivalDepth(book, arrival.account_id, arrival.product.category_id, w)),
        ...[...book.runUps.values()].map((byWeek) =>
          Float64Array.from(week, (w) => byWeek.get(runUpKey(country, w)) ?? 0),
        ),
      ],
      quiet: Uint8Array.from(week, (w, i) => (w < from && free(i) ? 1 : 0)),
    },
    SEASON,
  );
  const after = [...week.keys()].filter((i) => week[i]! >= from && free(i));
  if (!baseline || !after.length) return null;
  const { actual, expected, covariance } = baseline.over(after);
  const lost = expected.reduce((sum, v, i) => sum + v - actual[i]!, 0);
  const half = Z80 * Math.sqrt(covariance.reduce((sum, v) => sum + v, 0));
  const judged = new Set(after.map((i) => week[i]!));
  const sold = arrival.weeks.reduce((sum, row) => sum + (judged.has(weekIndex(row.week)) ? row.units : 0), 0);
  const units = { mean: lost, low: lost - half, high: lost + half };
  return {
    units,
    share: sold > 0 ? { mean: lost / sold, low: units.low / sold, high: units.high / sold } : null,
    products: whole.length,
    weeks: judged.size,
  };
}

/** Weeks of a promotion of the product itself and of its dip. */
function touchedBy(rows: readonly ShelfWeek[]): boolean[] {
  const promoted = rows.map((row) => row.promoted === 1);
  return rows.map((_, i) => promoted.slice(Math.max(0, i - DIP_WEEKS), i + 1).some(Boolean));
}
