import type { State } from "../fit/state.ts";
import type { Model, Plan } from "../types.ts";
import { fillBasePrice } from "./baseprice.ts";
import { alignDrivers, checkPlan, type Sheet, sortedOrder } from "./sheet.ts";

/** Weeks of a series' past that its lags and everyday price look back on. */
const LOOK_BACK = 20;
/** A series not sold for longer than this is taken as delisted. */
const ALIVE = 8;

export interface Merged {
  readonly sheet: Sheet;
  /** Row of the sheet for each row of the plan. */
  readonly rowOf: Int32Array;
}

/**
 * The plan among what surrounds it: its series' recent past, and in its weeks the account's other products of the same
 * categories, as they were or, after the history, at their last everyday price with no promotion. Plan rows replace
 * history rows of the same week.
 */
export function mergePlan(model: Model, state: State, plan: Plan): Merged {
  checkPlan(plan, model.accounts.length, model.products.length);
  const { history, design, seriesOf, start } = state;
  const products = design.productCount;
  const order = sortedOrder(plan, products);
  const n = order.length;
  const aligned = alignDrivers(plan.drivers, design.driverNames, n);
  const b = new SheetBuilder(design.driverNames.length, state);
  const rowOf = new Int32Array(n);
  const others = design.columns.some((c) => c.role === "cross")
    ? neighbours(state, plan)
    : new Map<number, [number, number]>();
  const keys = new Set<number>(others.keys());
  for (let i = 0; i < n; i++) keys.add(plan.account[i]! * products + plan.product[i]!);
  const sortedKeys = [...keys].sort((x, y) => x - y);
  let at = 0;
  for (const key of sortedKeys) {
    const s = seriesOf[key]!;
    const firstPlan = at;
    while (at < n && plan.account[order[at]!]! * products + plan.product[order[at]!]! === key) at++;
    const range = others.get(key);
    const planFrom = firstPlan < at ? plan.week[order[firstPlan]!]! : Number.POSITIVE_INFINITY;
    const planTo = firstPlan < at ? plan.week[order[at - 1]!]! : Number.NEGATIVE_INFINITY;
    const from = Math.min(planFrom - LOOK_BACK, range ? range[0] - 3 : Number.POSITIVE_INFINITY);
    const to = Math.max(planTo, range ? range[1] : Number.NEGATIVE_INFINITY);
    let next = firstPlan;
    let lastWeek = Number.NEGATIVE_INFINITY;
    const addPlan = (before: number) => {
      while (next < at && plan.week[order[next]!]! < before) {
        const i = order[next]!;
        rowOf[i] = b.add(key, plan.week[i]!, plan.price[i]!, plan.basePrice[i]!, aligned, i);
        lastWeek = plan.week[i]!;
        next++;
      }
    };
    const blockFrom = b.rows;
    if (s >= 0) {
      for (
        let i = firstAtOrAfter(history.week, start[s]!, start[s + 1]!, from);
        i < start[s + 1]! && history.week[i]! <= to;
        i++
      ) {
        addPlan(history.week[i]!);
        if (next < at && plan.week[order[next]!] === history.week[i]) continue;
        b.add(key, history.week[i]!, history.price[i]!, history.base[i]!, history.drivers, i);
        lastWeek = history.week[i]!;
      }
    }
    addPlan(Number.POSITIVE_INFINITY);
    if (s >= 0 && range && firstPlan === at) {
      const end = start[s + 1]! - 1;
      if (history.week[end]! >= design.origin - ALIVE) {
        for (let w = Math.max(range[0], lastWeek + 1, history.week[end]! + 1); w <= range[1]; w++)
          b.add(key, w, history.base[end]!, history.base[end]!, null, 0);
      }
    }
    b.finish(key, blockFrom);
  }
  return { sheet: b.sheet(), rowOf };
}

/** First index in [from, to) whose week is at least `week`. */
export function firstAtOrAfter(weeks: Int32Array, from: number, to: number, week: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (weeks[middle]! < week) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each other series of the plan's accounts and categories, the first and last week in which it matters. */
function neighbours(state: State, plan: Plan): Map<number, [number, number]> {
  const { design, seriesKey } = state;
  const ranges = new Map<number, [number, number]>();
  for (let i = 0; i < plan.week.length; i++) {
    const group = plan.account[i]! * design.categoryCount + design.categoryOf[plan.product[i]!]!;
    const w = plan.week[i]!;
    const r = ranges.get(group);
    if (r === undefined) ranges.set(group, [w, w]);
    else {
      r[0] = Math.min(r[0], w);
      r[1] = Math.max(r[1], w);
    }
  }
  const out = new Map<number, [number, number]>();
  for (const key of seriesKey) {
    const group =
      Math.floor(key / design.productCount) * design.categoryCount + design.categoryOf[key % design.productCount]!;
    const r = ranges.get(group);
    if (r) out.set(key, r);
  }
  return out;
}

/** Grows a sheet row by row. */
class SheetBuilder {
  rows = 0;
  readonly #key: number[] = [];
  readonly #week: number[] = [];
  readonly #price: number[] = [];
  readonly #base: number[] = [];
  readonly #drivers: number[][];
  readonly #state: State;

  constructor(drivers: number, state: State) {
    this.#drivers = Array.from({ length: drivers }, () => []);
    this.#state = state;
  }

  add(
    key: number,
    week: number,
    price: number,
    base: number,
    drivers: readonly Float64Array[] | null,
    i: number,
  ): number {
    this.#key.push(key);
    this.#week.push(week);
    this.#price.push(price);
    this.#base.push(base);
    this.#drivers.forEach((column, d) => {
      column.push(drivers ? drivers[d]![i]! : 0);
    });
    return this.rows++;
  }

  /** Fills unknown prices of the rows added since `from`, all of one series. */
  finish(key: number, from: number): void {
    let unknown = false;
    for (let i = from; i < this.rows; i++)
      unknown ||= Number.isNaN(this.#price[i]!) || Number.isNaN(this.#base[i]!) || this.#price[i]! > this.#base[i]!;
    if (!unknown) return;
    const n = this.rows - from;
    const week = Int32Array.from(this.#week.slice(from));
    const price = Float64Array.from(this.#price.slice(from));
    const base = Float64Array.from(this.#base.slice(from));
    const flagged = new Uint8Array(n);
    this.#drivers.forEach((column, d) => {
      if (this.#state.design.driverKinds[d] === "context") return;
      for (let i = 0; i < n; i++) if (column[from + i]! > 0.05) flagged[i] = 1;
    });
    fillBasePrice(week, price, base, flagged, 0, n, Math.exp(this.#state.design.reference[key]!));
    for (let i = 0; i < n; i++) {
      this.#price[from + i] = price[i]!;
      this.#base[from + i] = base[i]!;
    }
  }

  sheet(): Sheet {
    const products = this.#state.design.productCount;
    return {
      rows: this.rows,
      key: Int32Array.from(this.#key),
      account: Int32Array.from(this.#key, (k) => Math.floor(k / products)),
      product: Int32Array.from(this.#key, (k) => k % products),
      week: Int32Array.from(this.#week),
      price: Float64Array.from(this.#price),
      base: Float64Array.from(this.#base),
      drivers: this.#drivers.map((d) => Float64Array.from(d)),
    };
  }
}
