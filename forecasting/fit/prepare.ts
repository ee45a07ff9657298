import { fillBasePrice } from "../panel/baseprice.ts";
import { chooseColumns, type Design } from "../panel/columns.ts";
import { checkPanel, gather, gatherInt, type Sheet, sortedOrder } from "../panel/sheet.ts";
import type { Panel } from "../types.ts";
import { designMatrix, type Pressure, pressureOf, WeekTables } from "./design.ts";
import type { Level, Pooling } from "./pooling.ts";
import { isPromoted } from "./state.ts";

/** A panel made ready for estimation: sorted rows, everyday prices, regressors, the log target and its noise. */
export interface Prepared {
  readonly design: Design;
  readonly sheet: Sheet;
  readonly pressure: Pressure;
  readonly tables: WeekTables;
  readonly promoted: Uint8Array;
  readonly units: Float64Array;
  readonly x: Float64Array;
  /** ln units less `centre`. */
  readonly y: Float64Array;
  /** Relative noise before robust weights. */
  readonly noise: Float64Array;
  readonly centre: number;
  readonly seriesKey: Int32Array;
  readonly seriesOf: Int32Array;
  readonly start: Int32Array;
  readonly levels: readonly Level[];
  readonly own: Int32Array;
}

/** A checked panel as the estimation reads it: series in order, ln units, columns, and how noisy each row is. @throws ForecastError */
export function prepare(panel: Panel): Prepared {
  checkPanel(panel);
  const products = panel.products.length;
  const order = sortedOrder(panel, products);
  const n = order.length;
  const account = gatherInt(panel.account, order);
  const product = gatherInt(panel.product, order);
  const week = gatherInt(panel.week, order);
  const units = gather(panel.units, order);
  const drivers = panel.drivers.map((d) => gather(d.values, order));
  const key = new Int32Array(n);
  for (let i = 0; i < n; i++) key[i] = account[i]! * products + product[i]!;

  const starts: number[] = [];
  for (let i = 0; i < n; i++) if (i === 0 || key[i] !== key[i - 1]) starts.push(i);
  const series = starts.length;
  const start = Int32Array.from([...starts, n]);
  const seriesKey = Int32Array.from(starts, (i) => key[i]!);
  const seriesOf = new Int32Array(panel.accounts.length * products).fill(-1);
  for (let s = 0; s < series; s++) seriesOf[seriesKey[s]!] = s;

  const kinds = panel.drivers.map((d) => d.kind);
  const flagged = new Uint8Array(n);
  const scale = new Float64Array(drivers.length);
  const active: boolean[] = [];
  drivers.forEach((values, d) => {
    let largest = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const v = values[i]!;
      largest = Math.max(largest, Math.abs(v));
      low = Math.min(low, v);
      high = Math.max(high, v);
      if (kinds[d] !== "context" && v > 0.05) flagged[i] = 1;
    }
    scale[d] = Math.max(1, largest);
    active.push(high > low);
  });

  const price = gather(panel.price, order);
  const base = gather(panel.basePrice, order);
  const fallback = meanPrice(price, base);
  for (let s = 0; s < series; s++) fillBasePrice(week, price, base, flagged, start[s]!, start[s + 1]!, fallback);
  const sheet: Sheet = { rows: n, key, account, product, week, price, base, drivers };

  const categories = [...new Set(panel.categories)];
  const categoryOf = Int32Array.from(panel.categories, (c) => categories.indexOf(c));
  let origin = week[0]!;
  let first = week[0]!;
  for (let i = 0; i < n; i++) {
    origin = Math.max(origin, week[i]!);
    first = Math.min(first, week[i]!);
  }
  const reference = referencePrices(sheet, start, seriesKey, seriesOf.length, products, fallback);
  const share = categoryShares(
    units,
    sheet,
    start,
    seriesKey,
    seriesOf.length,
    categoryOf,
    panel.accounts.length,
    categories.length,
  );
  const cross = seriesKey.some(
    (k, s) => s > 0 && Math.floor(k / products) === Math.floor(seriesKey[s - 1]! / products),
  );
  const brandOf = brandsOf(panel);
  const columns = chooseColumns(
    panel.drivers.map((d) => d.name),
    kinds,
    active,
    panel.season,
    origin - first + 1,
    cross,
    brandOf !== null,
  );
  const design: Design = {
    columns,
    driverNames: panel.drivers.map((d) => d.name),
    driverKinds: kinds,
    scale,
    productCount: products,
    categoryCount: categories.length,
    categoryOf,
    brandOf,
    reference,
    share,
    seasons: panel.season !== null,
    period: panel.season === 52 ? 52.1775 : (panel.season ?? 52),
    lift: null,
    origin,
  };
  const pressure = pressureOf(design, sheet);
  const tables = new WeekTables(week);
  const promoted = new Uint8Array(n);
  for (let i = 0; i < n; i++)
    promoted[i] = isPromoted(pressure.depth[i]!, pressure.total[i]!, pressure.support[i]!) ? 1 : 0;
  const target = logTarget(units, gather(panel.outOfStock, order), start);
  return {
    design,
    sheet,
    pressure,
    tables,
    promoted,
    units,
    x: designMatrix(design, sheet, pressure, tables),
    ...target,
    seriesKey,
    seriesOf,
    start,
    levels: levelsOf(design, seriesKey, panel.accounts.length, categories.length),
    own: Int32Array.from(columns.flatMap((c, j) => (c.varies.series ? [j] : []))),
  };
}

