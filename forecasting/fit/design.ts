import type { Column, Design, Lift } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { WeekRanks } from "../panel/weeks.ts";
import { promotionResponse } from "../predict/predictor.ts";
import { CROSS, crossSums } from "./crossSums.ts";

/** Promotion pressure of each row of a sheet, what lags and cross effects are made of. */
export interface Pressure {
  /** ln(base / price). */
  readonly depth: Float64Array;
  /** depth plus −ln(1 − effective discount) of every other mechanic. */
  readonly total: Float64Array;
  /** The strongest support, 0…1. */
  readonly support: Float64Array;
}

/** −ln(1 − discount), with the discount kept in [0, 0.95]. */
function mechanicDepth(discount: number): number {
  return -Math.log(1 - Math.min(0.95, Math.max(0, discount)));
}

/** How hard each row of a sheet is promoted, before any coefficient is known. */
export function pressureOf(design: Pick<Design, "driverKinds" | "scale">, sheet: Sheet): Pressure {
  const { rows } = sheet;
  const depth = new Float64Array(rows);
  const support = new Float64Array(rows);
  for (let i = 0; i < rows; i++) depth[i] = Math.max(0, Math.log(sheet.base[i]! / sheet.price[i]!));
  const total = Float64Array.from(depth);
  sheet.drivers.forEach((values, d) => {
    const kind = design.driverKinds[d];
    if (kind === "depth") for (let i = 0; i < rows; i++) total[i]! += mechanicDepth(values[i]!);
    if (kind === "support") {
      const scale = design.scale[d]!;
      for (let i = 0; i < rows; i++) support[i] = Math.max(support[i]!, Math.min(1, values[i]! / scale));
    }
  });
  return { depth, total, support };
}

/** Own promotion pressure at which half of the shield against the others' promotions is there. */
const HALF_SHIELD = 0.05;
/** Largest ln lift that enters a lag or a cross effect. */
const LARGEST_LIFT = 2.5;

/**
 * The regressors: rows × columns, row-major. Lags and cross effects are made of the gain e^lift − 1 that the design's
 * first estimate gives each row (pantry stocks and neighbours' losses go with the volume gained, not with the discount);
 * without one they are 0.
 * @param tables of these weeks or more; @param into where to write, of at least rows × columns
 */
export function designMatrix(
  design: Design,
  sheet: Sheet,
  pressure: Pressure,
  tables = new WeekTables(sheet.week),
  into: Float64Array = new Float64Array(sheet.rows * design.columns.length),
): Float64Array {
  const p = design.columns.length;
  const x = into;
  for (let from = 0; from < sheet.rows; from += TILE) {
    const to = Math.min(sheet.rows, from + TILE);
    for (let j = 0; j < p; j++) fillColumn(design, sheet, pressure, tables, design.columns[j]!, x, j, from, to);
  }
  if (!design.lift) return x;
  const gain = gains(design, design.lift, sheet, pressure, x);
  const others = design.columns.some((c) => c.role === "cross")
    ? crossSums(design, sheet, pressure.support, gain, shielded(pressure), tables.ranks)
    : null;
  design.columns.forEach((c, j) => {
    if (c.role === "lag")
      for (let i = 0; i < sheet.rows; i++)
        x[i * p + j] = c.at === 0 ? gainBefore(sheet, gain, i, 1, 1) : gainBefore(sheet, gain, i, 2, 4);
    if (c.role === "shield") {
      const own = shielded(pressure);
      for (let i = 0; i < sheet.rows; i++) x[i * p + j] = others![i * CROSS]! * own[i]!;
    }
    if (c.role === "cross") for (let i = 0; i < sheet.rows; i++) x[i * p + j] = others![i * CROSS + c.at]!;
  });
  return x;
}

/** How far each row's own promotion keeps those of the others away, 0 … 1. */
function shielded(pressure: Pressure): Float64Array {
  return pressure.total.map((total, i) => {
    const own = total + pressure.support[i]!;
    return own / (own + HALF_SHIELD);
  });
}

