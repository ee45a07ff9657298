import { invertSpd } from "../numeric/linalg.ts";
import { type Pooling, SMALLEST, type Statistics } from "./pooling.ts";

/** Working space of one series at a time, so that a pass over the series allocates nothing. */
export interface Scratch {
  /** G_s in full, rows of P_s up to the diagonal, V_s, G_u·. */
  readonly G: Float64Array;
  readonly P: Float64Array;
  readonly V: Float64Array;
  readonly VG: Float64Array;
  readonly work: Float64Array;
  readonly d: Float64Array;
  readonly t: Float64Array;
}

export function scratchOf(p: number, r: number): Scratch {
  const of = (n: number) => new Float64Array(n);
  return { G: of(p * p), P: of((p * (p + 1)) / 2), V: of(r * r), VG: of(r * p), work: of(r * r), d: of(p), t: of(p) };
}

/** t = S d of a symmetric matrix kept as its lower triangle, row by row, from `at`. */
export function times(S: Float64Array, at: number, d: Float64Array, p: number, t: Float64Array): void {
  let k = at;
  for (let i = 0; i < p; i++) {
    const di = d[i]!;
    let sum = 0;
    for (let j = 0; j < i; j++) {
      const v = S[k++]!;
      sum += v * d[j]!;
      t[j]! += v * di;
    }
    t[i] = sum + S[k++]! * di;
  }
}

/** Row i of such a matrix times the values from `h`. */
export function ownRow(S: Float64Array, at: number, i: number, values: Float64Array, h: number, p: number): number {
  let k = at + (i * (i + 1)) / 2;
  let sum = 0;
  for (let j = 0; j < i; j++) sum += S[k++]! * values[h + j]!;
  for (let j = i; j < p; j++) {
    sum += S[k]! * values[h + j]!;
    k += j + 1;
  }
  return sum;
}

/** The lower triangle from `at` in full. */
export function unfold(S: Float64Array, at: number, p: number, G: Float64Array): void {
  let k = at;
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) {
      const v = S[k++]!;
      G[i * p + j] = v;
      G[j * p + i] = v;
    }
  }
}

/** Sets V_s at the present variances, VG = V_s G_u· / σ² and P_s in the working space, which holds G_s. */
export function integrateOut(stats: Statistics, pool: Pooling, s: number, w: Scratch): void {
  const p = stats.columns;
  const own = pool.own;
  const r = own.length;
  const inverse = 1 / stats.sigma2[s]!;
  const { G, P, V, VG } = w;
  unfold(stats.gram, (s * p * (p + 1)) / 2, p, G);
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < r; b++) V[a * r + b] = G[own[a]! * p + own[b]!]! * inverse;
    V[a * r + a]! += 1 / Math.max(pool.ownTau2[own[a]!]!, SMALLEST);
  }
  invertSpd(V, r, w.work);
  VG.fill(0);
  for (let a = 0; a < r; a++) {
    for (let b = 0; b < r; b++) {
      const v = V[a * r + b]! * inverse;
      const row = own[b]! * p;
      for (let j = 0; j < p; j++) VG[a * p + j]! += v * G[row + j]!;
    }
  }
  let k = 0;
  for (let i = 0; i < p; i++) for (let j = 0; j <= i; j++) P[k++] = G[i * p + j]! * inverse;
  // Two own columns at a time: half the walks over P.
  for (let a = 0; a < r; a += 2) {
    const row = own[a]! * p;
    const next = a + 1 < r ? own[a + 1]! * p : row;
    const both = a + 1 < r ? inverse : 0;
    const at = a * p;
    const after = a + 1 < r ? at + p : at;
    k = 0;
    for (let i = 0; i < p; i++) {
      const v = G[row + i]! * inverse;
      const u = G[next + i]! * both;
      for (let j = 0; j <= i; j++) P[k++]! -= v * VG[at + j]! + u * VG[after + j]!;
    }
  }
}

/** rest_s −= P_s d, by G_s and V_s: P_s itself is not kept. */
export function shift(stats: Statistics, pool: Pooling, s: number, rest: Float64Array, w: Scratch): void {
  const { columns: p, gram } = stats;
  const own = pool.own;
  const r = own.length;
  const { d, t } = w;
  const inverse = 1 / stats.sigma2[s]!;
  const g = (s * p * (p + 1)) / 2;
  const V = pool.ownCovariance;
  times(gram, g, d, p, t);
  const h = s * p;
  for (let i = 0; i < p; i++) rest[h + i]! -= t[i]! * inverse;
  for (let a = 0; a < r; a++) {
    let v = 0;
    for (let b = 0; b < r; b++) v += V[s * r * r + a * r + b]! * t[own[b]!]!;
    v *= inverse * inverse;
    const o = own[a]!;
    let at = g + (o * (o + 1)) / 2;
    for (let i = 0; i < o; i++) rest[h + i]! += gram[at + i]! * v;
    at += o;
    for (let i = o; i < p; i++) {
      rest[h + i]! += gram[at]! * v;
      at += i + 1;
    }
  }
}
