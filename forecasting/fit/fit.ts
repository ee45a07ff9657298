import { changeOf, fitForests } from "../correction/correction.ts";
import type { Model, Panel } from "../types.ts";
import { calibrate, normalCalibration } from "./calibrate.ts";
import { estimate } from "./estimate.ts";
import { endBy } from "./holdout.ts";
import { type Prepared, prepare, withGains } from "./prepare.ts";
import { sharedNoise } from "./shared.ts";
import { type Correction, type Estimate, type Estimated, MODEL_VERSION, type State } from "./state.ts";

export interface FitOptions {
  /** Adds the boosted correction to the structural model: more accurate, slower. */
  readonly correction?: boolean;
  /** Calibrate intervals on rolling origins (default) or take the normal distribution's. */
  readonly calibrate?: boolean;
}

/**
 * Fits the hierarchical promotion-response model to a panel.
 * @throws ForecastError when a column has the wrong length, an index is outside its list, a value is impossible or a row doubled
 */
export function fitModel(panel: Panel, options: FitOptions = {}): Model {
  const bare = prepare(panel);
  const data = withGains(bare, estimate(bare, { to: endBy(bare, bare.design.origin), first: true }).pooling);
  const whole = estimate(data, { to: endBy(data, data.design.origin) });
  const state = stateFrom(data, whole, whole.noise);
  const inner =
    options.calibrate === false && !options.correction
      ? null
      : calibrate(data, whole, (e) => stateFrom(data, e, whole.noise), options.correction === true);
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
  return { forests, weight, level: changeOf(forests, data, e, state, to).level };
}

/** The model's state from prepared data and an estimate. */
function stateFrom(data: Prepared, e: Estimate, noise: Float64Array): State {
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
    centre: data.centre,
    sigma2All: sorted[sorted.length >> 1]!,
    sharedByProduct: 0,
    sharedByAccount: 0,
    calibration: normalCalibration(),
    correction: null,
    seen: largestSeen(data),
    seasonal: data.design.columns.some((c) => c.role === "season"),
  };
}

function largestSeen(data: Prepared): Float64Array {
  const width = 1 + data.sheet.drivers.length;
  const seen = new Float64Array(data.design.productCount * width);
  for (let i = 0; i < data.sheet.rows; i++) {
    if (data.noise[i] === Number.POSITIVE_INFINITY) continue;
    const at = data.sheet.product[i]! * width;
    seen[at] = Math.max(seen[at]!, data.pressure.depth[i]!);
    data.sheet.drivers.forEach((values, d) => {
      seen[at + 1 + d] = Math.max(seen[at + 1 + d]!, values[i]!);
    });
  }
  return seen;
}
