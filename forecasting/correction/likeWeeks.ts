import type { Design } from "../panel/columns.ts";

/**
 * What level, response and trees left of the past weeks of each series, to be found again in weeks like them: the mean of
 * what was left, weighted by a Gaussian kernel over the own price cut, mechanics, supports, weeks before and the others'
 * promotions (Nadaraya 1964), drawn a little to nothing.
 */
export interface LikeWeeks {
  /** First used week of each series, and the number of them at the end. */
  readonly start: Int32Array;
  /** Weeks × axes, in widths of the kernel; the own price cut first. */
  readonly points: Float64Array;
  /** ln units, by week. */
  readonly left: Float64Array;
}

/** A row asked about: what stands in the regressors, whose it is, and how steep its price response is at least. */
export interface Asked {
  readonly rows: number;
  /** Rows × columns. */
  readonly x: Float64Array;
  /** Series index, or −1. */
  readonly series: (row: number) => number;
  /** Least rise of ln units with the depth of the row's price cut, before what is found here. */
  readonly slope: (row: number) => number;
}

interface Axis {
  readonly column: number;
  readonly width: number;
}

const CUT = 0.08;
const SUPPORT = 0.3;
const BEFORE = 3;
const OTHERS = 0.3;
/** Weight of a week that left nothing, added to every mean. */
const NOTHING = 0.3;
/** More than this of one week is an outlier. */
const LARGEST = 1;
/** Own promotion at which half of what is found counts: quiet weeks are the local level's. */
const HALF = 0.05;
/** Price cuts, in ln, at which the mean is taken; between them it is a straight line. */
const STEP = 0.04;
/** Half the squared distance beyond which a week is not like another. */
const FAR = 12;

/** The columns in which weeks are compared, the price cut first. */
function axesOf(design: Design): Axis[] {
  const axes: Axis[] = [];
  design.columns.forEach((c, column) => {
    if (c.role === "depth") axes.unshift({ column, width: CUT });
    if (c.role === "mechanic") axes.push({ column, width: CUT });
    if (c.role === "support") axes.push({ column, width: SUPPORT });
    if (c.role === "lag") axes.push({ column, width: BEFORE });
    if (c.role === "cross" && c.at === 0) axes.push({ column, width: OTHERS });
  });
  return axes;
}

/** Keeps the rows [start, to) of each series that `used` names. @param left what is left of each row, ln units */
export function keepWeeks(
  design: Design,
  x: Float64Array,
  left: Float64Array,
  start: Int32Array,
  to: Int32Array,
  used: (row: number) => boolean,
): LikeWeeks {
  const axes = axesOf(design);
  const p = design.columns.length;
  const points: number[] = [];
  const kept: number[] = [];
  const first = new Int32Array(to.length + 1);
  for (let s = 0; s < to.length; s++) {
    first[s] = kept.length;
    for (let i = start[s]!; i < to[s]!; i++) {
      if (!used(i)) continue;
      for (const { column, width } of axes) points.push(Math.fround(x[i * p + column]! / width));
      kept.push(Math.fround(Math.max(-LARGEST, Math.min(LARGEST, left[i]!))));
    }
  }
  first[to.length] = kept.length;
  return { start: first, points: Float64Array.from(points), left: Float64Array.from(kept) };
}

/**
 * What weeks like it leave of each row asked about, ln units: 0 without an own promotion. As a function of the row's price
 * cut it is lifted where it would fall faster than `slope` rises, so that the sum of the two never falls.
 */
export function leftIn(like: LikeWeeks, design: Design, asked: Asked): Float64Array {
  const axes = axesOf(design);
  const promotion = design.columns.flatMap((c, j) => (c.role === "support" || c.role === "mechanic" ? [j] : []));
  const p = design.columns.length;
  const out = new Float64Array(asked.rows);
  const distance = new Float64Array(like.left.length);
  for (let i = 0; i < asked.rows; i++) {
    const s = asked.series(i);
    if (s < 0) continue;
    const cut = asked.x[i * p + axes[0]!.column]!;
    let beside = 0;
    for (const j of promotion) beside += Math.max(0, asked.x[i * p + j]!);
    if (cut + beside === 0) continue;
    distances(like, axes, s, asked.x, i * p, distance);
    const found = (depth: number) => {
      const own = depth + beside;
      return (meanLeft(like, axes, s, depth, distance) * own) / (own + HALF);
    };
    // The mean at each step of the cut, never further below the one before than the response has risen.
    const fall = asked.slope(i) * STEP;
    let step = 0;
    let below = found(0);
    while ((step + 1) * STEP <= cut) {
      step++;
      below = Math.max(found(step * STEP), below - fall);
    }
    const rest = cut / STEP - step;
    out[i] = rest > 0 ? below + rest * (Math.max(found((step + 1) * STEP), below - fall) - below) : below;
  }
  return out;
}

/** Half the squared distance of series s's weeks from a row, the price cut left out. */
function distances(
  like: LikeWeeks,
  axes: readonly Axis[],
  s: number,
  x: Float64Array,
  row: number,
  out: Float64Array,
): void {
  const n = axes.length;
  for (let k = like.start[s]!; k < like.start[s + 1]!; k++) {
    let sum = 0;
    for (let a = 1; a < n; a++) {
      const d = x[row + axes[a]!.column]! / axes[a]!.width - like.points[k * n + a]!;
      sum += d * d;
    }
    out[k] = sum / 2;
  }
}

function meanLeft(like: LikeWeeks, axes: readonly Axis[], s: number, cut: number, distance: Float64Array): number {
  const n = axes.length;
  const at = cut / axes[0]!.width;
  let sum = 0;
  let weight = NOTHING;
  for (let k = like.start[s]!; k < like.start[s + 1]!; k++) {
    const d = at - like.points[k * n]!;
    const half = distance[k]! + (d * d) / 2;
    if (half > FAR) continue;
    const w = Math.exp(-half);
    sum += w * like.left[k]!;
    weight += w;
  }
  return sum / weight;
}
