import { ForecastError } from "../errors.ts";
import { CROSS_SUPPORT } from "../fit/crossSums.ts";
import { type State, stateOf } from "../fit/state.ts";
import { firstAtOrAfter } from "../panel/merge.ts";
import { units } from "../predict/forecast.ts";
import { type Predicted, predict } from "../predict/predict.ts";
import type { Model, Plan } from "../types.ts";
import { meanShift } from "./decompose.ts";
import { type Gradient, gradientVariance } from "./gradient.ts";

/** A past event as the panel's weeks see it. */
export interface PastEvent {
  readonly account: number;
  readonly products: readonly number[];
  /** Weeks of the in-store window. */
  readonly weeks: readonly number[];
  /** Weeks after it in which a dip is counted. */
  readonly postWeeks: number;
}

/** Units of an event by the field's terms; true = gross − dip − cannibalised + halo. */
export interface EventResult {
  readonly units: number;
  readonly baseline: number;
  readonly grossIncremental: number;
  readonly dip: number;
  readonly cannibalised: number;
  readonly halo: number;
  readonly trueIncremental: number;
  /** Standard error of `trueIncremental`: coefficients, local level and the weeks' own noise. */
  readonly se: number;
  readonly q025: number;
  readonly q10: number;
  readonly q90: number;
  readonly q975: number;
  /** Promoted rows found in the history. */
  readonly rows: number;
}

/** What the form of a dip and of cross effects may be out by, as a share of them: no coefficient's error knows it. */
const DIP_FORM = 0.2;
const CROSS_FORM = 0.3;

/**
 * Measures a past event against what would have been: its promoted products' window and the weeks after it, and the
 * account's other products of the same categories in the window. The counterfactual sets price to the everyday price and
 * supports and mechanics to 0 in the event's own cells only; the local level comes from unpromoted weeks around it.
 * Dip, cannibalisation and halo are the model's (pooled) effects: a sum of max(0, B − A) over noise would never be 0.
 */
export function evaluateEvent(model: Model, event: PastEvent): EventResult {
  const state = stateOf(model);
  if (event.account < 0 || event.account >= model.accounts.length)
    throw new ForecastError("bad_index", `Account ${event.account} is not one of ${model.accounts.length}.`);
  if (event.products.some((q) => q < 0 || q >= model.products.length))
    throw new ForecastError("bad_index", "A product of the event is not in the model.");
  const cells = eventCells(state, event);
  const a = predict(model, cells.on);
  const b = predict(model, cells.off);
  const p = state.design.columns.length;
  const gradients = new Map<number, { account: number; product: number; values: Float64Array; level: number }>();
  const noise = new NoiseSum();
  let sold = 0;
  let baseline = 0;
  let dip = 0;
  let cannibalised = 0;
  let halo = 0;
  cells.rows.forEach((row, i) => {
    const B = units(b.mu[i]! + meanShift(state, b, i));
    const key = state.history.key[row]!;
    let g = gradients.get(key);
    if (!g) {
      g = { account: event.account, product: state.history.product[row]!, values: new Float64Array(p), level: 0 };
      gradients.set(key, g);
    }
    const sd = Math.sqrt(b.noiseVariance[i]!) * state.calibration.spread[0];
    if (cells.role[i] === 0) {
      const observed = state.units[row]!;
      const product = state.history.product[row]!;
      const A = Number.isNaN(observed) ? units(a.mu[i]! + meanShift(state, a, i)) : observed;
      sold += A;
      baseline += B;
      for (let j = 0; j < p; j++) g.values[j]! -= B * b.x[i * p + j]!;
      g.level += B * Math.sqrt(b.levelVariance[i]!);
      noise.add(product, state.design.categoryOf[product]!, state.history.week[row]!, B * sd);
      return;
    }
    const change = a.mu[i]! - b.mu[i]!;
    if (change === 0) return;
    const lost = -B * Math.expm1(change);
    if (cells.role[i] === 1) {
      if (lost <= 0) return;
      dip += lost;
    } else
      for (const part of crossParts(state, a, b, i, change)) {
        const units = (B * Math.expm1(change) * part) / change;
        if (units > 0) halo += units;
        else cannibalised -= units;
      }
    for (let j = 0; j < p; j++) {
      const x0 = b.x[i * p + j]!;
      g.values[j]! += -lost * x0 + B * Math.exp(change) * (a.x[i * p + j]! - x0);
    }
  });
  const gross = sold - baseline;
  const trueIncremental = gross - dip - cannibalised + halo;
  let level = 0;
  for (const g of gradients.values()) level += g.level ** 2;
  const list: Gradient[] = [...gradients.values()];
  const form = (DIP_FORM * dip) ** 2 + (CROSS_FORM * (cannibalised + halo)) ** 2;
  const se = Math.sqrt(
    gradientVariance(state, list) + level + noise.variance(state.sharedByProduct, state.sharedByAccount) + form,
  );
  return {
    units: sold,
    baseline,
    grossIncremental: gross,
    dip,
    cannibalised,
    halo,
    trueIncremental,
    se,
    q025: trueIncremental - 1.959964 * se,
    q10: trueIncremental - 1.281552 * se,
    q90: trueIncremental + 1.281552 * se,
    q975: trueIncremental + 1.959964 * se,
    rows: cells.role.reduce((sum, role) => sum + (role === 0 ? 1 : 0), 0),
  };
}

