import type { Sheet } from "./sheet.ts";
import type { Driver } from "./types.ts";

export type Role =
  | "level"
  | "base"
  | "depth"
  | "support"
  | "mechanic"
  | "interaction"
  | "lag"
  | "cross"
  | "trend"
  | "season"
  | "context";

export interface Column {
  readonly name: string;
  readonly role: Role;
  /** Index of the driver, of the harmonic, or of the kind of lag or cross effect. */
  readonly at: number;
  readonly mean: number;
  readonly sd: number;
  /** Levels at which the coefficient varies; every column varies by category and overall. */
  readonly varies: { readonly series: boolean; readonly account: boolean; readonly product: boolean };
}

/** What the columns of the regression are, fixed at the fit and used unchanged for every plan. */
export interface Design {
  readonly columns: readonly Column[];
  readonly driverNames: readonly string[];
  readonly driverKinds: readonly Driver["kind"][];
  /** Largest absolute training value of each driver (at least 1): columns are value / scale. */
  readonly scale: Float64Array;
  readonly productCount: number;
  readonly categoryCount: number;
  readonly categoryOf: Int32Array;
  /** By series key: ln of the reference everyday price, and the share of the account's category units. */
  readonly reference: Float64Array;
  readonly share: Float64Array;
  readonly period: number;
  /** Last week of the training panel. */
  readonly origin: number;
}

const ALL = { series: true, account: true, product: true };
const GROUPS = { series: false, account: true, product: true };
const PRODUCT = { series: false, account: false, product: true };
const SHARED = { series: false, account: false, product: false };
/** With more promotion drivers than this the rest are pooled over all series. */
const MANY_DRIVERS = 10;

/** Chooses the columns the panel can support. `active[d]` says whether driver d varies, `span` is in weeks. */
export function chooseColumns(
  names: readonly string[],
  kinds: readonly Driver["kind"][],
  active: readonly boolean[],
  season: number | null,
  span: number,
  cross: boolean,
): Column[] {
  const columns: Column[] = [
    { name: "level", role: "level", at: 0, mean: 0, sd: 1000, varies: ALL },
    { name: "everyday price", role: "base", at: 0, mean: -1.5, sd: 1.5, varies: ALL },
    { name: "price", role: "depth", at: 0, mean: 2, sd: 1.5, varies: ALL },
  ];
  const used = names.map((_, d) => d).filter((d) => active[d]);
  const promotion = used.filter((d) => kinds[d] !== "context");
  promotion.forEach((d, k) => {
    const mechanic = kinds[d] === "depth";
    const varies = k < MANY_DRIVERS ? ALL : SHARED;
    columns.push({
      name: names[d]!,
      role: mechanic ? "mechanic" : "support",
      at: d,
      mean: mechanic ? 1.5 : 0.2,
      sd: mechanic ? 1.5 : 1,
      varies,
    });
  });
  const supports = promotion.filter((d) => kinds[d] === "support");
  for (const d of supports.slice(0, 4))
    columns.push({ name: `price × ${names[d]}`, role: "interaction", at: d, mean: 0, sd: 1.5, varies: GROUPS });
  columns.push({ name: "discount one week ago", role: "lag", at: 0, mean: 0, sd: 1, varies: GROUPS });
  columns.push({ name: "discount two and three weeks ago", role: "lag", at: 1, mean: 0, sd: 1, varies: GROUPS });
  if (supports.length > 0) {
    columns.push({ name: "support one week ago", role: "lag", at: 2, mean: 0, sd: 0.5, varies: GROUPS });
    columns.push({ name: "support two and three weeks ago", role: "lag", at: 3, mean: 0, sd: 0.5, varies: GROUPS });
  }
  if (cross) {
    columns.push({ name: "discount of the others", role: "cross", at: 0, mean: 0, sd: 1, varies: GROUPS });
    if (supports.length > 0)
      columns.push({ name: "support of the others", role: "cross", at: 1, mean: 0, sd: 0.5, varies: GROUPS });
    columns.push({ name: "everyday price of the others", role: "cross", at: 2, mean: 0, sd: 1, varies: GROUPS });
  }
  if (span >= 104) columns.push({ name: "trend", role: "trend", at: 0, mean: 0, sd: 0.2, varies: ALL });
  const context = used.filter((d) => kinds[d] === "context");
  context.forEach((d, k) => {
    columns.push({
      name: names[d]!,
      role: "context",
      at: d,
      mean: 0,
      sd: 1,
      varies: k < MANY_DRIVERS ? PRODUCT : SHARED,
    });
  });
  if (season !== null && span >= 2 * season) {
    const harmonics = Math.min(span >= 3 * season - 2 ? 6 : 4, Math.floor((season - 1) / 2));
    for (let k = 0; k < 2 * harmonics; k++) {
      columns.push({
        name: `season ${k + 1}`,
        role: "season",
        at: k,
        mean: 0,
        sd: 0.3 / (1 + (k >> 1) * 0.5),
        varies: PRODUCT,
      });
    }
  }
  return columns;
}

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
export function mechanicDepth(discount: number): number {
  return -Math.log(1 - Math.min(0.95, Math.max(0, discount)));
}

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

