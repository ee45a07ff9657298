import { invertSpd } from "../numeric/linalg.ts";

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
  /** series × columns × columns. */
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

const SMALLEST = 1e-6;

/** Empty pooling with starting variances; `poolingStep` moves it. */
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

/** V_s, P_s and r_s of every series at the present variances. P and rhs are written over. */
function marginalise(stats: Statistics, pool: Pooling, P: Float64Array, rhs: Float64Array): void {
  const { series, columns: p, gram, moment, sigma2 } = stats;
  const own = pool.own;
  const r = own.length;
  const V = new Float64Array(r * r);
  const work = new Float64Array(r * r);
  const VG = new Float64Array(r * p);
  for (let s = 0; s < series; s++) {
    const inverse = 1 / sigma2[s]!;
    const g = s * p * p;
    for (let a = 0; a < r; a++) {
      for (let b = 0; b < r; b++) V[a * r + b] = gram[g + own[a]! * p + own[b]!]! * inverse;
      V[a * r + a]! += 1 / Math.max(pool.ownTau2[own[a]!]!, SMALLEST);
    }
    invertSpd(V, r, work);
    pool.ownCovariance.set(V, s * r * r);
    for (let a = 0; a < r; a++) {
      for (let j = 0; j < p; j++) {
        let v = 0;
        for (let b = 0; b < r; b++) v += V[a * r + b]! * gram[g + own[b]! * p + j]!;
        VG[a * p + j] = v * inverse;
        pool.gain[s * r * p + a * p + j] = -VG[a * p + j]!;
      }
    }
    // d(β_own)/d(prior) = I_own − V G/σ²  (= V T⁻¹ on the own columns)
    for (let a = 0; a < r; a++) pool.gain[s * r * p + a * p + own[a]!]! += 1;
    for (let i = 0; i < p; i++) {
      for (let j = 0; j <= i; j++) {
        let v = gram[g + i * p + j]!;
        for (let a = 0; a < r; a++) v -= gram[g + own[a]! * p + i]! * VG[a * p + j]!;
        v *= inverse;
        P[g + i * p + j] = v;
        P[g + j * p + i] = v;
      }
      let v = moment[s * p + i]!;
      for (let a = 0; a < r; a++) v -= VG[a * p + i]! * moment[s * p + own[a]!]!;
      rhs[s * p + i] = v * inverse;
    }
  }
}

/** Posterior covariance of every group of every level, from the sums of its series' P. */
function invertLevels(stats: Statistics, pool: Pooling, P: Float64Array, sums: readonly Float64Array[]): void {
  const { series, columns: p } = stats;
  pool.levels.forEach((level, k) => {
    const f = level.columns.length;
    const A = sums[k]!.fill(0);
    for (let s = 0; s < series; s++) {
      const at = s * p * p;
      const group = level.groupOf[s]! * f * f;
      for (let x = 0; x < f; x++) {
        const row = at + level.columns[x]! * p;
        for (let y = 0; y < f; y++) A[group + x * f + y]! += P[row + level.columns[y]!]!;
      }
    }
    for (let i = 0; i < A.length; i++) A[i]! /= stats.designEffect[k]!;
    const M = new Float64Array(f * f);
    const work = new Float64Array(f * f);
    for (let group = 0; group < level.groups; group++) {
      M.set(A.subarray(group * f * f, (group + 1) * f * f));
      for (let x = 0; x < f; x++) M[x * f + x]! += 1 / Math.max(pool.tau2[k]![level.columns[x]!]!, SMALLEST);
      invertSpd(M, f, work);
      pool.covariance[k]!.set(M, group * f * f);
    }
  });
}

/** One Gauss–Seidel sweep over the groups of one level: moves effects and prior, and keeps `rest` = r − P prior. */
function sweep(
  stats: Statistics,
  pool: Pooling,
  k: number,
  priors: Priors,
  P: Float64Array,
  sums: Float64Array,
  rest: Float64Array,
): void {
  const { series, columns: p } = stats;
  const level = pool.levels[k]!;
  const f = level.columns.length;
  const effects = pool.effects[k]!;
  const b = new Float64Array(level.groups * f);
  for (let s = 0; s < series; s++) {
    const group = level.groupOf[s]! * f;
    for (let x = 0; x < f; x++) b[group + x]! += rest[s * p + level.columns[x]!]!;
  }
  for (let i = 0; i < b.length; i++) b[i]! /= stats.designEffect[k]!;
  const covariance = pool.covariance[k]!;
  const moved = new Float64Array(level.groups * f);
  for (let group = 0; group < level.groups; group++) {
    const at = group * f * f;
    for (let x = 0; x < f; x++) {
      const j = level.columns[x]!;
      if (k === 0) b[group * f + x]! += priors.mean[j]! / Math.max(pool.tau2[k]![j]!, SMALLEST);
      for (let y = 0; y < f; y++) b[group * f + x]! += sums[at + x * f + y]! * effects[group * p + level.columns[y]!]!;
    }
    for (let x = 0; x < f; x++) {
      let v = 0;
      for (let y = 0; y < f; y++) v += covariance[at + x * f + y]! * b[group * f + y]!;
      moved[group * f + x] = v - effects[group * p + level.columns[x]!]!;
    }
    for (let x = 0; x < f; x++) effects[group * p + level.columns[x]!]! += moved[group * f + x]!;
  }
  for (let s = 0; s < series; s++) {
    const group = level.groupOf[s]! * f;
    for (let x = 0; x < f; x++) {
      const d = moved[group + x]!;
      const j = level.columns[x]!;
      pool.prior[s * p + j]! += d;
      const row = s * p * p + j * p;
      for (let i = 0; i < p; i++) rest[s * p + i]! -= P[row + i]! * d;
    }
  }
}

