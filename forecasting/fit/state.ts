import type { Forest } from "../correction/forest.ts";
import type { LikeWeeks } from "../correction/likeWeeks.ts";
import { ForecastError } from "../errors.ts";
import type { Design } from "../panel/columns.ts";
import type { Sheet } from "../panel/sheet.ts";
import type { Model } from "../types.ts";
import type { Drift } from "./drift.ts";
import type { Level, Pooling } from "./pooling.ts";
import type { Seen } from "./seen.ts";

/** What one estimation yields, for the series of a prepared panel. */
export interface Estimate {
  readonly pooling: Pooling;
  /** Noise variance of ln units by series. */
  readonly sigma2: Float64Array;
  readonly drift: Drift;
  /** Noise variance of a promoted week over a quiet one. */
  readonly promotedNoise: number;
  /** Local level (ln units) after the last row of each series and its variance over σ². */
  readonly endLevel: Float64Array;
  readonly endVariance: Float64Array;
  /** Series that count as one at each level of pooling. */
  readonly designEffect: Float64Array;
  /** Correlation of the noise within a product's, and within an account's, weeks. */
  readonly shared: { readonly byProduct: number; readonly byAccount: number };
}

/** An estimate with what it says of each row. */
export interface Estimated extends Estimate {
  /** Relative noise of each row with robust weights. */
  readonly noise: Float64Array;
  /** What is left of ln units by row without regression and smoothed local level. */
  readonly shock: Float64Array;
}

/** Boosted trees for everything but level, trend and season; their mean, weighted, corrects the structural response. */
export interface Correction {
  readonly forests: readonly Forest[];
  /** Weight of the trees against the structural response, from inner hold-outs. */
  readonly weight: number;
  /** By series: the part of its last local level that the trees explain, ln units at full weight. */
  readonly level: Float64Array;
  /** What all that left of past weeks. */
  readonly like: LikeWeeks;
}

/** How the model's own variances compare with what it missed in inner hold-outs. */
export interface Calibration {
  /** Standardised predictive quantiles (2.5, 10, 90, 97.5 %) and the spread they imply, by promotion state. */
  readonly quantiles: readonly [Float64Array, Float64Array];
  readonly spread: readonly [number, number];
  /** Variance of ln units that a level gains with every week since the last known one, on top of the local level's own. */
  readonly drift: number;
}

/** The inner state of a fitted model. */
export interface State extends Estimate {
  readonly design: Design;
  /** Series index → key, key → series index or −1, and the series' rows in the history. */
  readonly seriesKey: Int32Array;
  readonly seriesOf: Int32Array;
  readonly start: Int32Array;
  readonly history: Sheet;
  readonly units: Float64Array;
  /** Relative noise variance by row of the history: Infinity where the row is not used. */
  readonly noise: Float64Array;
  /** ln units the levels are centred on. */
  readonly centre: number;
  /** Units below which a forecast of the series means nothing sold, 0 where it always sells. */
  readonly emptyBelow: Float64Array;
  /** Median noise variance over series, for a series not seen. */
  readonly sigma2All: number;
  /** Share of the noise variance common to a product's accounts in a week, and to an account's products. */
  readonly sharedByProduct: number;
  readonly sharedByAccount: number;
  readonly calibration: Calibration;
  readonly correction: Correction | null;
  readonly seen: Seen;
  /** Weeks of history a season needs are there. */
  readonly seasonal: boolean;
}

/** Raised with every change of what a state holds: a saved model of another version is refused. */
export const MODEL_VERSION = "5";

/** The state behind the opaque field of a model. */
export function stateOf(model: Model): State {
  if (model.version !== MODEL_VERSION)
    throw new ForecastError(
      "bad_model",
      `This model has version ${model.version}; version ${MODEL_VERSION} is needed. Fit again.`,
    );
  return model.state as State;
}

/** Effects of the levels above a series (known account, product, category), for series never seen. */
export function priorOf(state: State, account: number, product: number): Float64Array {
  const p = state.design.columns.length;
  const out = new Float64Array(p);
  state.pooling.levels.forEach((level, k) => {
    const group = groupAt(state, level, account, product);
    if (group < 0) return;
    for (let j = 0; j < p; j++) out[j]! += state.pooling.effects[k]![group * p + j]!;
  });
  return out;
}

/** Which group of a level of pooling a series belongs to. */
export function groupAt(state: State, level: Level, account: number, product: number): number {
  if (level.name === "all") return 0;
  if (level.name === "account") return account;
  if (level.name === "product") return product;
  return state.design.categoryOf[product]!;
}

/** Is the row of a sheet a promotion (a visible price cut, a support or a mechanic)? */
export function isPromoted(depth: number, total: number, support: number): boolean {
  return depth > 0.05 || total - depth > 0.02 || support > 0.1;
}
