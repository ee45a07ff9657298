/**
 * Crossed partial pooling of regression coefficients on sufficient statistics.
 *
 * Series s has whitened statistics G_s = XᵀX and h_s = Xᵀy and noise σ_s². Its coefficients are
 *   β_s = Σ_levels effect(level, group of s) + u_s,   effect_j ~ N(prior_j, τ²_level,j),  u_sj ~ N(0, τ²_u,j).
 * u_s is integrated out exactly, so a series informs the levels above with
 *   P_s = G/σ² − G_·u V_s G_u·/σ⁴,  r_s = h/σ² − G_·u V_s h_u/σ⁴,  V_s = (G_uu/σ² + diag τ_u⁻²)⁻¹
 * (Laird and Ware 1982); levels are updated in turn (block Gauss–Seidel) and the τ² by EM.
 */
export interface Statistics {
  readonly series: number;
  readonly columns: number;
  /** series × columns (columns + 1) / 2: lower triangles, row by row. */
  readonly gram: Float64Array;
  /** series × columns. */
  readonly moment: Float64Array;
  readonly sigma2: Float64Array;
  /**
   * By level: how many series count as one there (Kish's design effect). Series that share a week's shock are no
   * independent witnesses of what all of them did in that week.
   */
  readonly designEffect: Float64Array;
}

export interface Level {
  readonly name: "all" | "category" | "account" | "product";
  readonly groups: number;
  readonly groupOf: Int32Array;
  /** Columns that vary by group of this level. */
  readonly columns: Int32Array;
}

export interface Pooling {
  readonly levels: readonly Level[];
  /** Columns that vary by series. */
  readonly own: Int32Array;
  /** By level: groups × columns effects (absolute for the first level, deviations below it). */
  readonly effects: Float64Array[];
  /** By level: groups × f × f posterior covariance, f the number of its columns. */
  readonly covariance: Float64Array[];
  /** By level: τ² by column of the design (0 where the column does not vary at that level). */
  readonly tau2: Float64Array[];
  readonly ownTau2: Float64Array;
  /** series × columns: the posterior mean of β_s. */
  readonly beta: Float64Array;
  /** series × columns: the sum of the levels' effects, the prior mean of β_s. */
  readonly prior: Float64Array;
  /** series × r × r: V_s. */
  readonly ownCovariance: Float64Array;
  /** series × r × columns: dβ_s,own / d prior. */
  readonly gain: Float64Array;
}

export interface Priors {
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** Variances are kept from 0 by this. */
export const SMALLEST = 1e-6;

/** Empty pooling with starting variances; `pool` moves it. */
export function startPooling(stats: Statistics, levels: readonly Level[], own: Int32Array, priors: Priors): Pooling {
  const { series, columns } = stats;
  const r = own.length;
  const start = (j: number) => (priors.sd[j]! > 10 ? 0.5 : (0.3 * priors.sd[j]!) ** 2);
  const ownTau2 = new Float64Array(columns);
  for (const j of own) ownTau2[j] = start(j);
  const tau2 = levels.map((level, k) => {
    const t = new Float64Array(columns);
    for (const j of level.columns) t[j] = k === 0 ? priors.sd[j]! ** 2 : start(j);
    return t;
  });
  const effects = levels.map((level) => new Float64Array(level.groups * columns));
  effects[0]?.set(priors.mean);
  const prior = new Float64Array(series * columns);
  for (let s = 0; s < series; s++) prior.set(priors.mean, s * columns);
  return {
    levels,
    own,
    effects,
    tau2,
    ownTau2,
    prior,
    covariance: levels.map((level) => new Float64Array(level.groups * level.columns.length ** 2)),
    beta: new Float64Array(series * columns),
    ownCovariance: new Float64Array(series * r * r),
    gain: new Float64Array(series * r * columns),
  };
}