/** e^lift − 1 of every row. */
function gains(design: Design, lift: Lift, sheet: Sheet, pressure: Pressure, x: Float64Array): Float64Array {
  const p = design.columns.length;
  const gain = new Float64Array(sheet.rows);
  for (let i = 0; i < sheet.rows; i++) {
    if (pressure.total[i] === 0 && pressure.support[i] === 0) continue;
    const s = lift.seriesOf[sheet.key[i]!]!;
    const response =
      s >= 0
        ? promotionResponse(design, lift.beta, s * p, x, i * p)
        : promotionResponse(design, lift.fallback, 0, x, i * p);
    gain[i] = Math.expm1(Math.min(LARGEST_LIFT, Math.max(0, response)));
  }
  return gain;
}

/** Gain of the weeks `from` to `to` ago, halved with each week beyond the first. */
function gainBefore(sheet: Sheet, gain: Float64Array, i: number, from: number, to: number): number {
  let sum = 0;
  for (let k = i - 1; k >= 0 && k >= i - to && sheet.key[k] === sheet.key[i]; k--) {
    const ago = sheet.week[i]! - sheet.week[k]!;
    if (ago > to) break;
    if (ago >= from) sum += gain[k]! * 0.5 ** (ago - from);
  }
  return sum;
}

/** Rows filled column by column before the next ones, so that they stay in the cache. */
const TILE = 256;

/** Writes what does not depend on other rows into column j of x. */
function fillColumn(
  design: Design,
  sheet: Sheet,
  pressure: Pressure,
  tables: WeekTables,
  c: Column,
  x: Float64Array,
  j: number,
  from: number,
  to: number,
): void {
  const p = design.columns.length;
  switch (c.role) {
    case "level":
      for (let i = from; i < to; i++) x[i * p + j] = 1;
      return;
    case "base":
      for (let i = from; i < to; i++) x[i * p + j] = Math.log(sheet.base[i]!) - design.reference[sheet.key[i]!]!;
      return;
    case "depth":
      for (let i = from; i < to; i++) x[i * p + j] = pressure.depth[i]!;
      return;
    case "support":
    case "context": {
      const values = sheet.drivers[c.at]!;
      const scale = design.scale[c.at]!;
      for (let i = from; i < to; i++) x[i * p + j] = values[i]! / scale;
      return;
    }
    case "mechanic": {
      const values = sheet.drivers[c.at]!;
      for (let i = from; i < to; i++) x[i * p + j] = mechanicDepth(values[i]!);
      return;
    }
    case "interaction": {
      const values = sheet.drivers[c.at]!;
      const scale = design.scale[c.at]!;
      for (let i = from; i < to; i++) x[i * p + j] = (pressure.total[i]! * values[i]!) / scale;
      return;
    }
    case "lag":
    case "cross":
    case "shield":
      for (let i = from; i < to; i++) x[i * p + j] = 0;
      return;
    case "trend":
      for (let i = from; i < to; i++) x[i * p + j] = trend(sheet.week[i]! - design.origin);
      return;
    case "season": {
      const known = tables.season(c.at);
      for (let i = from; i < to; i++) {
        const at = tables.ranks.of(sheet.week[i]!);
        if (Number.isNaN(known[at]!)) known[at] = harmonic(c.at, sheet.week[i]! - design.origin, design.period);
        x[i * p + j] = known[at]!;
      }
    }
  }
}

/** Sine (even) or cosine (odd) of a harmonic of the year. */
function harmonic(at: number, week: number, period: number): number {
  const angle = (2 * Math.PI * ((at >> 1) + 1) * week) / period;
  return at % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
}

/** What of the regressors depends on the week alone, worked out once for many sheets of the same weeks. */
export class WeekTables {
  readonly ranks: WeekRanks;
  readonly #season = new Map<number, Float64Array>();

  /** @param week of every row of the sheets to come */
  constructor(week: Int32Array) {
    this.ranks = new WeekRanks(week);
  }

  /** Values of a harmonic by rank of the week, NaN where not yet asked for. */
  season(at: number): Float64Array {
    let values = this.#season.get(at);
    if (!values) {
      values = new Float64Array(this.ranks.count).fill(Number.NaN);
      this.#season.set(at, values);
    }
    return values;
  }
}

/** Years since the origin; after it a trend fades by 5 % a week. */
export function trend(weeks: number): number {
  return weeks <= 0 ? weeks / 52 : (19 * (1 - 0.95 ** weeks)) / 52;
}
