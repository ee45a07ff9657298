import { changeOf, fitForests } from "../correction/correction.ts";
import type { Model, Panel } from "../types.ts";
import { calibrate, normalCalibration } from "./calibrate.ts";
import { estimate, memoryFor } from "./estimate.ts";
import { endBy, type HeldOut, holdOut, innerOrigins, joinHeldOut } from "./holdout.ts";
import { type Prepared, prepare, withGains } from "./prepare.ts";
import { seenOf } from "./seen.ts";
import { sharedNoise } from "./shared.ts";
import { type Correction, type Estimate, type Estimated, MODEL_VERSION, type State } from "./state.ts";

export interface FitOptions {
  /** Adds the boosted correction to the structural model: more accurate, slower. */
  readonly correction?: boolean;
  /** Calibrate intervals on rolling origins (default) or take the normal distribution's. */
  readonly calibrate?: boolean;
}

/** A fit whose structural model stands; what is left can be done in any order and on any thread. */
export interface BegunFit {
  readonly panel: Panel;
  readonly correction: boolean;
  readonly calibrated: boolean;
  readonly data: Prepared;
  readonly whole: Estimated;
  readonly ends: Int32Array;
  readonly state: State;
  /** What is left: the boosted correction, or the hold-out from an inner origin. The longest come first. */
  readonly parts: readonly ("correction" | number)[];
}

/** What a part gives, plain data and typed arrays. */
export type FitPart = Omit<Correction, "weight"> | HeldOut;

/**
 * Fits the structural model.
 * @throws ForecastError when a column has the wrong length, an index is outside its list, a value is impossible or a row doubled
 */
export function beginFit(panel: Panel, options: FitOptions = {}): BegunFit {
  const bare = prepare(panel);
  const memory = memoryFor(bare);
  const ends = endBy(bare, bare.design.origin);
  const data = withGains(bare, estimate(bare, { to: ends, memory, first: true }).pooling);
  const whole = estimate(data, { to: ends, memory });
  const correction = options.correction === true;
  const calibrated = correction || options.calibrate !== false;
  const inner = calibrated ? innerOrigins(data).origins.toReversed() : [];
  return {
    panel,
    correction,
    calibrated,
    data,
    whole,
    ends,
    state: stateFrom(data, whole, whole.noise, ends),
    parts: correction ? ["correction", ...inner] : inner,
  };
}

/** Does the part at place k of `parts`: the same bits in whatever process the same panel was begun. */
export function fitPart(begun: BegunFit, k: number): FitPart {
  const { data, whole, state, ends, correction } = begun;
  const part = begun.parts[k]!;
  if (part !== "correction")
    return holdOut(data, whole, (e, to) => stateFrom(data, e, whole.noise, to), correction, part);
  const forests = fitForests(data, whole, state, ends);
  const { level, like } = changeOf(forests, data, whole, state, ends);
  return { forests, level, like };
}

/** The model, from what the parts gave in the order of `parts`. */
export function finishFit(begun: BegunFit, made: readonly FitPart[]): Model {
  const { panel, data, whole, state, correction } = begun;
  const held = made.filter((part): part is HeldOut => "error" in part).toReversed();
  const boosted = made.find((part) => "forests" in part);
  const inner = begun.calibrated ? calibrate(data, whole, joinHeldOut(held), correction) : null;
  const lastWeek = new Int32Array(data.seriesOf.length).fill(-1);
  data.seriesKey.forEach((key, s) => {
    lastWeek[key] = data.sheet.week[data.start[s + 1]! - 1]!;
  });
  return {
    version: MODEL_VERSION,
    accounts: [...panel.accounts],
    products: [...panel.products],
    categories: [...panel.categories],
    driverNames: data.design.driverNames,
    lastWeek,
    rows: data.sheet.rows,
    state: {
      ...state,
      ...sharedNoise(whole.shared),
      correction: boosted && inner ? { ...boosted, weight: inner.weight } : null,
      calibration: inner ? inner.calibration : normalCalibration(),
    },
  };
}

/** The model's state from prepared data and an estimate of the rows before `to` of each series. */
function stateFrom(data: Prepared, e: Estimate, noise: Float64Array, to: Int32Array): State {
  const sorted = Float64Array.from(e.sigma2).sort();
  return {
    pooling: e.pooling,
    sigma2: e.sigma2,
    drift: e.drift,
    promotedNoise: e.promotedNoise,
    endLevel: e.endLevel,
    endVariance: e.endVariance,
    designEffect: e.designEffect,
    shared: e.shared,
    design: data.design,
    seriesKey: data.seriesKey,
    seriesOf: data.seriesOf,
    start: data.start,
    history: data.sheet,
    units: data.units,
    noise,
    centre: data.target.centre,
    emptyBelow: data.target.emptyBelow,
    sigma2All: sorted[sorted.length >> 1]!,
    sharedByProduct: 0,
    sharedByAccount: 0,
    calibration: normalCalibration(),
    correction: null,
    seen: seenOf(data.design, data.sheet, (i) => data.target.noise(i), data.start, to),
    seasonal: data.design.columns.some((c) => c.role === "season"),
  };
}
