import type { Column, Design, Role } from "../panel/columns.ts";

/** Parts of the linear predictor that a decomposition names; they add up to it. */
export interface Parts {
  /** Level, trend, season, everyday price, context. */
  base: number;
  price: number;
  /** By driver. */
  drivers: Float64Array;
  lag: number;
  cross: number;
}

/** How a column enters the predictor. */
const PLAIN = 0;
const FALLING = 1;
const RISING = 2;
const DISCOUNT = 3;
const SLOPE = 4;

/** The columns of a design as the predictor reads them. */
interface Forms {
  readonly columns: Design["columns"];
  readonly form: Uint8Array;
  /** Discounts; the slopes that supports add to them, and for each the column of its support. */
  readonly discounts: Int32Array;
  readonly slopes: Int32Array;
  readonly supports: Int32Array;
}

let last: Forms | null = null;

/** Worked out once for many rows of one design. */
function formsOf(design: Design): Forms {
  const { columns } = design;
  if (last?.columns === columns) return last;
  const where = (holds: (c: Column) => boolean) => Int32Array.from(columns.flatMap((c, j) => (holds(c) ? [j] : [])));
  const slopes = where((c) => c.role === "interaction");
  last = {
    columns,
    form: Uint8Array.from(columns, (c) => FORM[c.role] ?? PLAIN),
    discounts: where((c) => c.role === "depth" || c.role === "mechanic"),
    slopes,
    supports: slopes.map((j) => columns.findIndex((c) => c.role === "support" && c.at === columns[j]!.at)),
  };
  return last;
}

const FORM: Partial<Record<Role, number>> = {
  base: FALLING,
  shield: RISING,
  depth: DISCOUNT,
  mechanic: DISCOUNT,
  interaction: SLOPE,
};

/**
 * x β with the price response kept monotone: the everyday price's coefficient is at most 0, and the slope of any
 * discount, supports included, at least 0, and an own promotion can only shield from those of others. So units never fall when a price falls.
 */
export function linearPredictor(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const forms = formsOf(design);
  const { form } = forms;
  let sum = 0;
  for (let j = 0; j < form.length; j++) {
    const v = x[r + j]!;
    const f = form[j]!;
    if (v === 0 || f >= DISCOUNT) continue;
    const c = beta[b + j]!;
    sum += f === PLAIN ? c * v : f === FALLING ? Math.min(0, c) * v : Math.max(0, c) * v;
  }
  return sum + discountResponse(forms, beta, b, x, r);
}

/** The part of x β that the row's own promotion makes: discounts and supports. */
export function promotionResponse(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  let sum = discountResponse(formsOf(design), beta, b, x, r);
  for (let j = 0; j < design.columns.length; j++)
    if (design.columns[j]!.role === "support") sum += beta[b + j]! * x[r + j]!;
  return sum;
}

/** Rise of the predictor with the depth of a row's price cut, at least 0. */
export function discountSlope(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const j = design.columns.findIndex((c) => c.role === "depth");
  return Math.max(0, beta[b + j]! + supportSlope(formsOf(design), beta, b, x, r));
}

function discountResponse(forms: Forms, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const { discounts } = forms;
  let sum = 0;
  let support = Number.NaN;
  for (let k = 0; k < discounts.length; k++) {
    const j = discounts[k]!;
    const v = x[r + j]!;
    if (v === 0) continue;
    if (Number.isNaN(support)) support = supportSlope(forms, beta, b, x, r);
    sum += Math.max(0, beta[b + j]! + support) * v;
  }
  return sum;
}

/** Σ γ_k support_k: what support adds to the slope of a discount. */
function supportSlope(forms: Forms, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const { slopes, supports } = forms;
  let slope = 0;
  for (let k = 0; k < slopes.length; k++) {
    const support = supports[k]!;
    if (support >= 0) slope += beta[b + slopes[k]!]! * x[r + support]!;
  }
  return slope;
}

function supportValue(design: Design, driver: number, x: Float64Array, r: number): number {
  const j = design.columns.findIndex((c) => c.role === "support" && c.at === driver);
  return j >= 0 ? x[r + j]! : 0;
}

const BASE_ROLES: ReadonlySet<Role> = new Set(["level", "base", "trend", "season", "context"]);

/** The predictor split by cause; half of a discount × support term goes to each of the two. */
export function predictorParts(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): Parts {
  const { columns } = design;
  const parts: Parts = { base: 0, price: 0, drivers: new Float64Array(design.driverNames.length), lag: 0, cross: 0 };
  const slope = supportSlope(formsOf(design), beta, b, x, r);
  for (let j = 0; j < columns.length; j++) {
    const c = columns[j]!;
    const v = x[r + j]!;
    if (v === 0) continue;
    const coefficient = beta[b + j]!;
    if (c.role === "base") parts.base += Math.min(0, coefficient) * v;
    else if (BASE_ROLES.has(c.role)) parts.base += coefficient * v;
    else if (c.role === "lag") parts.lag += coefficient * v;
    else if (c.role === "shield") parts.cross += Math.max(0, coefficient) * v;
    else if (c.role === "cross") parts.cross += coefficient * v;
    else if (c.role === "support") parts.drivers[c.at]! += coefficient * v;
    else if (c.role === "depth" || c.role === "mechanic") {
      const whole = Math.max(0, coefficient + slope) * v;
      const alone = Math.max(0, coefficient) * v;
      const shared = (whole - alone) / 2;
      if (c.role === "depth") parts.price += alone + shared;
      else parts.drivers[c.at]! += alone + shared;
      shareOut(design, beta, b, x, r, shared, parts);
    }
  }
  return parts;
}

/** Gives `amount` to the supports by the size of their terms. */
function shareOut(
  design: Design,
  beta: Float64Array,
  b: number,
  x: Float64Array,
  r: number,
  amount: number,
  parts: Parts,
): void {
  if (amount === 0) return;
  let total = 0;
  const size = (j: number) => Math.abs(beta[b + j]! * supportValue(design, design.columns[j]!.at, x, r));
  for (let j = 0; j < design.columns.length; j++) if (design.columns[j]!.role === "interaction") total += size(j);
  if (total === 0) {
    parts.price += amount;
    return;
  }
  for (let j = 0; j < design.columns.length; j++) {
    const c = design.columns[j]!;
    if (c.role === "interaction") parts.drivers[c.at]! += (amount * size(j)) / total;
  }
}
