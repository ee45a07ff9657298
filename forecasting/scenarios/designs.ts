/** Products that are promoted together, and those whose sales the promotion may move. */
export interface LineUp {
  readonly products: readonly number[];
  readonly others: readonly number[];
}

/** How a line-up is promoted; the same in each week of the window. */
export interface ScenarioDesign {
  /** Cut of the shelf price by product of the line-up, a fraction of the everyday price. */
  readonly cut: ArrayLike<number>;
  /** Supports and mechanics by driver name: one value for the whole line-up or one a product. */
  readonly drivers: Readonly<Record<string, number | ArrayLike<number>>>;
}

/** Length of a scenario's window, and of the weeks after it in which its dip is counted. */
export interface ScenarioWindow {
  readonly weeks: number;
  readonly after: number;
}
