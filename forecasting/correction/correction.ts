import type { Pressure } from "../fit/design.ts";
import { smooth } from "../fit/drift.ts";
import type { Prepared } from "../fit/prepare.ts";
import type { Estimated } from "../fit/state.ts";
import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { linearPredictor } from "../predict/predictor.ts";
import { binFeatures } from "./bins.ts";
import { type Fitted, featuresOf } from "./features.ts";
import { type Forest, predictForest } from "./forest.ts";
import { fitForest, type TreeOptions } from "./trees.ts";

const COMMON = { trees: 250, rate: 0.05, leaves: 16, smallest: 10, ridge: 10, rowShare: 0.6, featureShare: 0.6 };
const FORESTS: readonly TreeOptions[] = [
  { ...COMMON, loss: "squared", seed: 11 },
  { ...COMMON, loss: "absolute", seed: 12 },
];
/** Boosting starts from this share of the structural response: it carries the trees where they have seen little. */
const START = 0.6;
/** ln units of a row, from the panel's centre, beyond which it weighs no more and no less. */
const FURTHEST = 6;

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
 * Fits the forests to ln units less level, trend, season, the smoothed local level and a share of the structural response.
 * A row weighs what it is expected to sell, so that errors count in units; one loss is squared, one absolute. Rows at or
 * after `to` of their series are not used.
 */
export function fitForests(data: Prepared, e: Estimated, fitted: Fitted, to: Int32Array): Forest[] {
  const { design, sheet, start } = data;
  const p = design.columns.length;
  const n = sheet.rows;
  const beta = e.pooling.beta;
  const response = seriesResponse(data, beta);
  const features = featuresOf(design, sheet, data.pressure, data.x, response, fitted);
  const target = new Float64Array(n);
  const weight = new Float64Array(n);
  let total = 0;
  let used = 0;
  for (let s = 0; s + 1 < start.length; s++) {
    for (let i = start[s]!; i < to[s]!; i++) {
      if (data.noise[i] === Number.POSITIVE_INFINITY) continue;
      const expected = Math.min(FURTHEST, Math.max(-FURTHEST, beta[s * p]! + response[i]!));
      target[i] = e.shock[i]! + (1 - START) * response[i]!;
      weight[i] = Math.exp(expected) / e.noise[i]!;
      total += weight[i]!;
      used++;
    }
  }
  for (let i = 0; i < n; i++) weight[i]! *= total > 0 ? used / total : 1;
  const binned = binFeatures(features.values, n);
  return FORESTS.map((o) => fitForest(binned, features.monotone, target, weight, o));
}

/** The structural response of each row of a prepared panel. */
function seriesResponse(data: Prepared, beta: Float64Array): Float64Array {
  const p = data.design.columns.length;
  const at = new Int32Array(data.sheet.rows);
  for (let s = 0; s + 1 < data.start.length; s++) at.fill(s * p, data.start[s]!, data.start[s + 1]!);
  return responseOfRows(data.design, data.x, beta, (i) => at[i]!, data.sheet.rows);
}

/** What full weight of the trees would change. */
export interface Change {
  /** ln units, by row of the prepared panel. */
  readonly rows: Float64Array;
  /**
   * By series, how much of the local level after the last used row the trees would take over: the level of what they
   * change in the rows before, by the same filter (it is linear, so the corrected level is the level less this).
   */
  readonly level: Float64Array;
}

/** What forests change in the rows of the panel they are fitted to, those after `to` included. */
export function changeOf(
  forests: readonly Forest[],
  data: Prepared,
  e: Estimated,
  fitted: Fitted,
  to: Int32Array,
): Change {
  const { design, sheet, pressure, x, start } = data;
  const rows = correctionOf(forests, design, sheet, pressure, x, seriesResponse(data, e.pooling.beta), fitted);
  const smoothed = new Float64Array(sheet.rows);
  const variance = new Float64Array(sheet.rows);
  const level = new Float64Array(to.length);
  for (let s = 0; s < to.length; s++)
    level[s] = smooth(e.drift, sheet.week, rows, e.noise, start[s]!, to[s]!, smoothed, variance).state;
  return { rows, level };
}

/** Mean of the forests less what they leave of the structural response: what full weight of the trees would add to ln units. */
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
  for (let i = 0; i < out.length; i++) out[i]! -= (1 - START) * response[i]!;
  return out;
}