/** A row's change of ln units by what makes it: the support of others, and all else (the volume that others gain). */
function crossParts(state: State, on: Predicted, off: Predicted, i: number, change: number): [number, number] {
  const { columns } = state.design;
  let support = 0;
  columns.forEach((c, j) => {
    if (c.role !== "cross" || c.at !== CROSS_SUPPORT) return;
    const at = i * columns.length + j;
    support += on.beta[on.betaAt[i]! + j]! * (on.x[at]! - off.x[at]!);
  });
  return [support, change - support];
}

/** Weekly noise of an event's rows: own part independent, shared parts common to a week. */
class NoiseSum {
  #own = 0;
  readonly #weeks = new Map<string, number>();
  readonly #products = new Map<string, number>();

  add(product: number, category: number, week: number, sd: number): void {
    this.#own += sd * sd;
    const shelf = `${category}/${week}`;
    this.#weeks.set(shelf, (this.#weeks.get(shelf) ?? 0) + sd);
    const key = `${product}/${week}`;
    this.#products.set(key, (this.#products.get(key) ?? 0) + sd);
  }

  variance(byProduct: number, byAccount: number): number {
    let v = this.#own * (1 - byProduct - byAccount);
    for (const sd of this.#weeks.values()) v += byAccount * sd * sd;
    for (const sd of this.#products.values()) v += byProduct * sd * sd;
    return v;
  }
}

/** History rows of an event (role 0: promoted cells, 1: the weeks after, 2: other products in the window), as they were and without it. */
export function eventCells(
  state: State,
  event: PastEvent,
): { readonly rows: number[]; readonly role: number[]; readonly on: Plan; readonly off: Plan } {
  const { rows, role } = eventRows(state, event);
  const on = planOf(state, rows);
  const off: Plan = {
    ...on,
    price: on.price.map((v, i) => (role[i] === 0 ? on.basePrice[i]! : v)),
    drivers: on.drivers.map((d) =>
      d.kind === "context" ? d : { ...d, values: d.values.map((v, i) => (role[i] === 0 ? 0 : v)) },
    ),
  };
  return { rows, role, on, off };
}

function eventRows(state: State, event: PastEvent): { rows: number[]; role: number[] } {
  const { design, seriesOf, start, history } = state;
  const promoted = new Set(event.products);
  const categories = new Set(event.products.map((q) => design.categoryOf[q]!));
  const weeks = new Set(event.weeks);
  const first = Math.min(...event.weeks);
  const last = Math.max(...event.weeks);
  const rows: number[] = [];
  const role: number[] = [];
  if (event.weeks.length === 0) return { rows, role };
  for (let q = 0; q < design.productCount; q++) {
    if (!categories.has(design.categoryOf[q]!)) continue;
    const s = seriesOf[event.account * design.productCount + q]!;
    if (s < 0) continue;
    const own = promoted.has(q);
    const to = own ? last + event.postWeeks : last;
    for (
      let i = firstAtOrAfter(history.week, start[s]!, start[s + 1]!, first);
      i < start[s + 1]! && history.week[i]! <= to;
      i++
    ) {
      const inside = weeks.has(history.week[i]!);
      if (!inside && !(own && history.week[i]! > last)) continue;
      rows.push(i);
      role.push(own ? (inside ? 0 : 1) : 2);
    }
  }
  return { rows, role };
}

/** History rows as a plan. */
export function planOf(state: State, rows: readonly number[]): Plan {
  const { history, design } = state;
  return {
    account: Int32Array.from(rows, (i) => history.account[i]!),
    product: Int32Array.from(rows, (i) => history.product[i]!),
    week: Int32Array.from(rows, (i) => history.week[i]!),
    price: Float64Array.from(rows, (i) => history.price[i]!),
    basePrice: Float64Array.from(rows, (i) => history.base[i]!),
    drivers: design.driverNames.map((name, d) => ({
      name,
      kind: design.driverKinds[d]!,
      values: Float64Array.from(rows, (i) => history.drivers[d]![i]!),
    })),
  };
}
