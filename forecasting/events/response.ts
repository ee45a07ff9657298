import { ForecastError } from "../errors.ts";
import { priorOf, type State, stateOf } from "../fit/state.ts";
import type { Model, Response } from "../types.ts";
import { type Gradient, gradientVariance } from "./gradient.ts";

/** A response of a group of series; `group` indexes the model's accounts, products, or the names in `label`. */
export interface GroupResponse extends Response {
  readonly group: number;
  readonly label: string;
  /** Series averaged. */
  readonly series: number;
}

const DEPTH_ACTIVE = 0.02;

interface Regressor {
  readonly column: number;
  readonly factor: number;
  readonly driver: number;
}

/**
 * `price`: elasticity to a price cut, d ln units / d ln price, negative. `everyday price`: elasticity to the everyday
 * price. A support: effect on ln units of 1.0 of it without a price cut. A mechanic: effect of one unit of
 * −ln(1 − effective discount), so comparable with minus the price elasticity.
 */
function regressor(state: State, driver: string): Regressor | null {
  const { columns, driverNames, scale } = state.design;
  if (driver === "price") return { column: columns.findIndex((c) => c.role === "depth"), factor: -1, driver: -1 };
  if (driver === "everyday price")
    return { column: columns.findIndex((c) => c.role === "base"), factor: 1, driver: -2 };
  const d = driverNames.indexOf(driver);
  if (d < 0)
    throw new ForecastError(
      "unknown_driver",
      `The model has no driver named ${driver}; it has price, everyday price${driverNames.map((n) => `, ${n}`).join("")}.`,
    );
  const column = columns.findIndex(
    (c) => c.at === d && (c.role === "support" || c.role === "mechanic" || c.role === "context"),
  );
  if (column < 0) return null;
  return { column, factor: columns[column]!.role === "mechanic" ? 1 : 1 / scale[d]!, driver: d };
}

/** The response of one account × product, partly pooled. A driver that never varied answers 0 with the error of its prior. */
export function responseOf(model: Model, account: number, product: number, driver: string): Response {
  const state = stateOf(model);
  if (!(account >= 0 && account < model.accounts.length))
    throw new ForecastError("bad_index", `Account ${account} is not one of ${model.accounts.length}.`);
  if (!(product >= 0 && product < model.products.length))
    throw new ForecastError("bad_index", `Product ${product} is not one of ${model.products.length}.`);
  return average(state, [[account, product]], regressor(state, driver));
}

/** Responses averaged over the series of each account, product, category, or all of them; groups without series are left out. */
export function responsesBy(
  model: Model,
  driver: string,
  by: "account" | "product" | "category" | "all",
): GroupResponse[] {
  const state = stateOf(model);
  const what = regressor(state, driver);
  const names =
    by === "account"
      ? model.accounts
      : by === "product"
        ? model.products
        : by === "category"
          ? [...new Set(model.categories)]
          : ["all"];
  const members: [number, number][][] = names.map(() => []);
  for (const key of state.seriesKey) {
    const account = Math.floor(key / state.design.productCount);
    const product = key % state.design.productCount;
    const group =
      by === "account"
        ? account
        : by === "product"
          ? product
          : by === "category"
            ? state.design.categoryOf[product]!
            : 0;
    members[group]!.push([account, product]);
  }
  return members.flatMap((list, group) =>
    list.length === 0 ? [] : [{ group, label: names[group]!, series: list.length, ...average(state, list, what) }],
  );
}

function average(state: State, members: readonly (readonly [number, number])[], what: Regressor | null): Response {
  if (!what) return { estimate: 0, se: 1, n: 0 };
  const p = state.design.columns.length;
  let estimate = 0;
  let n = 0;
  const gradients: Gradient[] = members.map(([account, product]) => {
    const s = state.seriesOf[account * state.design.productCount + product]!;
    const beta = s >= 0 ? state.pooling.beta[s * p + what.column]! : priorOf(state, account, product)[what.column]!;
    estimate += (clamped(state, what.column, beta) * what.factor) / members.length;
    if (s >= 0) n += activeRows(state, s, what.driver);
    const values = new Float64Array(p);
    values[what.column] = what.factor / members.length;
    return { account, product, values };
  });
  return { estimate: estimate + 0, se: Math.sqrt(gradientVariance(state, gradients)), n };
}

function clamped(state: State, column: number, beta: number): number {
  const role = state.design.columns[column]!.role;
  if (role === "base") return Math.min(0, beta);
  return role === "depth" || role === "mechanic" ? Math.max(0, beta) : beta;
}

function activeRows(state: State, s: number, driver: number): number {
  const { history, start, design } = state;
  let n = 0;
  for (let i = start[s]!; i < start[s + 1]!; i++) {
    if (driver >= 0) n += history.drivers[driver]![i]! !== 0 ? 1 : 0;
    else if (driver === -1) n += Math.log(history.base[i]! / history.price[i]!) > DEPTH_ACTIVE ? 1 : 0;
    else n += Math.abs(Math.log(history.base[i]!) - design.reference[history.key[i]!]!) > DEPTH_ACTIVE ? 1 : 0;
  }
  return n;
}
