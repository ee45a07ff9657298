import { invertSpd } from "../numeric/linalg.ts";
import { type Pooling, type Priors, SMALLEST, type Statistics } from "./pooling.ts";

/**
 * Posterior covariance of every group of level k.
 * @param sums groups × f × f: in, lower triangles of Σ P_s; out, the whole of them over the level's design effect
 */
export function posterior(stats: Statistics, pool: Pooling, k: number, sums: Float64Array): void {
  const level = pool.levels[k]!;
  const f = level.columns.length;
  const M = new Float64Array(f * f);
  const work = new Float64Array(f * f);
  for (let group = 0; group < level.groups; group++) {
    const at = group * f * f;
    for (let x = 0; x < f; x++) {
      for (let y = 0; y <= x; y++) {
        const v = sums[at + x * f + y]! / stats.designEffect[k]!;
        sums[at + x * f + y] = v;
        sums[at + y * f + x] = v;
        M[x * f + y] = v;
        M[y * f + x] = v;
      }
    }
    for (let x = 0; x < f; x++) M[x * f + x]! += 1 / Math.max(pool.tau2[k]![level.columns[x]!]!, SMALLEST);
    invertSpd(M, f, work);
    pool.covariance[k]!.set(M, at);
  }
}

/**
 * Moves the effects of level k to their posterior mean given all others.
 * @param sums as `posterior` leaves them; @param b groups × f: Σ rest_s by group, written over
 * @returns groups × f: by how much each effect moved
 */
export function moveEffects(
  stats: Statistics,
  pool: Pooling,
  k: number,
  priors: Priors,
  sums: Float64Array,
  b: Float64Array,
): Float64Array {
  const p = stats.columns;
  const { columns, groups } = pool.levels[k]!;
  const f = columns.length;
  const effects = pool.effects[k]!;
  const covariance = pool.covariance[k]!;
  const moved = new Float64Array(groups * f);
  for (let group = 0; group < groups; group++) {
    const at = group * f * f;
    for (let x = 0; x < f; x++) {
      const j = columns[x]!;
      let v = b[group * f + x]! / stats.designEffect[k]!;
      if (k === 0) v += priors.mean[j]! / Math.max(pool.tau2[k]![j]!, SMALLEST);
      for (let y = 0; y < f; y++) v += sums[at + x * f + y]! * effects[group * p + columns[y]!]!;
      b[group * f + x] = v;
    }
    for (let x = 0; x < f; x++) {
      let v = 0;
      for (let y = 0; y < f; y++) v += covariance[at + x * f + y]! * b[group * f + y]!;
      moved[group * f + x] = v - effects[group * p + columns[x]!]!;
    }
    for (let x = 0; x < f; x++) effects[group * p + columns[x]!]! += moved[group * f + x]!;
  }
  return moved;
}
