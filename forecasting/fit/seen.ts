import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { BEYOND } from "../types.ts";
import type { Pressure } from "./design.ts";

/** What a product, and the seasons of a category, were seen with: beyond it a forecast leans on the form of the model alone. */
export interface Seen {
  /** product × (1 + drivers): largest depth ln(base / price), then the largest value of each driver. */
  readonly largest: Float64Array;
  /** product × 2: lowest and highest everyday price, ln over the series' reference. */
  readonly base: Float64Array;
  /** category × weeks of the year: 1 where the week was seen; empty for a panel without seasons. */
  readonly weeks: Uint8Array;
}

/** A depth or an everyday price is new from this much beyond, ln. */
const NEW_DEPTH = 0.02;
const NEW_BASE = 0.1;
/** A week of the year counts as seen when one this near was. */
const NEAR = 2;
/** What lies beyond the depths, supports, everyday prices or series seen is this much less sure. */
const WIDER = 1.25;
/** Variance of ln units in a week of the year never seen: the season may be a tenth either way. */
const UNSEEN_SEASON = 0.01;

const yearOf = (design: Design) => Math.ceil(design.period);
const weekOf = (design: Design, week: number) => {
  const years = (week - design.origin) / design.period;
  return Math.floor((years - Math.floor(years)) * design.period);
};

/** What the rows of a sheet before `to` of their series show; rows whose noise is Infinity are not read. */
export function seenOf(
  design: Design,
  sheet: Sheet,
  noise: (row: number) => number,
  start: Int32Array,
  to: Int32Array,
): Seen {
  const width = 1 + sheet.drivers.length;
  const largest = new Float64Array(design.productCount * width);
  const base = new Float64Array(design.productCount * 2);
  for (let q = 0; q < design.productCount; q++) {
    base[2 * q] = Number.POSITIVE_INFINITY;
    base[2 * q + 1] = Number.NEGATIVE_INFINITY;
  }
  const year = yearOf(design);
  const weeks = new Uint8Array(design.seasons ? design.categoryCount * year : 0);
  for (let s = 0; s < to.length; s++) {
    for (let i = start[s]!; i < to[s]!; i++) {
      if (noise(i) === Number.POSITIVE_INFINITY) continue;
      const q = sheet.product[i]!;
      largest[q * width] = Math.max(largest[q * width]!, Math.log(sheet.base[i]! / sheet.price[i]!));
      for (let d = 0; d + 1 < width; d++)
        largest[q * width + 1 + d] = Math.max(largest[q * width + 1 + d]!, sheet.drivers[d]![i]!);
      const level = Math.log(sheet.base[i]!) - design.reference[sheet.key[i]!]!;
      base[2 * q] = Math.min(base[2 * q]!, level);
      base[2 * q + 1] = Math.max(base[2 * q + 1]!, level);
      if (design.seasons) weeks[design.categoryOf[q]! * year + weekOf(design, sheet.week[i]!)] = 1;
    }
  }
  return { largest, base, weeks };
}

/** In what row `i` of a sheet lies outside what was seen: the sum of `BEYOND`'s bits, 0 inside. */
export function beyondSeen(design: Design, seen: Seen, sheet: Sheet, pressure: Pressure, i: number): number {
  const q = sheet.product[i]!;
  const width = 1 + sheet.drivers.length;
  let out = pressure.depth[i]! > seen.largest[q * width]! + NEW_DEPTH ? BEYOND.depth : 0;
  for (let d = 0; d + 1 < width; d++) {
    const kind = design.driverKinds[d];
    if (kind === "context" || sheet.drivers[d]![i]! <= seen.largest[q * width + 1 + d]! * 1.001 + 1e-9) continue;
    out |= kind === "depth" ? BEYOND.depth : BEYOND.support;
  }
  const level = Math.log(sheet.base[i]!) - design.reference[sheet.key[i]!]!;
  if (level < seen.base[2 * q]! - NEW_BASE || level > seen.base[2 * q + 1]! + NEW_BASE) out |= BEYOND.everydayPrice;
  if (seen.weeks.length > 0 && !seasonSeen(design, seen, design.categoryOf[q]!, sheet.week[i]!)) out |= BEYOND.season;
  return out;
}

function seasonSeen(design: Design, seen: Seen, category: number, week: number): boolean {
  const year = yearOf(design);
  for (let k = -NEAR; k <= NEAR; k++) if (seen.weeks[category * year + weekOf(design, week + k)]) return true;
  return false;
}

/** Factor of the standard deviation of such a row. */
export function widening(beyond: number): number {
  return (beyond & ~BEYOND.season) !== 0 ? WIDER : 1;
}

/** Variance of ln units that a season never seen adds. */
export function unseenSeason(beyond: number): number {
  return (beyond & BEYOND.season) !== 0 ? UNSEEN_SEASON : 0;
}
