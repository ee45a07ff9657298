import type { Pressure } from "../fit/design.ts";
import { smooth } from "../fit/drift.ts";
import type { Prepared } from "../fit/prepare.ts";
import type { Correction, Estimated } from "../fit/state.ts";
import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import { discountSlope, linearPredictor } from "../predict/predictor.ts";
import { binFeatures } from "./bins.ts";
import { type Fitted, featuresOf } from "./features.ts";
import { type Forest, predictForest } from "./forest.ts";
import { keepWeeks, type LikeWeeks, leftIn } from "./likeWeeks.ts";
import { fitForest, type TreeOptions } from "./trees.ts";

/** One forest of the ensemble. */
interface Member extends TreeOptions {
  /** Share of the structural response that boosting starts from: it carries the trees where they have seen little. */
  readonly start: number;
  /** A row weighs e to this times its series' level, and to this times its response: 1 would be the units it is expected to sell. */
  readonly level: number;
  readonly response: number;
}

const COMMON = { trees: 150, rate: 0.05, leaves: 16, smallest: 10, ridge: 10, rowShare: 0.6, featureShare: 0.6 };
const AFRESH = { ...COMMON, start: 0, level: 0.25, response: 0 };
const ONWARD = { ...COMMON, start: 0.6, level: 0.5, response: 0.5 };
const FORESTS: readonly Member[] = [
  { ...AFRESH, loss: "squared", seed: 11 },
  { ...AFRESH, loss: "absolute", seed: 12 },
  { ...ONWARD, loss: "squared", seed: 13 },
  { ...ONWARD, loss: "absolute", seed: 14 },
];
/** Share of the structural response in the mean of the forests. */
const START = FORESTS.reduce((sum, f) => sum + f.start, 0) / FORESTS.length;
/** Rows that a tree of a large panel is grown on. */
const MOST_ROWS = 60_000;
/** ln units of a row, from the panel's centre, beyond which it weighs no more and no less. */
const FURTHEST = 6;

/** Powers of the units by which rows may weigh, tried in turn. */
const POWERS = [1, 0.75, 0.5, 0.25, 0];
/** Share of the rows that must count, by Kish's effective number (Σw)² / Σw². */
const LEAST_COUNTING = 0.2;

/** Rows of a sheet, with their regressors and coefficients. */
export interface Rows {
  readonly design: Design;
  readonly sheet: Sheet;
  readonly pressure: Pressure;
  /** Rows × columns. */
  readonly x: Float64Array;
  readonly beta: Float64Array;
  /** Where a row's coefficients begin in `beta`. */
  readonly betaAt: (row: number) => number;
  /** Series index of a row, or −1. */
  readonly series: (row: number) => number;
}

/** The rows of a prepared panel under an estimate's coefficients. */
function rowsOf(data: Prepared, e: Estimated): Rows {
  const { design, sheet, pressure, x, start } = data;
  const p = design.columns.length;
  const series = new Int32Array(sheet.rows);
  for (let s = 0; s + 1 < start.length; s++) series.fill(s, start[s]!, start[s + 1]!);
  const of = (i: number) => series[i]!;
  return { design, sheet, pressure, x, beta: e.pooling.beta, betaAt: (i) => series[i]! * p, series: of };
}

/** The part of x β that is not level, trend or season, by row. */
function responseOf({ design, sheet, x, beta, betaAt }: Rows): Float64Array {
  const p = design.columns.length;
  const standing = design.columns.flatMap((c, j) =>
    c.role === "level" || c.role === "trend" || c.role === "season" ? [j] : [],
  );
  const out = new Float64Array(sheet.rows);
  for (let i = 0; i < sheet.rows; i++) {
    const at = betaAt(i);
    let v = linearPredictor(design, beta, at, x, i * p);
    for (const j of standing) v -= beta[at + j]! * x[i * p + j]!;
    out[i] = v;
  }
  return out;
}

/**
 * Fits the forests to ln units less level, trend, season, the smoothed local level and each one's share of the structural
 * response. Two begin afresh and two from the structural response, of either one with squared and one with absolute loss;
 * rows that sell more weigh more, since errors count in units. Rows at or after `to` of their series are not used.
 */
export function fitForests(data: Prepared, e: Estimated, fitted: Fitted, to: Int32Array): Forest[] {
  const response = responseOf(rowsOf(data, e));
  const features = featuresOf(data.design, data.sheet, data.pressure, data.x, response, fitted);
  const binned = binFeatures(features.values, data.sheet.rows);
  return FORESTS.map((member) => {
    const { target, weight, used } = aimOf(member, data, e, response, to);
    const rowShare = Math.min(member.rowShare, MOST_ROWS / Math.max(1, used));
    return fitForest(binned, features.monotone, target, weight, { ...member, rowShare });
  });
}

