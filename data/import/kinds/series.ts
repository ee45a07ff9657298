import { weekIndex } from "../../common/dates.ts";
import type { Ref } from "../names.ts";
import { Bad } from "../values/bad.ts";

/** Finds an account, product and week that a file has twice, in four bytes a row. */
export class SeriesLines {
  readonly #series = new Map<Ref, Map<Ref, Lines>>();

  /** Line that had this key before; notes this one where none had. */
  note(account: Ref, product: Ref, week: string, line: number): number {
    const products = this.#series.get(account) ?? new Map<Ref, Lines>();
    if (products.size === 0) this.#series.set(account, products);
    let lines = products.get(product);
    if (!lines) {
      lines = new Lines();
      products.set(product, lines);
    }
    return lines.note(weekIndex(week), line);
  }
}

export const duplicateWeek = (line: number): Bad =>
  new Bad(`is in line ${line} already for this account and product`, "week");

/** A line for each week from the first one seen on; 0 is none. */
class Lines {
  #first = 0;
  #lines = new Int32Array(0);

  note(week: number, line: number): number {
    if (this.#lines.length === 0) this.#first = week - 8;
    let at = week - this.#first;
    if (at < 0 || at >= this.#lines.length) {
      const first = Math.min(this.#first, week - 8);
      const size = Math.max(this.#first + this.#lines.length, week + 1) - first;
      const grown = new Int32Array(Math.ceil(size * 1.5) + 8);
      grown.set(this.#lines, this.#first - first);
      this.#first = first;
      this.#lines = grown;
      at = week - first;
    }
    const before = this.#lines[at]!;
    if (before === 0) this.#lines[at] = line;
    return before;
  }
}
