import { changeOf, fitForests } from "../correction/correction.ts";
import type { Model, Panel } from "../types.ts";
import { calibrate, normalCalibration } from "./calibrate.ts";
import { estimate, memoryFor } from "./estimate.ts";
import { endBy } from "./holdout.ts";
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

/**
 * Fits the hierarchical promotion-response model to a panel. Where rows stand in order by account, product and week, the
 * model keeps the panel's own columns as its history: they are not to be written over afterwards.
 * @throws ForecastError when a column has the wrong length, an index is outside its list, a value is impossible or a row doubled
 */
export function fitModel(panel: Panel, options: FitOptions = {}): Model {
  const bare = prepare(panel);
  const memory = memoryFor(bare);
  const ends = endBy(bare, bare.design.origin);
  const data = withGains(bare, estimate(bare, { to: ends, memory, first: true }).pooling);
  const whole = estimate(data, { to: ends, memory });
  const state = stateFrom(data, whole, whole.noise, ends);
  const inner =
    options.calibrate === false && !options.correction
      ? null
      : calibrate(data, whole, (e, to) => stateFrom(data, e, whole.noise, to), options.correction === true);
  const correction = options.correction && inner ? correctionFrom(data, whole, state, inner.weight) : null;
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
      correction,
      calibration: inner ? inner.calibration : state.calibration,
    },
  };
}

function correctionFrom(data: Prepared, e: Estimated, state: State, weight: number): Correction {
  const to = endBy(data, data.design.origin);
  const forests = fitForests(data, e, state, to);
  const { level, like } = changeOf(forests, data, e, state, to);
  return { forests, weight, level, like };
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
    emptyBelow: data.target.emptyBelow(data.start),
    sigma2All: sorted[sorted.length >> 1]!,
    sharedByProduct: 0,
    sharedByAccount: 0,
    calibration: normalCalibration(),
    correction: null,
    seen: seenOf(data.design, data.sheet, (i) => data.target.noise(i), data.start, to),
    seasonal: data.design.columns.some((c) => c.role === "season"),
  };
}