/** What one forest is fitted to, the weight of each row (0 where it is not used), and how many have one. */
function aimOf(
  member: Member,
  data: Prepared,
  e: Estimated,
  response: Float64Array,
  to: Int32Array,
): { target: Float64Array; weight: Float64Array; used: number } {
  const { start } = data;
  const p = data.design.columns.length;
  const n = data.sheet.rows;
  const target = new Float64Array(n);
  const weight = new Float64Array(n);
  const large = new Float64Array(n);
  for (let s = 0; s < to.length; s++) {
    const level = e.pooling.beta[s * p]!;
    for (let i = start[s]!; i < to[s]!; i++) {
      if (data.noise[i] === Number.POSITIVE_INFINITY) continue;
      // An outlier weighs less, a promoted week does not.
      const noise = data.promoted[i] ? e.noise[i]! / e.promotedNoise : e.noise[i]!;
      target[i] = e.shock[i]! + (1 - member.start) * response[i]!;
      large[i] = Math.min(FURTHEST, Math.max(-FURTHEST, member.level * level + member.response * response[i]!));
      weight[i] = 1 / noise;
    }
  }
  return { target, weight, used: weighBySize(weight, large) };
}

/**
 * Multiplies the weights by e^large, as far as enough rows then still count: where a few very large ones would decide
 * alone, by a root of it. The mean weight of rows that have one is 1.
 * @returns how many have one
 */
function weighBySize(weight: Float64Array, large: Float64Array): number {
  const used = weight.reduce((n, w) => n + (w > 0 ? 1 : 0), 0);
  for (const power of POWERS) {
    const raised = weight.map((w, i) => (w > 0 ? w * Math.exp(power * large[i]!) : 0));
    let sum = 0;
    let squares = 0;
    for (const w of raised) {
      sum += w;
      squares += w * w;
    }
    if (power > 0 && sum * sum < LEAST_COUNTING * used * squares) continue;
    for (let i = 0; i < weight.length; i++) weight[i] = sum > 0 ? (raised[i]! * used) / sum : 0;
    break;
  }
  return used;
}

/** What full weight of the correction would change. */
export interface Change {
  /** ln units, by row of the prepared panel: like weeks are looked for from `to` of each series on. */
  readonly rows: Float64Array;
  /**
   * By series, how much of the local level after the last used row the trees would take over: the level of what they
   * change in the rows before, by the same filter (it is linear, so the corrected level is the level less this).
   */
  readonly level: Float64Array;
  /** What all that leaves of the rows before. */
  readonly like: LikeWeeks;
}

/** What forests change in the rows of the panel they are fitted to, those after `to` included. */
export function changeOf(
  forests: readonly Forest[],
  data: Prepared,
  e: Estimated,
  fitted: Fitted,
  to: Int32Array,
): Change {
  const { design, sheet, x, start } = data;
  const asked = rowsOf(data, e);
  const rows = treesOf(forests, asked, fitted);
  const smoothed = new Float64Array(sheet.rows);
  const variance = new Float64Array(sheet.rows);
  const level = new Float64Array(to.length);
  for (let s = 0; s < to.length; s++)
    level[s] = smooth(e.drift, sheet.week, rows, e.noise, start[s]!, to[s]!, smoothed, variance).state;
  const left = smoothed.map((v, i) => e.shock[i]! - rows[i]! + v);
  const like = keepWeeks(design, x, left, start, to, (i) => data.noise[i] !== Number.POSITIVE_INFINITY);
  const later = { ...asked, series: (i: number) => (i < to[asked.series(i)]! ? -1 : asked.series(i)) };
  likeWeeksOf(like, later).forEach((v, i) => {
    rows[i]! += v;
  });
  return { rows, level, like };
}

/** What full weight of a correction adds to ln units of the rows of a sheet, but for the local level. */
export function correctionOf(
  { forests, like }: Pick<Correction, "forests" | "like">,
  asked: Rows,
  fitted: Fitted,
): Float64Array {
  const found = likeWeeksOf(like, asked);
  return treesOf(forests, asked, fitted).map((v, i) => v + found[i]!);
}

/** Mean of the forests less what they leave of the structural response. */
function treesOf(forests: readonly Forest[], asked: Rows, fitted: Fitted): Float64Array {
  const { design, sheet, pressure, x } = asked;
  const response = responseOf(asked);
  const features = featuresOf(design, sheet, pressure, x, response, fitted);
  const out = new Float64Array(sheet.rows);
  for (const forest of forests) {
    const v = predictForest(forest, features.values, sheet.rows);
    for (let i = 0; i < out.length; i++) out[i]! += v[i]! / forests.length;
  }
  for (let i = 0; i < out.length; i++) out[i]! -= (1 - START) * response[i]!;
  return out;
}

/** What like weeks left; the share of the structural response in the sum keeps it monotone in the price. */
function likeWeeksOf(like: LikeWeeks, asked: Rows): Float64Array {
  const { design, sheet, x, beta, betaAt, series } = asked;
  const p = design.columns.length;
  const slope = (i: number) => START * discountSlope(design, beta, betaAt(i), x, i * p);
  return leftIn(like, design, { rows: sheet.rows, x, series, slope });
}
