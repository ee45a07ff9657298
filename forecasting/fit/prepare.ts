import { fillBasePrice, isFilled } from "../panel/baseprice.ts";
import { chooseColumns, type Design } from "../panel/columns.ts";
import { checkPanel, gather, gatherInt, rowOrder, type Sheet } from "../panel/sheet.ts";
import type { Panel } from "../types.ts";
import { type Pressure, pressureOf, WeekTables } from "./design.ts";
import type { Level, Pooling } from "./pooling.ts";
import { RowSource, rowsOf } from "./rows.ts";
import { isPromoted } from "./state.ts";
import { Target } from "./target.ts";

/** A panel made ready for estimation: sorted rows, everyday prices, regressors, the log target and its noise. */
export interface Prepared {
  readonly design: Design;
  readonly sheet: Sheet;
  readonly tables: WeekTables;
  readonly promoted: Uint8Array;
  readonly units: Float64Array;
  readonly target: Target;
  /** Regressors, target and noise, series by series. */
  readonly rows: RowSource;
  /** The same of all rows at once, for what needs them so: made when first asked for. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly noise: Float64Array;
  readonly pressure: Pressure;
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
  const order = rowOrder(panel, products);
  const n = panel.week.length;
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

  let price = gather(panel.price, order);
  let base = gather(panel.basePrice, order);
  const fallback = meanPrice(price, base);
  if (!isFilled(price, base)) {
    // The panel's own columns are not written over.
    if (price === panel.price) [price, base] = [price.slice(), base.slice()];
    for (let s = 0; s < series; s++) fillBasePrice(week, price, base, flagged, start[s]!, start[s + 1]!, fallback);
  }
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
  return withDesign(design, {
    sheet,
    tables: new WeekTables(week),
    promoted: promotedRows(design, sheet, start),
    units,
    target: new Target(units, gather(panel.outOfStock, order), start),
    seriesKey,
    seriesOf,
    start,
    levels: levelsOf(design, seriesKey, panel.accounts.length, categories.length),
    own: Int32Array.from(columns.flatMap((c, j) => (c.varies.series ? [j] : []))),
  });
}

type Parts = Omit<Prepared, "design" | "rows" | "x" | "y" | "noise" | "pressure">;

/** The panel's rows by the regressors of a design. */
function withDesign(design: Design, parts: Parts): Prepared {
  const rows = new RowSource(design, parts.sheet, parts.tables, parts.start, parts.target);
  let pressure: Pressure | null = null;
  return {
    ...parts,
    design,
    rows,
    get x() {
      return rows.whole().x;
    },
    get y() {
      return rows.whole().y;
    },
    get noise() {
      return rows.whole().noise;
    },
    get pressure() {
      pressure ??= pressureOf(design, parts.sheet);
      return pressure;
    },
  };
}

/** 1 where a promotion ran, by row. */
export function promotedRows(design: Design, sheet: Sheet, start: Int32Array): Uint8Array {
  const out = new Uint8Array(sheet.rows);
  for (let s = 0; s + 1 < start.length; s++) {
    const from = start[s]!;
    const part = rowsOf(sheet, from, start[s + 1]!);
    const { depth, total, support } = pressureOf(design, part);
    for (let k = 0; k < part.rows; k++) out[from + k] = isPromoted(depth[k]!, total[k]!, support[k]!) ? 1 : 0;
  }
  return out;
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
  const lift = { beta: pooling.beta, seriesOf: data.seriesOf, fallback: pooling.effects[0]!.slice(0, p) };
  const { sheet, tables, promoted, units, target, seriesKey, seriesOf, start, levels, own } = data;
  const parts = { sheet, tables, promoted, units, target, seriesKey, seriesOf, start, levels, own };
  return withDesign({ ...data.design, lift }, parts);
}
