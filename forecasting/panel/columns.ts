import type { Driver } from "../types.ts";

/** What a column stands for; a monotone response and a decomposition go by it. */
export type Role =
  | "level"
  | "base"
  | "depth"
  | "support"
  | "mechanic"
  | "interaction"
  | "lag"
  | "cross"
  | "shield"
  | "trend"
  | "season"
  | "context";

/** One column of the regression, with the prior of its overall coefficient (`mean`, `sd`). */
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
  /** Brand index by product; null where brands are not known or coincide with products or categories. */
  readonly brandOf: Int32Array | null;
  /** By series key: ln of the reference everyday price, and the share of the account's category units. */
  readonly reference: Float64Array;
  readonly share: Float64Array;
  readonly period: number;
  /** The panel has seasons, whether or not its weeks are enough to estimate them. */
  readonly seasons: boolean;
  /** First estimate of the promotions' own effect; null before there is one. */
  readonly lift: Lift | null;
  /** Last week of the training panel. */
  readonly origin: number;
}

/** A first estimate of what promotions do to a series' own units: what lags and cross effects are measured in. */
export interface Lift {
  /** series × columns. */
  readonly beta: Float64Array;
  readonly seriesOf: Int32Array;
  /** For a series not seen. */
  readonly fallback: Float64Array;
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
  branded: boolean,
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
  columns.push({ name: "gain one week ago", role: "lag", at: 0, mean: 0, sd: 0.3, varies: GROUPS });
  columns.push({ name: "gain two to four weeks ago", role: "lag", at: 1, mean: 0, sd: 0.3, varies: GROUPS });
  if (cross) {
    columns.push({ name: "gain of the others", role: "cross", at: 0, mean: 0, sd: 0.5, varies: GROUPS });
    columns.push({ name: "gain of the others beyond share", role: "cross", at: 4, mean: 0, sd: 0.5, varies: GROUPS });
    columns.push({
      name: "gain of the others beside an own promotion",
      role: "shield",
      at: 0,
      mean: 0,
      sd: 0.5,
      varies: GROUPS,
    });
    if (branded) columns.push({ name: "gain of the brand", role: "cross", at: 3, mean: 0, sd: 0.5, varies: GROUPS });
    if (supports.length > 0)
      columns.push({
        name: branded ? "support of the brand" : "support of the others",
        role: "cross",
        at: 1,
        mean: 0,
        sd: 0.3,
        varies: GROUPS,
      });
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
