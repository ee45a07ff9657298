import { linearPredictor } from "../predict/predictor.ts";
import { smooth } from "./drift.ts";
import type { Prepared } from "./prepare.ts";
import type { Estimated } from "./state.ts";

/**
 * How much of the weekly noise is common to a product's accounts, and to an account's products: the mean product of two
 * different series' standardised residuals in the same week over the mean square.
 */
export function sharedNoise(data: Prepared, e: Estimated): { sharedByProduct: number; sharedByAccount: number } {
  const { sheet, start, design } = data;
  const p = design.columns.length;
  const n = sheet.rows;
  const residual = new Float64Array(n);
  const level = new Float64Array(n);
  const variance = new Float64Array(n);
  const z = new Float64Array(n);
  for (let s = 0; s + 1 < start.length; s++) {
    for (let i = start[s]!; i < start[s + 1]!; i++)
      residual[i] = data.y[i]! - linearPredictor(design, e.pooling.beta, s * p, data.x, i * p);
    smooth(e.drift, sheet.week, residual, e.noise, start[s]!, start[s + 1]!, level, variance);
    for (let i = start[s]!; i < start[s + 1]!; i++) {
      const sd = Math.sqrt(e.sigma2[s]! * (data.promoted[i] ? e.promotedNoise : 1) * data.noise[i]!);
      z[i] =
        data.noise[i] === Number.POSITIVE_INFINITY
          ? Number.NaN
          : Math.max(-4, Math.min(4, (residual[i]! - level[i]!) / sd));
    }
  }
  const byProduct = pairCorrelation(z, sheet.product, sheet.week).correlation;
  const byAccount = pairCorrelation(z, sheet.account, sheet.week).correlation;
  const total = byProduct + byAccount;
  const shrink = total > 0.9 ? 0.9 / total : 1;
  return { sharedByProduct: byProduct * shrink, sharedByAccount: byAccount * shrink };
}

/** Mean product of two members of a (group, week) over the mean square, in [0, 0.9], and the size of the cell a row lies in. */
export function pairCorrelation(
  z: Float64Array,
  group: Int32Array,
  week: Int32Array,
): { correlation: number; size: number } {
  const cells = new Map<number, { sum: number; squares: number; n: number }>();
  let squares = 0;
  let n = 0;
  for (let i = 0; i < z.length; i++) {
    const v = z[i]!;
    if (Number.isNaN(v)) continue;
    const key = group[i]! * 1048576 + week[i]! + 524288;
    let c = cells.get(key);
    if (!c) {
      c = { sum: 0, squares: 0, n: 0 };
      cells.set(key, c);
    }
    c.sum += v;
    c.squares += v * v;
    c.n++;
    squares += v * v;
    n++;
  }
  let products = 0;
  let pairs = 0;
  for (const c of cells.values()) {
    products += c.sum * c.sum - c.squares;
    pairs += c.n * (c.n - 1);
  }
  const size = n > 0 ? 1 + pairs / n : 1;
  if (pairs < 50 || squares === 0) return { correlation: 0, size };
  return { correlation: Math.min(0.9, Math.max(0, products / pairs / (squares / n))), size };
}