/** The regressors: rows × columns, row-major. */
export function designMatrix(design: Design, sheet: Sheet, pressure: Pressure): Float64Array {
  const p = design.columns.length;
  const x = new Float64Array(sheet.rows * p);
  const others = design.columns.some((c) => c.role === "cross") ? crossSums(design, sheet, pressure) : null;
  for (let i = 0; i < sheet.rows; i++) {
    const row = i * p;
    const lags = lagged(sheet, pressure, i);
    for (let j = 0; j < p; j++) {
      const c = design.columns[j]!;
      x[row + j] = value(design, sheet, pressure, c, i, lags, others);
    }
  }
  return x;
}

function value(
  design: Design,
  sheet: Sheet,
  pressure: Pressure,
  c: Column,
  i: number,
  lags: Float64Array,
  others: Float64Array | null,
): number {
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
      return lags[c.at]!;
    case "cross":
      return others![i * 3 + c.at]!;
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

const LAGS = new Float64Array(4);

/** Total depth one week ago, mean of two and three weeks ago, and support likewise. The result is reused. */
function lagged(sheet: Sheet, pressure: Pressure, i: number): Float64Array {
  LAGS.fill(0);
  for (let k = i - 1; k >= 0 && k >= i - 3 && sheet.key[k] === sheet.key[i]; k--) {
    const gap = sheet.week[i]! - sheet.week[k]!;
    if (gap > 3) break;
    if (gap === 1) {
      LAGS[0] = pressure.total[k]!;
      LAGS[2] = pressure.support[k]!;
    } else {
      LAGS[1]! += pressure.total[k]! / 2;
      LAGS[3]! += pressure.support[k]! / 2;
    }
  }
  return LAGS;
}

/** For each row, the share-weighted depth, support and everyday price of the account's other products of the category. */
function crossSums(design: Design, sheet: Sheet, pressure: Pressure): Float64Array {
  const { rows } = sheet;
  const own = new Float64Array(rows * 3);
  const cell = new Int32Array(rows);
  const cells = new Map<number, number>();
  const sums: number[] = [];
  for (let i = 0; i < rows; i++) {
    const group = sheet.account[i]! * design.categoryCount + design.categoryOf[sheet.product[i]!]!;
    const at = group * 1048576 + (sheet.week[i]! + 524288);
    let c = cells.get(at);
    if (c === undefined) {
      c = cells.size;
      cells.set(at, c);
      sums.push(0, 0, 0);
    }
    cell[i] = c;
    const share = design.share[sheet.key[i]!]!;
    own[i * 3] = share * pressure.total[i]!;
    own[i * 3 + 1] = share * pressure.support[i]!;
    own[i * 3 + 2] = share * (Math.log(sheet.base[i]!) - design.reference[sheet.key[i]!]!);
    for (let k = 0; k < 3; k++) sums[c * 3 + k]! += own[i * 3 + k]!;
  }
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < 3; k++) {
      const rest = sums[cell[i]! * 3 + k]! - own[i * 3 + k]!;
      own[i * 3 + k] = Math.abs(rest) < 1e-12 ? 0 : rest;
    }
  }
  return own;
}
