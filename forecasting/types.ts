/**
 * The interface of the forecasting module: panel in, model out, forecast, decompose. Pure and deterministic:
 * same input, same bits; no clock, no I/O. Everything is by row on typed arrays of one length, NaN where unknown.
 */

/** How the plan of a row is described. Every field is known ahead: it is what the firm decides or can look up. */
export interface Plan {
  /** Index into `accounts` of the panel, one a row. */
  readonly account: Int32Array;
  /** Index into `products` of the panel, one a row. */
  readonly product: Int32Array;
  /** Consecutive week numbers; what week 0 is, the caller knows. */
  readonly week: Int32Array;
  /** Shelf price a unit, after any discount; must be > 0 (NaN: everyday price is taken). */
  readonly price: Float64Array;
  /** Everyday price a unit; NaN where not known (it is then estimated from the price's own history). */
  readonly basePrice: Float64Array;
  /** Named numeric columns: display, feature (0…1), multibuy, loyalty_price, coupon (effective depth as a fraction), holiday …, one value a row, 0 where nothing. */
  readonly drivers: readonly Driver[];
}

export interface Driver {
  readonly name: string;
  readonly values: Float64Array;
  /**
   * `support`: display, feature and the like, part of a promotion, 0 in the baseline. `depth`: the effective discount of
   * a mechanic other than a lower shelf price, 0 in the baseline. `context`: stays as it is in the baseline (holidays,
   * competitor activity, distribution).
   */
  readonly kind: "support" | "depth" | "context";
}

/** A panel: the plan of the past and what was sold under it. Rows in any order; (account, product, week) is unique. */
export interface Panel extends Plan {
  readonly accounts: readonly string[];
  readonly products: readonly string[];
  /** Category name by product; cross effects and season are shared inside one. */
  readonly categories: readonly string[];
  /** Brand name by product, where known: what products of one brand do to each other is then told from the rest. */
  readonly brands?: readonly string[];
  /** Units sold; NaN where unknown. */
  readonly units: Float64Array;
  /** Share of the week out of stock, 0…1; such weeks are censored, not demand. */
  readonly outOfStock: Float64Array;
  /** Weeks in a season (52), or null where the panel has none. */
  readonly season: number | null;
}

/** Predictive distribution of each row, in units. q025 ≤ q10 ≤ median ≤ q90 ≤ q975, finite, ≥ 0. */
export interface Forecast {
  readonly mean: Float64Array;
  readonly median: Float64Array;
  readonly q025: Float64Array;
  readonly q10: Float64Array;
  readonly q90: Float64Array;
  readonly q975: Float64Array;
  /** 0 where the row lies inside what was seen, else the sum of the `BEYOND` that hold for it: such rows are less sure. */
  readonly extrapolated: Uint8Array;
}

/** In what a planned row goes beyond anything seen: one bit each. */
export const BEYOND = {
  /** The series was never sold. */
  series: 1,
  /** A discount deeper than any of the product, or a mechanic it never had. */
  depth: 2,
  /** A support the product never had, or had less of. */
  support: 4,
  /** An everyday price more than a tenth outside the product's range. */
  everydayPrice: 8,
  /** A week of the year in which the category was never sold, in a panel with seasons. */
  season: 16,
} as const;

/** One estimated response, with its uncertainty and the evidence under it. */
export interface Response {
  /** Coefficient on log units: price is an elasticity (d ln units / d ln price, negative), a driver's is the effect of 1.0 of it. */
  readonly estimate: number;
  /** Standard error of `estimate`. */
  readonly se: number;
  /** Rows of this series in which the regressor was active. */
  readonly n: number;
}

/** A past or planned event for which units are split. Rows are indices into a Plan. */
export interface Decomposition {
  /** Units that would have sold with no promotion, one a row of the request. */
  readonly baseline: Float64Array;
  /** Units brought by the lower price or depth, by support driver name; with baseline and unexplained they add up to actual (or to the forecast mean for rows without units). */
  readonly effects: Readonly<Record<string, Float64Array>>;
  readonly unexplained: Float64Array;
}

/** An opaque fitted model; `saveModel` makes JSON-safe data of it and `loadModel` brings it back, bit for bit. */
export interface Model {
  readonly version: string;
  readonly accounts: readonly string[];
  readonly products: readonly string[];
  readonly categories: readonly string[];
  readonly driverNames: readonly string[];
  /** Last week seen by each (account × product) series; -1 where there is none. */
  readonly lastWeek: Int32Array;
  readonly rows: number;
  /** The fit's inner state: the method's own business. */
  readonly state: unknown;
}