/** Brand index by product, where brands tell something that products and categories do not. */
function brandsOf(panel: Panel): Int32Array | null {
  const { brands, categories } = panel;
  if (!brands) return null;
  const names = [...new Set(brands)];
  const inside = new Set(brands.map((b, q) => `${b}|${categories[q]}`)).size;
  if (names.length === brands.length || inside === new Set(categories).size) return null;
  return Int32Array.from(brands, (b) => names.indexOf(b));
}

function meanPrice(price: Float64Array, base: Float64Array): number {
  let sum = 0;
  let n = 0;
  for (let i = 0; i < price.length; i++) {
    const v = Number.isNaN(price[i]!) ? base[i]! : price[i]!;
    if (Number.isNaN(v)) continue;
    sum += v;
    n++;
  }
  return n > 0 ? sum / n : 1;
}

/** Mean ln everyday price by series key; a series without rows takes its product's mean. */
function referencePrices(
  sheet: Sheet,
  start: Int32Array,
  seriesKey: Int32Array,
  keys: number,
  products: number,
  fallback: number,
): Float64Array {
  const out = new Float64Array(keys).fill(Number.NaN);
  const sums = new Float64Array(products);
  const counts = new Float64Array(products);
  seriesKey.forEach((key, s) => {
    let sum = 0;
    for (let i = start[s]!; i < start[s + 1]!; i++) sum += Math.log(sheet.base[i]!);
    out[key] = sum / (start[s + 1]! - start[s]!);
    sums[key % products]! += out[key]!;
    counts[key % products]!++;
  });
  for (let k = 0; k < keys; k++) {
    if (Number.isNaN(out[k]!))
      out[k] = counts[k % products]! > 0 ? sums[k % products]! / counts[k % products]! : Math.log(fallback);
  }
  return out;
}

/** A series' part of its account's units in the category (mean of the weeks it was sold). */
function categoryShares(
  units: Float64Array,
  sheet: Sheet,
  start: Int32Array,
  seriesKey: Int32Array,
  keys: number,
  categoryOf: Int32Array,
  accounts: number,
  categories: number,
): Float64Array {
  const out = new Float64Array(keys);
  const totals = new Float64Array(accounts * categories);
  const group = (i: number) => sheet.account[i]! * categories + categoryOf[sheet.product[i]!]!;
  seriesKey.forEach((key, s) => {
    let sum = 0;
    let n = 0;
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      if (Number.isNaN(units[i]!)) continue;
      sum += units[i]!;
      n++;
    }
    out[key] = n > 0 ? sum / n : 0;
    totals[group(start[s]!)]! += out[key]!;
  });
  seriesKey.forEach((key, s) => {
    const total = totals[group(start[s]!)]!;
    out[key] = total > 0 ? out[key]! / total : 0;
  });
  return out;
}

