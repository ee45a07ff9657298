import { weekIndex } from "../../../data/common/dates.ts";
import type { ShelfWeek } from "../../../data/products/listing.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { mean, median } from "../../statistics.ts";
import { type Arrival, seriesKey } from "./arrivals.ts";

/** Weeks over which a rate of sale is taken. */
export const PACE_WEEKS = 8;
const LEAST_WEEKS = 3;
const EMPTY = 0.1;

/** How fast something new sells where it stands, beside what stands next to it. */
export interface Pace {
  /** Units a week were it in every store, everyday weeks only. */
  readonly rate: number;
  /** The same over that of the middle one of the brand's other products there, in the same weeks. */
  readonly index: number;
  readonly peers: number;
  readonly weeks: number;
}

/** Units a week at full distribution over some weeks, promoted and half-empty ones left out; null with too few of them. */
function rateOver(rows: readonly ShelfWeek[], from: number, to: number): { rate: number; weeks: number } | null {
  const rates = rows.flatMap((row) => {
    const week = weekIndex(row.week);
    if (week < from || week > to || row.promoted || row.out_of_stock >= EMPTY) return [];
    return row.distribution === 0 ? [] : [row.units / (row.distribution ?? 1)];
  });
  return rates.length >= LEAST_WEEKS ? { rate: mean(rates)!, weeks: rates.length } : null;
}

/**
 * Pace in the weeks up to some age.
 * @param age weeks since the first sale, the last of them counted
 */
export function paceAt(
  arrival: Arrival,
  age: number,
  all: ReadonlyMap<string, readonly ShelfWeek[]>,
  products: readonly Product[],
): Pace | null {
  const to = weekIndex(arrival.first) + age - 1;
  const from = Math.max(weekIndex(arrival.first), to - PACE_WEEKS + 1);
  const own = rateOver(arrival.weeks, from, to);
  const peers = products
    .filter((p) => p.brand_id === arrival.product.brand_id && p.id !== arrival.product.id)
    .flatMap((p) => {
      const rows = all.get(seriesKey(arrival.account_id, p.id));
      // What came no earlier is new itself and no measure.
      if (!rows || rows[0]!.week >= arrival.first) return [];
      return rateOver(rows, from, to)?.rate ?? [];
    });
  const middle = median(peers);
  return own && middle ? { ...own, index: own.rate / middle, peers: peers.length } : null;
}

export type LaunchStatus = "too_early" | "building" | "ahead" | "on_track" | "behind" | "not_known";

/** Weeks before which nothing can be said. */
const EARLY_WEEKS = 4;
/** Share of the usual distribution from which the build counts as done. */
const BUILT = 0.85;
/** Earlier launches needed before they are the measure. */
export const LEAST_EARLIER = 3;
/** Against its peers alone: at least as they do, and clearly less. */
const AS_PEERS = { ahead: 1, behind: 0.7 };

/** @param earlier indices of earlier launches at the same age */
export function statusOf(
  age: number,
  distribution: number | null,
  usual: number | null,
  pace: Pace | null,
  earlier: readonly number[],
): LaunchStatus {
  if (age < EARLY_WEEKS) return "too_early";
  if (distribution !== null && usual !== null && distribution < BUILT * usual) return "building";
  if (!pace) return "not_known";
  if (earlier.length >= LEAST_EARLIER) {
    const sorted = earlier.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
    return pace.index > at(0.75) ? "ahead" : pace.index < at(0.25) ? "behind" : "on_track";
  }
  return pace.index >= AS_PEERS.ahead ? "ahead" : pace.index < AS_PEERS.behind ? "behind" : "on_track";
}
