import type { Pressure } from "../fit/design.ts";
import type { Prepared } from "../fit/prepare.ts";
import type { Estimated } from "../fit/state.ts";
import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { type Fitted, featuresOf } from "./features.ts";
import { type Forest, fitForest, predictForest, type TreeOptions } from "./trees.ts";

const COMMON = { trees: 250, rate: 0.05, leaves: 16, smallest: 20, ridge: 5, rowShare: 0.6, featureShare: 0.6 };
const FORESTS: readonly TreeOptions[] = [
  { ...COMMON, loss: "squared", seed: 11 },
  { ...COMMON, loss: "absolute", seed: 12 },
];

/** The part of x β that is not level, trend or season, by row. */
export function responseOfRows(
  design: Design,
  x: Float64Array,
  beta: Float64Array,
  betaAt: (i: number) => number,
  rows: number,
): Float64Array {
  const p = design.columns.length;
  const standing = design.columns.flatMap((c, j) =>
    c.role === "level" || c.role === "trend" || c.role === "season" ? [j] : [],
  );
  const out = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = betaAt(i);
    let v = linearPredictor(design, beta, at, x, i * p);
    for (const j of standing) v -= beta[at + j]! * x[i * p + j]!;
    out[i] = v;
  }
  return out;
}

/**
 * Fits the forests to ln units less level, trend, season and the smoothed local level. One loss is squared, one absolute
 * with more weight on large series; rows at or after `to` of their series are not used.
 */
export function fitForests(data: Prepared, e: Estimated, fitted: Fitted, to: Int32Array): Forest[] {
  const { design, sheet, start } = data;
  const p = design.columns.length;
  const n = sheet.rows;
  const seriesAt = new Int32Array(n);
  for (let s = 0; s + 1 < start.length; s++) seriesAt.fill(s * p, start[s]!, start[s + 1]!);
  const beta = e.pooling.beta;
  const response = responseOfRows(design, data.x, beta, (i) => seriesAt[i]!, n);
  const features = featuresOf(design, sheet, data.pressure, data.x, response, fitted);
  const target = new Float64Array(n);
  const even = new Float64Array(n);
  const large = new Float64Array(n);
  let total = 0;
  let used = 0;
  for (let s = 0; s + 1 < start.length; s++) {
    for (let i = start[s]!; i < to[s]!; i++) {
      if (data.noise[i] === Number.POSITIVE_INFINITY) continue;
      const own = linearPredictor(design, beta, s * p, data.x, i * p) - response[i]!;
      target[i] = data.y[i]! - own - e.level[i]!;
      even[i] = 1 / e.noise[i]!;
      large[i] = even[i]! * Math.exp(0.5 * Math.min(6, Math.max(-6, beta[s * p]!)));
      total += large[i]!;
      used++;
    }
  }
  for (let i = 0; i < n; i++) large[i]! *= total > 0 ? used / total : 1;
  return FORESTS.map((o) =>
    fitForest(features.values, features.monotone, target, o.loss === "absolute" ? large : even, o),
  );
}

/** Mean of the forests less the structural response: what full weight of the trees would add to ln units. */
export function correctionOf(
  forests: readonly Forest[],
  design: Design,
  sheet: Sheet,
  pressure: Pressure,
  x: Float64Array,
  response: Float64Array,
  fitted: Fitted,
): Float64Array {
  const features = featuresOf(design, sheet, pressure, x, response, fitted);
  const out = new Float64Array(sheet.rows);
  for (const forest of forests) {
    const v = predictForest(forest, features.values, sheet.rows);
    for (let i = 0; i < out.length; i++) out[i]! += v[i]! / forests.length;
  }
  for (let i = 0; i < out.length; i++) out[i]! -= response[i]!;
  return out;
}
