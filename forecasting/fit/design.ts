import type { Column, Design, Lift } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { promotionResponse } from "../predict/predictor.ts";

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
 */
export function designMatrix(design: Design, sheet: Sheet, pressure: Pressure): Float64Array {
  const p = design.columns.length;
  const x = new Float64Array(sheet.rows * p);
  for (let i = 0; i < sheet.rows; i++) {
    for (let j = 0; j < p; j++) x[i * p + j] = value(design, sheet, pressure, design.columns[j]!, i);
  }
  if (!design.lift) return x;
  const gain = gains(design, design.lift, sheet, pressure, x);
  const others = design.columns.some((c) => c.role === "cross") ? crossSums(design, sheet, pressure, gain) : null;
  design.columns.forEach((c, j) => {
    if (c.role === "lag")
      for (let i = 0; i < sheet.rows; i++)
        x[i * p + j] = c.at === 0 ? gainBefore(sheet, gain, i, 1, 1) : gainBefore(sheet, gain, i, 2, 4);
    if (c.role === "shield") {
      for (let i = 0; i < sheet.rows; i++) {
        const own = pressure.total[i]! + pressure.support[i]!;
        x[i * p + j] = (others![i * CROSS]! * own) / (own + HALF_SHIELD);
      }
    }
    if (c.role === "cross") for (let i = 0; i < sheet.rows; i++) x[i * p + j] = others![i * CROSS + c.at]!;
  });
  return x;
}

/** e^lift − 1 of every row. */
function gains(design: Design, lift: Lift, sheet: Sheet, pressure: Pressure, x: Float64Array): Float64Array {
  const p = design.columns.length;
  return Float64Array.from({ length: sheet.rows }, (_, i) => {
    if (pressure.total[i] === 0 && pressure.support[i] === 0) return 0;
    const s = lift.seriesOf[sheet.key[i]!]!;
    const response =
      s >= 0
        ? promotionResponse(design, lift.beta, s * p, x, i * p)
        : promotionResponse(design, lift.fallback, 0, x, i * p);
    return Math.expm1(Math.min(LARGEST_LIFT, Math.max(0, response)));
  });
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

function value(design: Design, sheet: Sheet, pressure: Pressure, c: Column, i: number): number {
  switch (c.role) {
    case "level":
      return 1;
    case "base":
      return Math.log(sheet.base[i]!) - design.reference[sheet.key[i]!]!;
    case "depth":
      return pressure.depth[i]!;
    case "support":
    case "context":
      return sheet.drivers[c.at]![i]! / design.scale[c.at]!;
    case "mechanic":
      return mechanicDepth(sheet.drivers[c.at]![i]!);
    case "interaction":
      return (pressure.total[i]! * sheet.drivers[c.at]![i]!) / design.scale[c.at]!;
    case "lag":
    case "cross":
    case "shield":
      return 0;
    case "trend":
      return trend(sheet.week[i]! - design.origin);
    case "season": {
      const angle = (2 * Math.PI * ((c.at >> 1) + 1) * sheet.week[i]!) / design.period;
      return c.at % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
}

/** Years since the origin; after it a trend fades by 5 % a week. */
function trend(weeks: number): number {
  return weeks <= 0 ? weeks / 52 : (19 * (1 - 0.95 ** weeks)) / 52;
}

const CROSS = 4;

/**
 * For each row, of the account's other products of the category in the week, weighted by share: their gain, their support
 * (the brand's only, where brands are known), their everyday price, and the gain of those of the same brand.
 */
function crossSums(design: Design, sheet: Sheet, pressure: Pressure, gain: Float64Array): Float64Array {
  const { rows } = sheet;
  const out = new Float64Array(rows * CROSS);
  const category = new Cells();
  const brand = new Cells();
  const { brandOf, categoryCount, productCount } = design;
  const ofCategory = new Int32Array(rows);
  const ofBrand = new Int32Array(rows);
  const supportIn = brandOf ? brand : category;
  for (let i = 0; i < rows; i++) {
    const product = sheet.product[i]!;
    ofCategory[i] = category.at(sheet.account[i]! * categoryCount + design.categoryOf[product]!, sheet.week[i]!);
    if (brandOf) ofBrand[i] = brand.at(sheet.account[i]! * productCount + brandOf[product]!, sheet.week[i]!);
    const share = design.share[sheet.key[i]!]!;
    out[i * CROSS] = share * gain[i]!;
    out[i * CROSS + 1] = share * pressure.support[i]!;
    out[i * CROSS + 2] = share * (Math.log(sheet.base[i]!) - design.reference[sheet.key[i]!]!);
    out[i * CROSS + 3] = brandOf ? share * gain[i]! : 0;
    category.add(ofCategory[i]!, 0, out[i * CROSS]!);
    category.add(ofCategory[i]!, 2, out[i * CROSS + 2]!);
    supportIn.add(brandOf ? ofBrand[i]! : ofCategory[i]!, 1, out[i * CROSS + 1]!);
    if (brandOf) brand.add(ofBrand[i]!, 3, out[i * CROSS + 3]!);
  }
  const rest = (cells: Cells, cell: number, kind: number, i: number) => {
    const v = cells.sum(cell, kind) - out[i * CROSS + kind]!;
    out[i * CROSS + kind] = Math.abs(v) < 1e-12 ? 0 : v;
  };
  for (let i = 0; i < rows; i++) {
    rest(category, ofCategory[i]!, 0, i);
    rest(supportIn, brandOf ? ofBrand[i]! : ofCategory[i]!, 1, i);
    rest(category, ofCategory[i]!, 2, i);
    if (brandOf) rest(brand, ofBrand[i]!, 3, i);
  }
  return out;
}

/** Sums by (group, week). */
class Cells {
  readonly #index = new Map<number, number>();
  readonly #sums: number[] = [];

  at(group: number, week: number): number {
    const key = group * 1048576 + week + 524288;
    let cell = this.#index.get(key);
    if (cell === undefined) {
      cell = this.#index.size;
      this.#index.set(key, cell);
      for (let k = 0; k < CROSS; k++) this.#sums.push(0);
    }
    return cell;
  }

  add(cell: number, kind: number, v: number): void {
    this.#sums[cell * CROSS + kind]! += v;
  }

  sum(cell: number, kind: number): number {
    return this.#sums[cell * CROSS + kind]!;
  }
}
