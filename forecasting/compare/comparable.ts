/** One event of a comparison. Its value is numerator / base (profit over spend, gained units over baseline, …). */
export interface Comparable {
  readonly first: boolean;
  readonly numerator: number;
  /** > 0; groups are pooled by it: the sum of numerators over the sum of bases. */
  readonly base: number;
  /** Only events of one stratum are set against each other (a support, a mechanic). */
  readonly stratum: string;
  /** What else may differ, by name; NaN where not known (then the mean is taken). */
  readonly covariates: Readonly<Record<string, number>>;
  /** Names whose own levels may differ (an account, a brand), each shrunk towards the others. */
  readonly labels?: readonly string[];
}
