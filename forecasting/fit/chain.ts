import { moveEffects, posterior } from "./levels.ts";
import { times } from "./marginal.ts";
import type { Level, Pooling, Priors, Statistics } from "./pooling.ts";

/**
 * The levels that lie inside each other (all, categories, products). What one of them moves, the others see through the
 * sums of P_s by group of the innermost: no pass over the series is needed until another level asks.
 */
export class Chain {
  readonly #stats: Statistics;
  readonly #pool: Pooling;
  readonly #inner: Level;
  /** Places of the levels in the pooling, and for each the group that a group of the innermost lies in. */
  readonly #places: readonly number[];
  readonly #parents: readonly Int32Array[];
  /** Innermost groups × p(p+1)/2: Σ P_s; innermost groups × p: Σ rest_s, and what effects moved since series were told. */
  readonly #P: Float64Array;
  readonly #rest: Float64Array;
  readonly #pending: Float64Array;
  /** By level: groups × f × f. */
  readonly #sums: readonly Float64Array[];
  #moved = false;

  constructor(stats: Statistics, pool: Pooling) {
    const p = stats.columns;
    this.#stats = stats;
    this.#pool = pool;
    this.#places = [...pool.levels.keys()].filter((k) => pool.levels[k]!.name !== "account");
    this.#inner = pool.levels[this.#places.at(-1)!]!;
    const { groups, groupOf } = this.#inner;
    this.#parents = this.#places.map((k) => {
      const parents = new Int32Array(groups);
      groupOf.forEach((g, s) => {
        parents[g] = pool.levels[k]!.groupOf[s]!;
      });
      return parents;
    });
    this.#P = new Float64Array((groups * p * (p + 1)) / 2);
    this.#rest = new Float64Array(groups * p);
    this.#pending = new Float64Array(groups * p);
    this.#sums = this.#places.map(
      (k) => new Float64Array(pool.levels[k]!.groups * pool.levels[k]!.columns.length ** 2),
    );
  }

  clear(): void {
    this.#P.fill(0);
    this.#rest.fill(0);
  }

  /** Adds P_s (lower triangle). */
  add(s: number, P: Float64Array): void {
    const at = this.#inner.groupOf[s]! * P.length;
    for (let k = 0; k < P.length; k++) this.#P[at + k]! += P[k]!;
  }

  /** Adds rest_s of series × p. */
  addRest(s: number, rest: Float64Array): void {
    const p = this.#stats.columns;
    const at = this.#inner.groupOf[s]! * p;
    for (let j = 0; j < p; j++) this.#rest[at + j]! += rest[s * p + j]!;
  }

  /** Series have been told what was pending; their rests are to be added anew. */
  clearRest(): void {
    this.#rest.fill(0);
    this.#pending.fill(0);
    this.#moved = false;
  }

  /** Posterior covariances of the levels from the sums. */
  invert(): void {
    const p = this.#stats.columns;
    const q = (p * (p + 1)) / 2;
    this.#places.forEach((k, n) => {
      const sums = this.#sums[n]!.fill(0);
      const { columns } = this.#pool.levels[k]!;
      const f = columns.length;
      for (let g = 0; g < this.#inner.groups; g++) {
        const group = this.#parents[n]![g]! * f * f;
        for (let x = 0; x < f; x++) {
          const row = g * q + (columns[x]! * (columns[x]! + 1)) / 2;
          for (let y = 0; y <= x; y++) sums[group + x * f + y]! += this.#P[row + columns[y]!]!;
        }
      }
      posterior(this.#stats, this.#pool, k, sums);
    });
  }

  /** One Gauss–Seidel step of the level at place k. */
  move(k: number, priors: Priors): void {
    const p = this.#stats.columns;
    const n = this.#places.indexOf(k);
    const parents = this.#parents[n]!;
    const { columns, groups } = this.#pool.levels[k]!;
    const f = columns.length;
    const b = new Float64Array(groups * f);
    for (let g = 0; g < parents.length; g++)
      for (let x = 0; x < f; x++) b[parents[g]! * f + x]! += this.#rest[g * p + columns[x]!]!;
    const moved = moveEffects(this.#stats, this.#pool, k, priors, this.#sums[n]!, b);
    const d = new Float64Array(p);
    const t = new Float64Array(p);
    for (let g = 0; g < parents.length; g++) {
      for (let x = 0; x < f; x++) {
        d[columns[x]!] = moved[parents[g]! * f + x]!;
        this.#pending[g * p + columns[x]!]! += d[columns[x]!]!;
      }
      times(this.#P, (g * p * (p + 1)) / 2, d, p, t);
      for (let j = 0; j < p; j++) this.#rest[g * p + j]! -= t[j]!;
    }
    this.#moved = true;
  }

  /** What series s has not been told of, into `d`. @returns whether there is any */
  pendingOf(s: number, d: Float64Array): boolean {
    if (!this.#moved) return false;
    const at = this.#inner.groupOf[s]! * d.length;
    for (let j = 0; j < d.length; j++) d[j] = this.#pending[at + j]!;
    return true;
  }

  /** Adds what is pending to the series' priors. */
  settle(): void {
    const p = this.#stats.columns;
    const { prior } = this.#pool;
    const d = new Float64Array(p);
    for (let s = 0; s < this.#stats.series; s++)
      if (this.pendingOf(s, d)) for (let j = 0; j < p; j++) prior[s * p + j]! += d[j]!;
    this.clearRest();
  }
}
