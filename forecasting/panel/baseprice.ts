/** Weeks of a price's own past that decide its everyday level. */
const WINDOW = 17;
const QUANTILE = 0.8;
/** Weight of a week in which a support or another mechanic ran. */
const PROMOTED_WEIGHT = 0.25;

/**
 * Fills unknown everyday prices of one series: the weighted 0.8 quantile of the shelf prices of the last 17 weeks, this
 * one included, and never below the shelf price. Only the past is used, so a week's value does not change when later
 * weeks arrive (the first four weeks of a series share their common quantile). An unknown shelf price becomes the base.
 * @param price, base, promoted: rows of one series by week, [from, to); price and base are written over
 */
export function fillBasePrice(
  week: Int32Array,
  price: Float64Array,
  base: Float64Array,
  promoted: Uint8Array,
  from: number,
  to: number,
  fallback: number,
): void {
  const known = price.slice(from, to);
  const window = new Window();
  let first = from;
  let end = from;
  for (let i = from; i < to; i++) {
    while (week[i]! - week[first]! >= WINDOW) {
      if (first < end) window.remove(known[first - from]!, promoted[first]!);
      else end++;
      first++;
    }
    if (Number.isNaN(base[i]!)) {
      const last = first === from ? Math.max(i, Math.min(to - 1, from + 3)) : i;
      for (; end <= last; end++) window.add(known[end - from]!, promoted[end]!);
      for (; end > last + 1; end--) window.remove(known[end - 1 - from]!, promoted[end - 1]!);
      base[i] = window.quantile() ?? (i > from ? base[i - 1]! : fallback);
    }
    if (Number.isNaN(price[i]!)) price[i] = base[i]!;
    else if (price[i]! > base[i]!) base[i] = price[i]!;
  }
}

/** Are all prices known, and none above its everyday price? Then `fillBasePrice` would change nothing. */
export function isFilled(price: Float64Array, base: Float64Array): boolean {
  for (let i = 0; i < price.length; i++) if (!(price[i]! <= base[i]!)) return false;
  return true;
}

/** Known prices of the weeks that count, in order, with their weights. */
class Window {
  readonly #values = new Float64Array(WINDOW + 4);
  readonly #weights = new Float64Array(WINDOW + 4);
  #n = 0;
  #total = 0;

  add(value: number, promoted: number): void {
    if (Number.isNaN(value)) return;
    const weight = promoted ? PROMOTED_WEIGHT : 1;
    let at = this.#n++;
    for (; at > 0 && this.#values[at - 1]! > value; at--) {
      this.#values[at] = this.#values[at - 1]!;
      this.#weights[at] = this.#weights[at - 1]!;
    }
    this.#values[at] = value;
    this.#weights[at] = weight;
    this.#total += weight;
  }

  /** Takes out what was added with the same two. */
  remove(value: number, promoted: number): void {
    if (Number.isNaN(value)) return;
    const weight = promoted ? PROMOTED_WEIGHT : 1;
    let at = 0;
    while (this.#values[at] !== value || this.#weights[at] !== weight) at++;
    this.#n--;
    this.#total -= weight;
    for (; at < this.#n; at++) {
      this.#values[at] = this.#values[at + 1]!;
      this.#weights[at] = this.#weights[at + 1]!;
    }
  }

  quantile(): number | undefined {
    let run = 0;
    for (let k = 0; k < this.#n; k++) {
      run += this.#weights[k]!;
      if (run >= QUANTILE * this.#total) return this.#values[k];
    }
    return undefined;
  }
}
