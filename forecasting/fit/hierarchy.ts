import { invertSpd } from "../numeric/linalg.ts";
import { integrateOut, type Scratch, scratchOf, shift, times, unfold } from "./marginal.ts";
import { type Level, type Pooling, type Priors, SMALLEST, type Statistics } from "./pooling.ts";

/** One pass over the series: V_s, the sums of P_s by group of every level, and `rest` = r_s − P_s prior_s. */
function marginalise(
  stats: Statistics,
  pool: Pooling,
  sums: readonly Float64Array[],
  rest: Float64Array,
  w: Scratch,
): void {
  const { series, columns: p, moment } = stats;
  const own = pool.own;
  const r = own.length;
  for (const A of sums) A.fill(0);
  for (let s = 0; s < series; s++) {
    integrateOut(stats, pool, s, w);
    pool.ownCovariance.set(w.V, s * r * r);
    const inverse = 1 / stats.sigma2[s]!;
    const h = s * p;
    for (let j = 0; j < p; j++) w.d[j] = pool.prior[h + j]!;
    times(w.P, 0, w.d, p, w.t);
    for (let i = 0; i < p; i++) {
      let v = moment[h + i]!;
      for (let a = 0; a < r; a++) v -= w.VG[a * p + i]! * moment[h + own[a]!]!;
      rest[h + i] = v * inverse - w.t[i]!;
    }
    for (let k = 0; k < sums.length; k++) addTo(sums[k]!, pool.levels[k]!, s, w.P);
  }
}

/** Adds P_s to the sum of its group, lower triangle only. */
function addTo(A: Float64Array, level: Level, s: number, P: Float64Array): void {
  const { columns } = level;
  const f = columns.length;
  const group = level.groupOf[s]! * f * f;
  for (let x = 0; x < f; x++) {
    const c = columns[x]!;
    const row = (c * (c + 1)) / 2;
    for (let y = 0; y <= x; y++) A[group + x * f + y]! += P[row + columns[y]!]!;
  }
}

/** Posterior covariance of every group of every level, from the sums of its series' P. */
function invertLevels(stats: Statistics, pool: Pooling, sums: readonly Float64Array[]): void {
  for (let k = 0; k < sums.length; k++) {
    const level = pool.levels[k]!;
    const f = level.columns.length;
    const A = sums[k]!;
    const M = new Float64Array(f * f);
    const work = new Float64Array(f * f);
    for (let group = 0; group < level.groups; group++) {
      const at = group * f * f;
      for (let x = 0; x < f; x++) {
        for (let y = 0; y <= x; y++) {
          const v = A[at + x * f + y]! / stats.designEffect[k]!;
          A[at + x * f + y] = v;
          A[at + y * f + x] = v;
          M[x * f + y] = v;
          M[y * f + x] = v;
        }
      }
      for (let x = 0; x < f; x++) M[x * f + x]! += 1 / Math.max(pool.tau2[k]![level.columns[x]!]!, SMALLEST);
      invertSpd(M, f, work);
      pool.covariance[k]!.set(M, at);
    }
  }
}