/**
 * ln units, centred. Zeros become half the smallest positive week of their series. A week out of stock for a share o ≤ ½
 * counts as units / (1 − o) with more noise; above that, or with unknown units, it is not observed (noise Infinity).
 */
function logTarget(
  units: Float64Array,
  outOfStock: Float64Array,
  start: Int32Array,
): { y: Float64Array; noise: Float64Array; centre: number } {
  const n = units.length;
  const y = new Float64Array(n);
  const noise = new Float64Array(n).fill(1);
  let smallestAll = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i++) if (units[i]! > 0) smallestAll = Math.min(smallestAll, units[i]!);
  if (!Number.isFinite(smallestAll)) smallestAll = 1;
  let centre = 0;
  let used = 0;
  for (let s = 0; s + 1 < start.length; s++) {
    let smallest = Number.POSITIVE_INFINITY;
    let sum = 0;
    let count = 0;
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      if (!(units[i]! > 0)) continue;
      smallest = Math.min(smallest, units[i]!);
      sum += units[i]!;
      count++;
    }
    const floor = count > 0 ? Math.max(smallest / 2, (0.01 * sum) / count) : smallestAll / 2;
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      const o = Number.isNaN(outOfStock[i]!) ? 0 : outOfStock[i]!;
      if (Number.isNaN(units[i]!) || o > 0.5) {
        noise[i] = Number.POSITIVE_INFINITY;
        continue;
      }
      noise[i] = 1 / (1 - o) ** 2;
      y[i] = Math.log(Math.max(units[i]! / (1 - o), floor));
      centre += y[i]!;
      used++;
    }
  }
  centre = used > 0 ? centre / used : 0;
  for (let i = 0; i < n; i++) y[i]! -= centre;
  return { y, noise, centre };
}

/** Levels of pooling; one that coincides with another (one category, one product an account) is left out. */
function levelsOf(design: Design, seriesKey: Int32Array, accounts: number, categories: number): Level[] {
  const { columns, productCount } = design;
  const series = seriesKey.length;
  const every = Int32Array.from(columns.keys());
  const accountOf = Int32Array.from(seriesKey, (k) => Math.floor(k / productCount));
  const productOf = Int32Array.from(seriesKey, (k) => k % productCount);
  const categoryOf = Int32Array.from(productOf, (q) => design.categoryOf[q]!);
  const distinct = (groups: Int32Array) => new Set(groups).size;
  const pick = (at: "account" | "product") => Int32Array.from(columns.flatMap((c, j) => (c.varies[at] ? [j] : [])));
  const levels: Level[] = [{ name: "all", groups: 1, groupOf: new Int32Array(series), columns: every }];
  if (distinct(categoryOf) > 1)
    levels.push({ name: "category", groups: categories, groupOf: categoryOf, columns: every });
  if (distinct(accountOf) > 1 && distinct(productOf) > 1)
    levels.push({ name: "account", groups: accounts, groupOf: accountOf, columns: pick("account") });
  const manyAccounts = distinct(accountOf) > 1;
  if (distinct(productOf) > 1 && manyAccounts)
    levels.push({ name: "product", groups: productCount, groupOf: productOf, columns: pick("product") });
  return levels;
}

/** The same panel with lags and cross effects measured in gains, by a first estimate's coefficients. */
export function withGains(data: Prepared, pooling: Pooling): Prepared {
  const p = data.design.columns.length;
  const design: Design = {
    ...data.design,
    lift: { beta: pooling.beta, seriesOf: data.seriesOf, fallback: pooling.effects[0]!.slice(0, p) },
  };
  return { ...data, design, x: designMatrix(design, data.sheet, data.pressure, data.tables) };
}
