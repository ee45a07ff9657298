import { ForecastError } from "../errors.ts";
import type { Sheet } from "../panel/sheet.ts";
import { placeOf, type ScenarioCells } from "./cells.ts";
import type { LineUp, ScenarioDesign, ScenarioWindow } from "./designs.ts";

/** Weeks between two designs laid out one after another, beyond the reach of any lag. */
const APART = 8;

/** The designs of a line-up in a sheet, with their promotions and without. */
export interface LaidOut {
  readonly on: Sheet;
  readonly off: Sheet;
  /** Row of a product of the line-up under design k in week w of the window and after it; of another product in the window. */
  own(k: number, product: number, w: number): number;
  other(k: number, product: number, w: number): number;
}

/**
 * Every design in weeks of its own, promoted in the window and not after it, the others beside them in the window.
 * @throws ForecastError for a product that is not among the cells, or a driver the model does not know
 */
export function layOut(
  cells: ScenarioCells,
  lineUp: LineUp,
  designs: readonly ScenarioDesign[],
  { weeks, after }: ScenarioWindow,
): LaidOut {
  const { design } = cells.state;
  const span = weeks + after;
  const own = lineUp.products.length;
  const perOwn = designs.length * span;
  const perOther = designs.length * weeks;
  const n = own * perOwn + lineUp.others.length * perOther;
  const key = new Int32Array(n);
  const product = new Int32Array(n);
  const week = new Int32Array(n);
  const base = new Float64Array(n);
  const price = new Float64Array(n);
  const columns = design.driverNames.map(() => new Float64Array(n));
  const context = design.driverNames.map((name, d) =>
    design.driverKinds[d] === "context" ? (cells.plan.drivers.find((c) => c.name === name)?.values ?? null) : null,
  );
  const values = designs.map((one) =>
    Object.entries(one.drivers).map(([name, value]) => {
      const d = design.driverNames.indexOf(name);
      if (d < 0) throw new ForecastError("unknown_driver", `The model was fitted without a driver named ${name}.`);
      return { d, value };
    }),
  );
  const ownAt = (k: number, q: number, w: number): number => q * perOwn + k * span + w;
  const otherAt = (k: number, q: number, w: number): number => own * perOwn + q * perOther + k * weeks + w;
  const add = (i: number, one: number, k: number, w: number): void => {
    const from = placeOf(cells, one) * cells.weeks;
    key[i] = cells.account * design.productCount + one;
    product[i] = one;
    week[i] = cells.from + k * (span + APART) + w;
    base[i] = cells.base[from]!;
    price[i] = base[i]!;
    context.forEach((column, d) => {
      if (column) columns[d]![i] = column[from]!;
    });
  };
  lineUp.products.forEach((one, q) => {
    for (let k = 0; k < designs.length; k++) for (let w = 0; w < span; w++) add(ownAt(k, q, w), one, k, w);
  });
  lineUp.others.forEach((one, q) => {
    for (let k = 0; k < designs.length; k++) for (let w = 0; w < weeks; w++) add(otherAt(k, q, w), one, k, w);
  });
  const account = new Int32Array(n).fill(cells.account);
  const off: Sheet = { rows: n, key, account, product, week, price, base, drivers: columns };
  const on: Sheet = { ...off, price: Float64Array.from(price), drivers: columns.map((c) => Float64Array.from(c)) };
  lineUp.products.forEach((one, q) => {
    // A cut of a price that nobody knows counts for nothing.
    const known = !Number.isNaN(cells.plan.basePrice[placeOf(cells, one) * cells.weeks]!);
    designs.forEach((each, k) => {
      for (let w = 0; w < weeks; w++) {
        const i = ownAt(k, q, w);
        if (known) on.price[i] = base[i]! * (1 - each.cut[q]!);
        for (const { d, value } of values[k]!) on.drivers[d]![i] = typeof value === "number" ? value : value[q]!;
      }
    });
  });
  return { on, off, own: ownAt, other: otherAt };
}
