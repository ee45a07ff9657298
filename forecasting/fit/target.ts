/**
 * What is fitted: ln units less a centre, and how noisy each row is. Zeros become half the smallest positive week of
 * their series, or a hundredth of the middle one. A week out of stock for a share o ≤ ½ counts as units / (1 − o) with
 * more noise; above that, or with unknown units, it is not observed (noise Infinity).
 */
export class Target {
  /** Mean of ln units over the observed rows. */
  readonly centre: number;
  readonly #units: Float64Array;
  readonly #outOfStock: Float64Array;
  /** By series: the least that a week counts for. */
  readonly #floor: Float64Array;
  /**
   * By series, the units below which a forecast means nothing sold: half-way, in logs, from what a zero counts for to the
   * smallest sale, where there was a zero; 0 elsewhere.
   */
  readonly emptyBelow: Float64Array;

  /** @param start first row of each series, and the number of rows */
  constructor(units: Float64Array, outOfStock: Float64Array, start: Int32Array) {
    this.#units = units;
    this.#outOfStock = outOfStock;
    const { floor, smallest } = floors(units, start);
    this.#floor = floor;
    this.emptyBelow = floor.map((least, s) =>
      this.#sawNone(start[s]!, start[s + 1]!) ? Math.sqrt(least * smallest[s]!) : 0,
    );
    let sum = 0;
    let used = 0;
    for (let s = 0; s + 1 < start.length; s++) {
      for (let i = start[s]!; i < start[s + 1]!; i++) {
        if (this.noise(i) === Number.POSITIVE_INFINITY) continue;
        sum += this.#log(s, i);
        used++;
      }
    }
    this.centre = used > 0 ? sum / used : 0;
  }

  /** Noise of row i before robust weights, relative to a week in full stock. */
  noise(i: number): number {
    const o = this.#share(i);
    return Number.isNaN(this.#units[i]!) || o > 0.5 ? Number.POSITIVE_INFINITY : 1 / (1 - o) ** 2;
  }

  /** ln units of row i of series s less the centre; minus the centre where it is not observed. */
  value(s: number, i: number): number {
    return (this.noise(i) === Number.POSITIVE_INFINITY ? 0 : this.#log(s, i)) - this.centre;
  }

  #sawNone(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (this.#units[i] === 0 && this.noise(i) !== Number.POSITIVE_INFINITY) return true;
    return false;
  }

  #log(s: number, i: number): number {
    return Math.log(Math.max(this.#units[i]! / (1 - this.#share(i)), this.#floor[s]!));
  }

  #share(i: number): number {
    const o = this.#outOfStock[i]!;
    return Number.isNaN(o) ? 0 : o;
  }
}

/** A sale of next to nothing counts as this share of a series' middle week at least. */
const LEAST_SHARE = 0.01;

/** By series, what a zero counts as, and the smallest sale, which is no less. */
function floors(units: Float64Array, start: Int32Array): { floor: Float64Array; smallest: Float64Array } {
  let smallestAll = Number.POSITIVE_INFINITY;
  for (let i = 0; i < units.length; i++) if (units[i]! > 0) smallestAll = Math.min(smallestAll, units[i]!);
  if (!Number.isFinite(smallestAll)) smallestAll = 1;
  const floor = new Float64Array(start.length - 1);
  const smallest = new Float64Array(start.length - 1);
  for (let s = 0; s < floor.length; s++) {
    const sold = units
      .subarray(start[s]!, start[s + 1]!)
      .filter((v) => v > 0)
      .sort();
    const least = sold[0] ?? smallestAll;
    floor[s] = Math.max(least / 2, LEAST_SHARE * (sold[sold.length >> 1] ?? 0));
    smallest[s] = Math.max(floor[s]!, least);
  }
  return { floor, smallest };
}
