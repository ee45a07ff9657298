import type { Pressure } from "../fit/design.ts";
import type { Pooling } from "../fit/pooling.ts";
import { dusted } from "../numeric/dust.ts";
import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";

/** Features of the boosted trees, columns × rows, all relative to the series' own level. */
export interface Features {
  readonly values: Float64Array[];
  readonly monotone: Int8Array;
}

/** What of the fitted structural model the features use. */
export interface Fitted {
  readonly pooling: Pooling;
  readonly sigma2: Float64Array;
  readonly sigma2All: number;
  readonly seriesOf: Int32Array;
}

const LONGEST = 12;

/**
 * The regressors of the structural model (but level, trend and season), the price against its history, last week's and
 * the other products', last week's promotion, how long a promotion has run or is past, and what the series is like. Only the plan enters, never
 * units of the row. Everything the own price moves is constrained so that units cannot fall when it falls.
 */
export function featuresOf(
  design: Design,
  sheet: Sheet,
  pressure: Pressure,
  x: Float64Array,
  response: Float64Array,
  fitted: Fitted,
): Features {
  const { rows } = sheet;
  const p = design.columns.length;
  const values: Float64Array[] = [];
  const monotone: number[] = [];
  const add = (sign: number, of: (i: number) => number) => {
    values.push(Float64Array.from({ length: rows }, (_, i) => dusted(of(i))));
    monotone.push(sign);
  };
  design.columns.forEach((c, j) => {
    if (c.role === "level" || c.role === "trend" || c.role === "season") return;
    const sign =
      c.role === "base"
        ? -1
        : c.role === "depth" || c.role === "mechanic" || c.role === "interaction" || c.role === "shield"
          ? 1
          : 0;
    add(sign, (i) => x[i * p + j]!);
  });
  const relative = (i: number) => Math.log(sheet.price[i]!) - design.reference[sheet.key[i]!]!;
  const follows = (i: number) =>
    i > 0 && sheet.key[i] === sheet.key[i - 1] && sheet.week[i]! - sheet.week[i - 1]! === 1;
  add(1, (i) => pressure.total[i]!);
  add(-1, relative);
  add(-1, (i) => (follows(i) ? Math.log(sheet.price[i]! / sheet.price[i - 1]!) : 0));
  // What ran last week: stocks are filled, displays stay up, prices are remembered.
  const before = (values: Float64Array) => add(0, (i) => (follows(i) ? values[i - 1]! : 0));
  before(pressure.total);
  design.columns.forEach((c) => {
    if (c.role === "support") before(sheet.drivers[c.at]!);
  });
  const others = relativeOthers(design, sheet, relative);
  if (others) {
    add(0, (i) => others[i]!);
    add(-1, (i) => relative(i) - others[i]!);
  }
  const runs = promotionRuns(sheet, pressure);
  add(0, (i) => runs.since[i]!);
  add(0, (i) => runs.running[i]!);
  add(1, (i) => response[i]!);
  const of = (i: number, column: number) => {
    const s = fitted.seriesOf[sheet.key[i]!]!;
    return s < 0 ? 0 : fitted.pooling.beta[s * p + column]!;
  };
  design.columns.forEach((c, j) => {
    if (c.role === "depth" || c.role === "support" || c.role === "base" || c.role === "level") add(0, (i) => of(i, j));
  });
  add(0, (i) => {
    const s = fitted.seriesOf[sheet.key[i]!]!;
    return s < 0 ? fitted.sigma2All : fitted.sigma2[s]!;
  });
  add(0, (i) => design.share[sheet.key[i]!]!);
  add(0, (i) => design.reference[sheet.key[i]!]!);
  if (design.productCount > 1) add(0, (i) => sheet.product[i]!);
  if (design.categoryCount > 1) add(0, (i) => design.categoryOf[sheet.product[i]!]!);
  return { values, monotone: Int8Array.from(monotone) };
}

/** Share-weighted mean price, against its reference, of the account's other products of the category in the week. */
function relativeOthers(design: Design, sheet: Sheet, relative: (i: number) => number): Float64Array | null {
  if (!design.columns.some((c) => c.role === "cross")) return null;
  const sums = new Map<number, [number, number]>();
  const cellOf = (i: number) =>
    (sheet.account[i]! * design.categoryCount + design.categoryOf[sheet.product[i]!]!) * 1048576 +
    sheet.week[i]! +
    524288;
  for (let i = 0; i < sheet.rows; i++) {
    const cell = sums.get(cellOf(i)) ?? [0, 0];
    const share = design.share[sheet.key[i]!]!;
    cell[0] += share * relative(i);
    cell[1] += share;
    sums.set(cellOf(i), cell);
  }
  return Float64Array.from({ length: sheet.rows }, (_, i) => {
    const cell = sums.get(cellOf(i))!;
    const share = design.share[sheet.key[i]!]!;
    const rest = cell[1] - share;
    return rest > 1e-9 ? (cell[0] - share * relative(i)) / rest : 0;
  });
}

/** Weeks since the last earlier promotion, and weeks the present one has run before this week; at most 12. */
function promotionRuns(sheet: Sheet, pressure: Pressure): { since: Float64Array; running: Float64Array } {
  const since = new Float64Array(sheet.rows);
  const running = new Float64Array(sheet.rows);
  let last = Number.NEGATIVE_INFINITY;
  let run = 0;
  for (let i = 0; i < sheet.rows; i++) {
    if (i === 0 || sheet.key[i] !== sheet.key[i - 1]) {
      last = Number.NEGATIVE_INFINITY;
      run = 0;
    }
    const week = sheet.week[i]!;
    since[i] = Math.min(LONGEST, week - last);
    running[i] = week - last === 1 ? Math.min(LONGEST, run) : 0;
    if (pressure.total[i]! > 0.05 || pressure.support[i]! > 0.1) {
      run = week - last === 1 ? run + 1 : 1;
      last = week;
    }
  }
  return { since, running };
}
