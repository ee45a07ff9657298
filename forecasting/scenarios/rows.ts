import { SCENARIO_DRAWS } from "./worlds.ts";

/** Rows in one piece of memory. */
const BLOCK = 64;

/** Rows of draws out of few large pieces of memory, since thousands of small ones cost more than what is done with them. */
export class DrawRows {
  readonly #blocks: Float64Array[] = [];
  readonly #rows: Float64Array[] = [];
  #next = 0;

  /** A row of `SCENARIO_DRAWS` numbers; what stands in it is left from before. */
  row(): Float64Array {
    const known = this.#rows[this.#next];
    if (known) {
      this.#next++;
      return known;
    }
    const place = this.#next % BLOCK;
    if (place === 0) this.#blocks.push(new Float64Array(BLOCK * SCENARIO_DRAWS));
    const row = this.#blocks.at(-1)!.subarray(place * SCENARIO_DRAWS, (place + 1) * SCENARIO_DRAWS);
    this.#rows.push(row);
    this.#next++;
    return row;
  }

  /** From here on the rows handed out before are written over. */
  reuse(): void {
    this.#next = 0;
  }
}
