import type { Design, Role } from "../panel/columns.ts";

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

/**
 * x β with the price response kept monotone: the everyday price's coefficient is at most 0, and the slope of any
 * discount, supports included, at least 0, and an own promotion can only shield from those of others. So units never fall when a price falls.
 */
export function linearPredictor(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const { columns } = design;
  let sum = 0;
  for (let j = 0; j < columns.length; j++) {
    const role = columns[j]!.role;
    const v = x[r + j]!;
    if (v === 0 || role === "interaction" || role === "depth" || role === "mechanic") continue;
    const c = beta[b + j]!;
    sum += role === "base" ? Math.min(0, c) * v : role === "shield" ? Math.max(0, c) * v : c * v;
  }
  return sum + discountResponse(design, beta, b, x, r);
}

/** The part of x β that the row's own promotion makes: discounts and supports. */
export function promotionResponse(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  let sum = discountResponse(design, beta, b, x, r);
  design.columns.forEach((c, j) => {
    if (c.role === "support") sum += beta[b + j]! * x[r + j]!;
  });
  return sum;
}

function discountResponse(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const { columns } = design;
  let sum = 0;
  let support = Number.NaN;
  for (let j = 0; j < columns.length; j++) {
    const role = columns[j]!.role;
    if ((role !== "depth" && role !== "mechanic") || x[r + j] === 0) continue;
    if (Number.isNaN(support)) support = supportSlope(design, beta, b, x, r);
    sum += Math.max(0, beta[b + j]! + support) * x[r + j]!;
  }
  return sum;
}

/** Σ γ_k support_k: what support adds to the slope of a discount. */
function supportSlope(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): number {
  const { columns } = design;
  let slope = 0;
  for (let j = 0; j < columns.length; j++) {
    if (columns[j]!.role !== "interaction") continue;
    slope += beta[b + j]! * supportValue(design, columns[j]!.at, x, r);
  }
  return slope;
}

function supportValue(design: Design, driver: number, x: Float64Array, r: number): number {
  for (let j = 0; j < design.columns.length; j++) {
    const c = design.columns[j]!;
    if (c.role === "support" && c.at === driver) return x[r + j]!;
  }
  return 0;
}

const BASE_ROLES: ReadonlySet<Role> = new Set(["level", "base", "trend", "season", "context"]);

/** The predictor split by cause; half of a discount × support term goes to each of the two. */
export function predictorParts(design: Design, beta: Float64Array, b: number, x: Float64Array, r: number): Parts {
  const { columns } = design;
  const parts: Parts = { base: 0, price: 0, drivers: new Float64Array(design.driverNames.length), lag: 0, cross: 0 };
  const slope = supportSlope(design, beta, b, x, r);
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