/** One Gauss–Seidel sweep over the groups of one level: moves effects and prior, and keeps `rest` = r − P prior. */
function sweep(
  stats: Statistics,
  pool: Pooling,
  k: number,
  priors: Priors,
  sums: Float64Array,
  rest: Float64Array,
  w: Scratch,
): void {
  const { series, columns: p } = stats;
  const level = pool.levels[k]!;
  const columns = level.columns;
  const f = columns.length;
  const effects = pool.effects[k]!;
  const b = new Float64Array(level.groups * f);
  for (let s = 0; s < series; s++) {
    const group = level.groupOf[s]! * f;
    for (let x = 0; x < f; x++) b[group + x]! += rest[s * p + columns[x]!]!;
  }
  for (let i = 0; i < b.length; i++) b[i]! /= stats.designEffect[k]!;
  const covariance = pool.covariance[k]!;
  const moved = new Float64Array(level.groups * f);
  for (let group = 0; group < level.groups; group++) {
    const at = group * f * f;
    for (let x = 0; x < f; x++) {
      const j = columns[x]!;
      if (k === 0) b[group * f + x]! += priors.mean[j]! / Math.max(pool.tau2[k]![j]!, SMALLEST);
      for (let y = 0; y < f; y++) b[group * f + x]! += sums[at + x * f + y]! * effects[group * p + columns[y]!]!;
    }
    for (let x = 0; x < f; x++) {
      let v = 0;
      for (let y = 0; y < f; y++) v += covariance[at + x * f + y]! * b[group * f + y]!;
      moved[group * f + x] = v - effects[group * p + columns[x]!]!;
    }
    for (let x = 0; x < f; x++) effects[group * p + columns[x]!]! += moved[group * f + x]!;
  }
  w.d.fill(0);
  for (let s = 0; s < series; s++) {
    const group = level.groupOf[s]! * f;
    for (let x = 0; x < f; x++) {
      const d = moved[group + x]!;
      w.d[columns[x]!] = d;
      pool.prior[s * p + columns[x]!]! += d;
    }
    shift(stats, pool, s, rest, w);
  }
}

/** Posterior means of the series' coefficients from the levels' effects. */
function settle(stats: Statistics, pool: Pooling, w: Scratch): void {
  const { series, columns: p, gram, moment, sigma2 } = stats;
  const own = pool.own;
  const r = own.length;
  const gap = new Float64Array(r);
  for (let s = 0; s < series; s++) {
    const inverse = 1 / sigma2[s]!;
    const h = s * p;
    for (let j = 0; j < p; j++) {
      w.d[j] = pool.prior[h + j]!;
      pool.beta[h + j] = w.d[j]!;
    }
    times(gram, (s * p * (p + 1)) / 2, w.d, p, w.t);
    for (let a = 0; a < r; a++) gap[a] = (moment[h + own[a]!]! - w.t[own[a]!]!) * inverse;
    for (let a = 0; a < r; a++) {
      let v = 0;
      for (let b = 0; b < r; b++) v += pool.ownCovariance[s * r * r + a * r + b]! * gap[b]!;
      pool.beta[h + own[a]!]! += v;
    }
  }
}

/** dβ_own / d prior of every series = I_own − V G/σ², with the V_s that the last pass left. */
function settleGains(stats: Statistics, pool: Pooling, w: Scratch): void {
  const { series, columns: p, gram, sigma2 } = stats;
  const own = pool.own;
  const r = own.length;
  for (let s = 0; s < series; s++) {
    const inverse = 1 / sigma2[s]!;
    unfold(gram, (s * p * (p + 1)) / 2, p, w.G);
    for (let a = 0; a < r; a++) {
      const at = s * r * p + a * p;
      for (let j = 0; j < p; j++) pool.gain[at + j] = 0;
      for (let b = 0; b < r; b++) {
        const v = pool.ownCovariance[s * r * r + a * r + b]! * inverse;
        for (let j = 0; j < p; j++) pool.gain[at + j]! -= v * w.G[own[b]! * p + j]!;
      }
      pool.gain[at + own[a]!]! += 1;
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
  const w = scratchOf(stats.columns, state.own.length);
  const rest = new Float64Array(stats.moment.length);
  const sums = state.levels.map((level) => new Float64Array(level.groups * level.columns.length ** 2));
  for (let i = 0; i < iterations; i++) {
    marginalise(stats, state, sums, rest, w);
    invertLevels(stats, state, sums);
    const sweeps = i === iterations - 1 ? 6 : 2;
    for (let n = 0; n < sweeps; n++) {
      for (let k = 0; k < state.levels.length; k++) sweep(stats, state, k, priors, sums[k]!, rest, w);
    }
    settle(stats, state, w);
    if (learn && i < iterations - 1) updateVariances(stats, state, priors);
  }
  settleGains(stats, state, w);
}
