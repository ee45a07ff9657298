import type { Driver, Panel } from "../../../forecasting/index.ts";
import type { PanelTable } from "./panelFile.ts";
import type { BacktestSpec } from "./spec.ts";

/** The table as the forecasting module reads it. */
export function toPanel(table: PanelTable, spec: BacktestSpec): Panel {
  const drivers = spec.drivers.map((name, d): Driver => {
    const given = table.drivers[d]!;
    const kind = kindOf(given, table);
    // Nothing is said of a support that did not run; what always has a value had its usual one.
    const usual = kind === "context" ? middle(given) : 0;
    return { name, kind, values: Float64Array.from(given, (v) => (Number.isNaN(v) ? usual : v)) };
  });
  return {
    accounts: table.accounts.list,
    products: table.products.list,
    categories: table.categories,
    account: Int32Array.from(table.account),
    product: Int32Array.from(table.product),
    week: Int32Array.from(table.week),
    price: Float64Array.from(table.price),
    basePrice: Float64Array.from(table.base),
    units: Float64Array.from(table.units),
    outOfStock: new Float64Array(table.week.length),
    season: spec.season,
    drivers,
  };
}

/** Share of its largest value under which a support is as good as not there. */
const FAINT = 0.05;
/** Share of rows in which a support is not there, at least. */
const QUIET = 0.1;

/**
 * A column that is nothing or next to it in many weeks, never negative, and differs between series of a week is a
 * promotion's support; every other one is the week's context.
 */
function kindOf(values: readonly number[], table: PanelTable): Driver["kind"] {
  let largest = 0;
  for (const v of values) {
    if (v < 0) return "context";
    if (v > largest) largest = v;
  }
  let faint = 0;
  let differs = false;
  const byWeek = new Map<number, number>();
  values.forEach((v, i) => {
    if (!(v > FAINT * largest)) faint++;
    if (Number.isNaN(v)) return;
    const known = byWeek.get(table.week[i]!);
    if (known === undefined) byWeek.set(table.week[i]!, v);
    else if (known !== v) differs = true;
  });
  const single = table.accounts.list.length * table.products.list.length === 1;
  return (differs || single) && faint >= QUIET * values.length ? "support" : "context";
}

function middle(values: readonly number[]): number {
  const known = Float64Array.from(values.filter((v) => !Number.isNaN(v))).sort();
  return known.length > 0 ? known[known.length >> 1]! : 0;
}
