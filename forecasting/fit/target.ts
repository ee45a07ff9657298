/**
 * What is fitted: ln units less a centre, and how noisy each row is. Zeros become half the smallest positive week of
 * their series. A week out of stock for a share o ≤ ½ counts as units / (1 − o) with more noise; above that, or with
 * unknown units, it is not observed (noise Infinity).
 */
export class Target {
  /** Mean of ln units over the observed rows. */
  readonly centre: number;
  readonly #units: Float64Array;
  readonly #outOfStock: Float64Array;
  /** By series: the least that a week counts for. */
  readonly #floor: Float64Array;

  /** @param start first row of each series, and the number of rows */
  constructor(units: Float64Array, outOfStock: Float64Array, start: Int32Array) {
    this.#units = units;
    this.#outOfStock = outOfStock;
    this.#floor = floors(units, start);
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

  /** By series, the units below which a forecast means nothing sold: what a zero counts for, where there was one; 0 elsewhere. */
  emptyBelow(start: Int32Array): Float64Array {
    return this.#floor.map((floor, s) => {
      for (let i = start[s]!; i < start[s + 1]!; i++)
        if (this.#units[i] === 0 && this.noise(i) !== Number.POSITIVE_INFINITY) return floor;
      return 0;
    });
  }

  #log(s: number, i: number): number {
    return Math.log(Math.max(this.#units[i]! / (1 - this.#share(i)), this.#floor[s]!));
  }

  #share(i: number): number {
    const o = this.#outOfStock[i]!;
    return Number.isNaN(o) ? 0 : o;
  }
}

function floors(units: Float64Array, start: Int32Array): Float64Array {
  let smallestAll = Number.POSITIVE_INFINITY;
  for (let i = 0; i < units.length; i++) if (units[i]! > 0) smallestAll = Math.min(smallestAll, units[i]!);
  if (!Number.isFinite(smallestAll)) smallestAll = 1;
  const out = new Float64Array(start.length - 1);
  for (let s = 0; s < out.length; s++) {
    let smallest = Number.POSITIVE_INFINITY;
    let sum = 0;
    let count = 0;
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      if (!(units[i]! > 0)) continue;
      smallest = Math.min(smallest, units[i]!);
      sum += units[i]!;
      count++;
    }
    out[s] = count > 0 ? Math.max(smallest / 2, (0.01 * sum) / count) : smallestAll / 2;
  }
  return out;
}
