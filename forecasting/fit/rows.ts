import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { designMatrix, pressureOf, type WeekTables } from "./design.ts";
import type { Target } from "./target.ts";

/** Regressors, target and noise of rows that stand together: row i of the sheet stands at i − first. */
export interface Block {
  readonly first: number;
  /** rows × columns, row-major. */
  readonly x: Float64Array;
  /** ln units less the centre. */
  readonly y: Float64Array;
  /** Relative noise before robust weights. */
  readonly noise: Float64Array;
}

/** Values of x that are kept; a panel with more is worked out block by block, again for every pass. */
const KEPT = 4_000_000;
/** Rows of a block, at least: whole accounts, since products of one account enter each other's regressors. */
const BLOCK = 4096;

/**
 * The rows of a panel as a pass over its series reads them. The design matrix of a large panel is never there as a whole:
 * each pass makes it account by account in the same memory. Both ways give the same bits.
 */
export class RowSource {
  readonly #design: Design;
  readonly #sheet: Sheet;
  readonly #tables: WeekTables;
  readonly #start: Int32Array;
  readonly #target: Target;
  readonly #kept: number;
  #whole: Block | null = null;
  #block: Block = { first: 0, x: EMPTY, y: EMPTY, noise: EMPTY };
  /** Series of the block: [from, to). */
  #from = 0;
  #to = 0;
  #x = EMPTY;

  /** @param kept values of x up to which all rows are one block */
  constructor(design: Design, sheet: Sheet, tables: WeekTables, start: Int32Array, target: Target, kept = KEPT) {
    this.#design = design;
    this.#sheet = sheet;
    this.#tables = tables;
    this.#start = start;
    this.#target = target;
    this.#kept = kept;
  }

  /** The block that series s stands in; good until the next call. */
  of(s: number): Block {
    if (this.#whole || this.#sheet.rows * this.#design.columns.length <= this.#kept) return this.whole();
    if (s < this.#from || s >= this.#to) this.#move(s);
    return this.#block;
  }

  /** All rows as one block. */
  whole(): Block {
    this.#whole ??= this.#make(0, this.#start.length - 1, undefined);
    return this.#whole;
  }

  #move(s: number): void {
    const { account } = this.#sheet;
    const start = this.#start;
    const accountOf = (series: number) => account[start[series]!]!;
    let from = s;
    while (from > 0 && accountOf(from - 1) === accountOf(s)) from--;
    let to = s + 1;
    const series = start.length - 1;
    while (to < series && (accountOf(to) === accountOf(to - 1) || start[to]! - start[from]! < BLOCK)) to++;
    const values = (start[to]! - start[from]!) * this.#design.columns.length;
    if (this.#x.length < values) this.#x = new Float64Array(values);
    this.#block = this.#make(from, to, this.#x);
    this.#from = from;
    this.#to = to;
  }

  #make(from: number, to: number, into: Float64Array | undefined): Block {
    const start = this.#start;
    const first = start[from]!;
    const sheet = rowsOf(this.#sheet, first, start[to]!);
    const y = new Float64Array(sheet.rows);
    const noise = new Float64Array(sheet.rows);
    for (let s = from; s < to; s++) {
      for (let i = start[s]!; i < start[s + 1]!; i++) {
        y[i - first] = this.#target.value(s, i);
        noise[i - first] = this.#target.noise(i);
      }
    }
    const x = designMatrix(this.#design, sheet, pressureOf(this.#design, sheet), this.#tables, into);
    return { first, x, y, noise };
  }
}

const EMPTY = new Float64Array(0);

/** Rows [from, to) of a sheet, in the sheet's own memory. */
export function rowsOf(sheet: Sheet, from: number, to: number): Sheet {
  if (from === 0 && to === sheet.rows) return sheet;
  return {
    rows: to - from,
    key: sheet.key.subarray(from, to),
    account: sheet.account.subarray(from, to),
    product: sheet.product.subarray(from, to),
    week: sheet.week.subarray(from, to),
    price: sheet.price.subarray(from, to),
    base: sheet.base.subarray(from, to),
    drivers: sheet.drivers.map((d) => d.subarray(from, to)),
  };
}