/** Posterior means of the series' coefficients from the levels' effects. */
function settle(stats: Statistics, pool: Pooling): void {
  const { series, columns: p, gram, moment, sigma2 } = stats;
  const own = pool.own;
  const r = own.length;
  const gap = new Float64Array(r);
  for (let s = 0; s < series; s++) {
    const inverse = 1 / sigma2[s]!;
    for (let a = 0; a < r; a++) {
      const i = own[a]!;
      let v = moment[s * p + i]!;
      for (let j = 0; j < p; j++) v -= gram[s * p * p + i * p + j]! * pool.prior[s * p + j]!;
      gap[a] = v * inverse;
    }
    for (let j = 0; j < p; j++) pool.beta[s * p + j] = pool.prior[s * p + j]!;
    for (let a = 0; a < r; a++) {
      let v = 0;
      for (let b = 0; b < r; b++) v += pool.ownCovariance[s * r * r + a * r + b]! * gap[b]!;
      pool.beta[s * p + own[a]!]! += v;
    }
  }
}

/** EM updates of the variances; a weak prior of one pseudo-group keeps them off zero and off infinity. */
function updateVariances(stats: Statistics, pool: Pooling, priors: Priors): void {
  const { series, columns: p } = stats;
  const own = pool.own;
  const r = own.length;
  const weak = (j: number) => (priors.sd[j]! > 10 ? 0.1 : (0.1 * priors.sd[j]!) ** 2);
  for (let a = 0; a < r; a++) {
    const j = own[a]!;
    let sum = 0;
    for (let s = 0; s < series; s++) {
      const u = pool.beta[s * p + j]! - pool.prior[s * p + j]!;
      sum += u * u + pool.ownCovariance[s * r * r + a * r + a]!;
    }
    pool.ownTau2[j] = Math.max(SMALLEST, (sum + weak(j)) / (series + 1));
  }
  for (let k = 1; k < pool.levels.length; k++) {
    const level = pool.levels[k]!;
    const f = level.columns.length;
    for (let x = 0; x < f; x++) {
      const j = level.columns[x]!;
      let sum = 0;
      for (let g = 0; g < level.groups; g++) {
        sum += pool.effects[k]![g * p + j]! ** 2 + pool.covariance[k]![g * f * f + x * f + x]!;
      }
      pool.tau2[k]![j] = Math.max(SMALLEST, (sum + weak(j)) / (level.groups + 1));
    }
  }
}

/** `iterations` rounds of marginalise → sweep → settle → EM, in place; the last round leaves the variances as they are. */
export function pool(stats: Statistics, state: Pooling, priors: Priors, iterations: number, learn = true): void {
  const { series, columns: p } = stats;
  const P = new Float64Array(stats.gram.length);
  const rest = new Float64Array(stats.moment.length);
  const sums = state.levels.map((level) => new Float64Array(level.groups * level.columns.length ** 2));
  for (let i = 0; i < iterations; i++) {
    marginalise(stats, state, P, rest);
    invertLevels(stats, state, P, sums);
    for (let s = 0; s < series; s++) {
      for (let a = 0; a < p; a++) {
        let v = rest[s * p + a]!;
        for (let b = 0; b < p; b++) v -= P[s * p * p + a * p + b]! * state.prior[s * p + b]!;
        rest[s * p + a] = v;
      }
    }
    const sweeps = i === iterations - 1 ? 6 : 2;
    for (let n = 0; n < sweeps; n++) {
      for (let k = 0; k < state.levels.length; k++) sweep(stats, state, k, priors, P, sums[k]!, rest);
    }
    settle(stats, state);
    if (learn && i < iterations - 1) updateVariances(stats, state, priors);
  }
}
