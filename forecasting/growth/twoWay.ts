/** How much each product sells at each account, as product × account in logs: log rate = product + account + error. */
export interface Cell {
  readonly product: number;
  readonly account: number;
  /** Units a week, > 0. */
  readonly rate: number;
}

/** What a product would sell at an account where it is not sold. */
export interface ExpectedRate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Accounts in which the product was seen. */
  readonly seen: number;
}

/** How well such expectations hit: each known cell told from all the others. */
export interface TwoWayRecord {
  readonly cells: number;
  /** Share of cells inside the interval. */
  readonly inside: number;
  /** Σ |rate − expected| / Σ rate. */
  readonly wape: number;
}

export interface TwoWay {
  /** Standard deviation of the error in logs. */
  readonly spread: number;
  /** @returns null where the product or the account is not among the cells */
  expected(product: number, account: number): ExpectedRate | null;
}

const SWEEPS = 60;
const SETTLED = 1e-9;
/** Without enough cells to measure it, accounts are taken to differ by this much. */
const USUAL_SPREAD = 0.35;
/** Cells beyond the levels needed before the spread is believed. */
const LEAST_FREE = 4;

/** @param z half the width of the interval in standard deviations */
export function twoWay(cells: readonly Cell[], z: number): TwoWay {
  const products = new Map<number, { sum: number; n: number }>();
  const accounts = new Map<number, { sum: number; n: number }>();
  const ofProduct = new Map<number, number>();
  const ofAccount = new Map<number, number>();
  const log = cells.map((c) => Math.log(c.rate));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const moved =
      meet(
        cells,
        (c) => c.product,
        (c, i) => log[i]! - (ofAccount.get(c.account) ?? 0),
        products,
        ofProduct,
      ) +
      meet(
        cells,
        (c) => c.account,
        (c, i) => log[i]! - (ofProduct.get(c.product) ?? 0),
        accounts,
        ofAccount,
      );
    if (moved < SETTLED) break;
  }
  const free = cells.length - products.size - accounts.size + 1;
  const squares = cells.reduce(
    (sum, c, i) => sum + (log[i]! - ofProduct.get(c.product)! - ofAccount.get(c.account)!) ** 2,
    0,
  );
  const spread = free >= LEAST_FREE ? Math.sqrt(squares / free) : USUAL_SPREAD;
  return {
    spread,
    expected(product, account) {
      const [p, a] = [products.get(product), accounts.get(account)];
      if (!p || !a) return null;
      const middle = ofProduct.get(product)! + ofAccount.get(account)!;
      const sd = spread * Math.sqrt(1 + 1 / p.n + 1 / a.n);
      return {
        mean: Math.exp(middle + sd ** 2 / 2),
        low: Math.exp(middle - z * sd),
        high: Math.exp(middle + z * sd),
        seen: p.n,
      };
    },
  };
}

/** Each cell told from all the others; null where none can be. */
export function twoWayRecord(cells: readonly Cell[], z: number): TwoWayRecord | null {
  let [tried, inside, off, sold] = [0, 0, 0, 0];
  for (const cell of cells) {
    const expected = twoWay(
      cells.filter((c) => c !== cell),
      z,
    ).expected(cell.product, cell.account);
    if (!expected) continue;
    tried++;
    if (cell.rate >= expected.low && cell.rate <= expected.high) inside++;
    off += Math.abs(cell.rate - expected.mean);
    sold += cell.rate;
  }
  return tried > 0 ? { cells: tried, inside: inside / tried, wape: off / sold } : null;
}

/** Sets each level to the mean of what is left for it; returns how far the levels moved. */
function meet(
  cells: readonly Cell[],
  keyOf: (cell: Cell) => number,
  left: (cell: Cell, i: number) => number,
  sums: Map<number, { sum: number; n: number }>,
  levels: Map<number, number>,
): number {
  sums.clear();
  cells.forEach((cell, i) => {
    const key = keyOf(cell);
    const at = sums.get(key) ?? { sum: 0, n: 0 };
    sums.set(key, { sum: at.sum + left(cell, i), n: at.n + 1 });
  });
  let moved = 0;
  for (const [key, { sum, n }] of sums) {
    const level = sum / n;
    moved += Math.abs(level - (levels.get(key) ?? 0));
    levels.set(key, level);
  }
  return moved;
}
