import type { Driver, Panel } from "../../../forecasting/index.ts";
import type { PanelTable } from "./panelFile.ts";
import type { BacktestSpec } from "./spec.ts";

/** The table as the forecasting module reads it. */
export function toPanel(table: PanelTable, spec: BacktestSpec): Panel {
  const drivers = spec.drivers.map((name, d): Driver => {
    const values = Float64Array.from(table.drivers[d]!);
    return { name, kind: kindOf(values, table), values };
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

/** A column that is 0 in many weeks, never negative, and differs between series of a week is a promotion's support. */
function kindOf(values: Float64Array, table: PanelTable): Driver["kind"] {
  let zeros = 0;
  let differs = false;
  const byWeek = new Map<number, number>();
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v < 0) return "context";
    if (v === 0) zeros++;
    const known = byWeek.get(table.week[i]!);
    if (known === undefined) byWeek.set(table.week[i]!, v);
    else if (known !== v) differs = true;
  }
  const single = table.accounts.list.length * table.products.list.length === 1;
  return (differs || single) && zeros >= 0.1 * values.length ? "support" : "context";
}
