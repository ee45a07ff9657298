/** Ranks of weeks, so that sums by week can stand in arrays however far apart the weeks lie. */
export class WeekRanks {
  /** Ranks are below this. */
  readonly count: number;
  readonly #first: number;
  readonly #sparse: Map<number, number> | null;

  /** @param week of every row that will be asked for */
  constructor(week: Int32Array) {
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < week.length; i++) {
      const w = week[i]!;
      if (w < first) first = w;
      if (w > last) last = w;
    }
    const span = week.length > 0 ? last - first + 1 : 0;
    const dense = span <= 1024 + 4 * week.length;
    this.#first = first;
    this.#sparse = dense ? null : new Map([...new Set(week)].map((w, rank) => [w, rank]));
    this.count = this.#sparse ? this.#sparse.size : span;
  }

  of(week: number): number {
    return this.#sparse ? this.#sparse.get(week)! : week - this.#first;
  }
}
