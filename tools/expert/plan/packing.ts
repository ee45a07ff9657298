/** One thing that may be taken: what it is worth, and what it takes of which limits. */
export interface PackingColumn {
  readonly value: number;
  /** At most one column of a slot is ever taken: they share a limit of one. */
  readonly slot: number;
  readonly rows: Int32Array;
  readonly takes: Float64Array;
}

/** Which columns to take, so that they are worth the most and no limit is exceeded. */
export interface PackingProblem {
  readonly limits: Float64Array;
  readonly columns: readonly PackingColumn[];
}

const TOLERANCE = 1e-9;

/** A choice under construction: what of each limit is used. */
export class Taking {
  readonly #problem: PackingProblem;
  readonly #used: Float64Array;
  readonly chosen: number[] = [];
  value = 0;

  constructor(problem: PackingProblem) {
    this.#problem = problem;
    this.#used = new Float64Array(problem.limits.length);
  }

  /** Takes a column where it fits. */
  take(j: number): boolean {
    const { limits, columns } = this.#problem;
    const { rows, takes, value } = columns[j]!;
    for (let k = 0; k < rows.length; k++) {
      const r = rows[k]!;
      if (this.#used[r]! + takes[k]! > limits[r]! + TOLERANCE * Math.max(1, limits[r]!)) return false;
    }
    for (let k = 0; k < rows.length; k++) this.#used[rows[k]!]! += takes[k]!;
    this.chosen.push(j);
    this.value += value;
    return true;
  }
}

/** Takes columns in order of `rank` (the highest first; ties by their place) as long as they fit; those worth nothing are left. */
export function greedily(problem: PackingProblem, rank: (j: number) => number): Taking {
  const taking = new Taking(problem);
  const ranks = Float64Array.from(problem.columns, (_, j) => rank(j));
  const order = Array.from(ranks.keys()).sort((a, b) => ranks[b]! - ranks[a]! || a - b);
  for (const j of order) if (problem.columns[j]!.value > 0) taking.take(j);
  return taking;
}

/** What a column is worth beyond what it takes at the given prices of the limits. */
export function reducedValue({ value, rows, takes }: PackingColumn, prices: Float64Array): number {
  let v = value;
  for (let k = 0; k < rows.length; k++) v -= prices[rows[k]!]! * takes[k]!;
  return v;
}

/**
 * No choice is worth more than Σ limit × price + Σ over slots of the most that a column of it is worth beyond its prices:
 * true for any prices ≥ 0 (Lagrange), and near the best where they are those of the relaxed problem.
 */
export function boundAt({ limits, columns }: PackingProblem, prices: Float64Array): number {
  let bound = 0;
  for (let r = 0; r < limits.length; r++) bound += limits[r]! * prices[r]!;
  const best = new Map<number, number>();
  for (const column of columns) {
    const v = reducedValue(column, prices);
    if (v > (best.get(column.slot) ?? 0)) best.set(column.slot, v);
  }
  for (const v of best.values()) bound += v;
  return bound;
}
