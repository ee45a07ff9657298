import { ForecastError } from "../errors.ts";
import type { Driver, Panel, Plan } from "../types.ts";

/**
 * Rows sorted by series (account × products + product) and week: the form every computation works on.
 * `base` is the everyday price (never below the shelf price), `depth` = ln(base / price) ≥ 0.
 */
export interface Sheet {
  readonly rows: number;
  /** account × number of products + product. */
  readonly key: Int32Array;
  readonly account: Int32Array;
  readonly product: Int32Array;
  readonly week: Int32Array;
  readonly price: Float64Array;
  readonly base: Float64Array;
  /** Raw driver columns in the model's order. */
  readonly drivers: readonly Float64Array[];
}

/** Indices of rows by (account, product, week), null where the rows stand so already. Throws on a duplicate. */
export function rowOrder(plan: Plan, products: number): Int32Array | null {
  const n = plan.week.length;
  const key = (i: number) => plan.account[i]! * products + plan.product[i]!;
  let sorted = true;
  for (let i = 1; i < n && sorted; i++) {
    const d = key(i) - key(i - 1);
    if (d < 0 || (d === 0 && plan.week[i]! <= plan.week[i - 1]!)) sorted = false;
  }
  if (sorted) return null;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  order.sort((x, y) => key(x) - key(y) || plan.week[x]! - plan.week[y]!);
  for (let k = 1; k < n; k++) {
    const x = order[k - 1]!;
    const y = order[k]!;
    if (key(x) === key(y) && plan.week[x] === plan.week[y]) {
      throw new ForecastError(
        "duplicate_row",
        `Account ${plan.account[x]}, product ${plan.product[x]} has two rows in week ${plan.week[x]}.`,
      );
    }
  }
  return order;
}

/** The same, as indices in any case. */
export function sortedOrder(plan: Plan, products: number): Int32Array {
  return rowOrder(plan, products) ?? Int32Array.from({ length: plan.week.length }, (_, i) => i);
}

/** Checks shapes, indices and values of a plan; the first problem is named. */
export function checkPlan(plan: Plan, accounts: number, products: number): void {
  const n = plan.week.length;
  const columns: [string, ArrayLike<number>][] = [
    ["account", plan.account],
    ["product", plan.product],
    ["price", plan.price],
    ["basePrice", plan.basePrice],
    ...plan.drivers.map((d): [string, ArrayLike<number>] => [d.name, d.values]),
  ];
  for (const [name, values] of columns) {
    if (values.length !== n)
      throw new ForecastError("bad_shape", `Column ${name} has ${values.length} values for ${n} weeks.`);
  }
  const names = new Set(plan.drivers.map((d) => d.name));
  if (names.size !== plan.drivers.length) throw new ForecastError("bad_shape", "Two drivers have the same name.");
  for (let i = 0; i < n; i++) {
    const a = plan.account[i]!;
    const p = plan.product[i]!;
    if (a < 0 || a >= accounts)
      throw new ForecastError("bad_index", `Row ${i}: account ${a} is not one of ${accounts}.`);
    if (p < 0 || p >= products)
      throw new ForecastError("bad_index", `Row ${i}: product ${p} is not one of ${products}.`);
    if (!possible(plan.price[i]!)) throw impossible(i, "price", plan.price[i]!);
    if (!possible(plan.basePrice[i]!)) throw impossible(i, "base price", plan.basePrice[i]!);
  }
  for (const d of plan.drivers) {
    for (let i = 0; i < n; i++) {
      if (!Number.isFinite(d.values[i]!))
        throw new ForecastError("bad_value", `Row ${i}: driver ${d.name} is ${d.values[i]}; it must be a number.`);
    }
  }
}

function possible(price: number): boolean {
  return Number.isNaN(price) || (price > 0 && Number.isFinite(price));
}

function impossible(row: number, name: string, value: number): ForecastError {
  return new ForecastError("bad_value", `Row ${row}: the ${name} is ${value}; it must be more than 0 (or unknown).`);
}

/** Checks the parts a panel has on top of a plan. */
export function checkPanel(panel: Panel): void {
  const n = panel.week.length;
  if (n === 0) throw new ForecastError("empty_panel", "The panel has no rows.");
  if (panel.categories.length !== panel.products.length) {
    throw new ForecastError(
      "bad_shape",
      `There are ${panel.products.length} products and ${panel.categories.length} categories.`,
    );
  }
  if (panel.brands && panel.brands.length !== panel.products.length) {
    throw new ForecastError(
      "bad_shape",
      `There are ${panel.products.length} products and ${panel.brands.length} brands.`,
    );
  }
  if (panel.units.length !== n)
    throw new ForecastError("bad_shape", `Column units has ${panel.units.length} values for ${n} weeks.`);
  if (panel.outOfStock.length !== n)
    throw new ForecastError("bad_shape", `Column outOfStock has ${panel.outOfStock.length} values for ${n} weeks.`);
  if (panel.season !== null && !(panel.season > 1))
    throw new ForecastError("bad_value", "The season must be more than one week, or null.");
  checkPlan(panel, panel.accounts.length, panel.products.length);
  for (let i = 0; i < n; i++) {
    const u = panel.units[i]!;
    if (u < 0 || u === Number.POSITIVE_INFINITY)
      throw new ForecastError("bad_value", `Row ${i}: units are ${u}; they must be 0 or more.`);
    const o = panel.outOfStock[i]!;
    if (o < 0 || o > 1)
      throw new ForecastError("bad_value", `Row ${i}: out of stock is ${o}; it is a share between 0 and 1.`);
  }
}

/** Driver columns of a plan in the model's order; an absent one is 0, an unknown one an error. */
export function alignDrivers(drivers: readonly Driver[], names: readonly string[], rows: number): Float64Array[] {
  for (const d of drivers) {
    if (!names.includes(d.name))
      throw new ForecastError("unknown_driver", `The model was fitted without a driver named ${d.name}.`);
  }
  return names.map((name) => drivers.find((d) => d.name === name)?.values ?? new Float64Array(rows));
}

/** values[order[i]] as a new array; the array itself where there is no other order. */
export function gather(values: Float64Array, order: Int32Array | null): Float64Array {
  if (!order) return values;
  const out = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]!]!;
  return out;
}

/** The same of whole numbers. */
export function gatherInt(values: Int32Array, order: Int32Array | null): Int32Array {
  if (!order) return values;
  const out = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) out[i] = values[order[i]!]!;
  return out;
}
