import { Chain } from "./chain.ts";
import { moveEffects, posterior } from "./levels.ts";
import { integrateOut, ownRow, type Scratch, scratchOf, shift, times, unfold } from "./marginal.ts";
import { type Pooling, type Priors, SMALLEST, type Statistics } from "./pooling.ts";

/**
 * One pass over the series: V_s, the sums of P_s by group, and `rest` = r_s − P_s prior_s.
 * @param k place of the crossed level, −1 where there is none; @param sums its sums of P_s, lower triangles
 */
function marginalise(
  stats: Statistics,
  pool: Pooling,
  chain: Chain,
  k: number,
  sums: Float64Array,
  rest: Float64Array,
  w: Scratch,
): void {
  const { series, columns: p, moment } = stats;
  const own = pool.own;
  const r = own.length;
  const level = k < 0 ? null : pool.levels[k]!;
  chain.clear();
  sums.fill(0);
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
    chain.add(s, w.P);
    chain.addRest(s, rest);
    if (!level) continue;
    const { columns } = level;
    const f = columns.length;
    const group = level.groupOf[s]! * f * f;
    for (let x = 0; x < f; x++) {
      const row = (columns[x]! * (columns[x]! + 1)) / 2;
      for (let y = 0; y <= x; y++) sums[group + x * f + y]! += w.P[row + columns[y]!]!;
    }
  }
}

/** One Gauss–Seidel step of the level that crosses the chain; `rest` has what the chain moved since. */
function moveCrossed(
  stats: Statistics,
  pool: Pooling,
  chain: Chain,
  k: number,
  priors: Priors,
  sums: Float64Array,
  rest: Float64Array,
  w: Scratch,
): void {
  const { series, columns: p } = stats;
  const level = pool.levels[k]!;
  const { columns } = level;
  const f = columns.length;
  const b = new Float64Array(level.groups * f);
  for (let s = 0; s < series; s++) {
    if (chain.pendingOf(s, w.d)) {
      for (let j = 0; j < p; j++) pool.prior[s * p + j]! += w.d[j]!;
      shift(stats, pool, s, rest, w);
    }
    const group = level.groupOf[s]! * f;
    for (let x = 0; x < f; x++) b[group + x]! += rest[s * p + columns[x]!]!;
  }
  chain.clearRest();
  const moved = moveEffects(stats, pool, k, priors, sums, b);
  w.d.fill(0);
  for (let s = 0; s < series; s++) {
    const group = level.groupOf[s]! * f;
    for (let x = 0; x < f; x++) {
      const d = moved[group + x]!;
      w.d[columns[x]!] = d;
      pool.prior[s * p + columns[x]!]! += d;
    }
    shift(stats, pool, s, rest, w);
    chain.addRest(s, rest);
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
    const h = s * p;
    for (let j = 0; j < p; j++) pool.beta[h + j] = pool.prior[h + j]!;
    for (let a = 0; a < r; a++) {
      const i = own[a]!;
      gap[a] = (moment[h + i]! - ownRow(gram, (s * p * (p + 1)) / 2, i, pool.prior, h, p)) * inverse;
    }
    for (let a = 0; a < r; a++) {
      let v = 0;
      for (let b = 0; b < r; b++) v += pool.ownCovariance[s * r * r + a * r + b]! * gap[b]!;
      pool.beta[h + own[a]!]! += v;
    }
  }
}

/** dβ_own / d prior of every series = I_own − V G/σ², with the V_s that the last pass of `pool` left. */
export function settleGains(stats: Statistics, pool: Pooling): void {
  const { series, columns: p, gram, sigma2 } = stats;
  const own = pool.own;
  const r = own.length;
  const w = scratchOf(p, r);
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

/**
 * `iterations` rounds of marginalise → sweep → settle → EM, in place; the last round leaves the variances as they are.
 * A sweep goes through the levels in their order. Only the accounts cross the others, which lie inside each other: what
 * those move is worked out on the sums of their groups, and a series is visited for the accounts' sake alone.
 */
export function pool(stats: Statistics, state: Pooling, priors: Priors, iterations: number, learn = true): void {
  const { levels } = state;
  const w = scratchOf(stats.columns, state.own.length);
  const rest = new Float64Array(stats.moment.length);
  const chain = new Chain(stats, state);
  const crossed = levels.findIndex((level) => level.name === "account");
  const sums = new Float64Array(crossed < 0 ? 0 : levels[crossed]!.groups * levels[crossed]!.columns.length ** 2);
  for (let i = 0; i < iterations; i++) {
    marginalise(stats, state, chain, crossed, sums, rest, w);
    chain.invert();
    if (crossed >= 0) posterior(stats, state, crossed, sums);
    const sweeps = i === iterations - 1 ? 6 : 2;
    for (let n = 0; n < sweeps; n++) {
      for (let k = 0; k < levels.length; k++) {
        if (k === crossed) moveCrossed(stats, state, chain, k, priors, sums, rest, w);
        else chain.move(k, priors);
      }
    }
    chain.settle();
    settle(stats, state);
    if (learn && i < iterations - 1) updateVariances(stats, state, priors);
  }
}
