import { ForecastError } from "../errors.ts";
import { stateOf } from "../fit/state.ts";
import { pastOf } from "../predict/past.ts";
import type { Model } from "../types.ts";

/** The past of one series as the model sees it, one value a week of its history. */
export interface SeriesStats {
  readonly week: Int32Array;
  readonly units: Float64Array;
  readonly price: Float64Array;
  readonly basePrice: Float64Array;
  /** 1 where a visible price cut, a support or a mechanic ran. */
  readonly promoted: Uint8Array;
  /** Median units expected in the week, promotions and the local level of unpromoted weeks included. */
  readonly expected: Float64Array;
  /** ln(units / expected); NaN where units are unknown or 0. */
  readonly residual: Float64Array;
  /** residual over the standard deviation of such a week. */
  readonly z: Float64Array;
  /** Local level around the fitted one, ln units. */
  readonly localLevel: Float64Array;
  /** Standard deviation of ln units in a quiet and in a promoted week. */
  readonly sigma: number;
  readonly sigmaPromoted: number;
  /** Units the level stands at after the last week, as a factor of the fitted level. */
  readonly momentum: number;
}

/** @throws ForecastError bad_index for an account or product the model does not list; null where the series has no history */
export function seriesStats(model: Model, account: number, product: number): SeriesStats | null {
  const state = stateOf(model);
  if (!(account >= 0 && account < model.accounts.length))
    throw new ForecastError("bad_index", `Account ${account} is not one of ${model.accounts.length}.`);
  if (!(product >= 0 && product < model.products.length))
    throw new ForecastError("bad_index", `Product ${product} is not one of ${model.products.length}.`);
  const s = state.seriesOf[account * state.design.productCount + product]!;
  if (s < 0) return null;
  const past = pastOf(state);
  const from = state.start[s]!;
  const to = state.start[s + 1]!;
  const n = to - from;
  const sigma = Math.sqrt(state.sigma2[s]!);
  const sigmaPromoted = sigma * Math.sqrt(state.promotedNoise);
  const expected = new Float64Array(n);
  const residual = new Float64Array(n).fill(Number.NaN);
  const z = new Float64Array(n).fill(Number.NaN);
  for (let k = 0; k < n; k++) {
    const i = from + k;
    const log = state.centre + past.fitted[i]! + past.level[i]!;
    expected[k] = Math.exp(Math.min(log, 34));
    if (!(state.units[i]! > 0)) continue;
    residual[k] = Math.log(state.units[i]!) - log;
    z[k] = residual[k]! / (past.promoted[i] ? sigmaPromoted : sigma);
  }
  return {
    week: state.history.week.slice(from, to),
    units: state.units.slice(from, to),
    price: state.history.price.slice(from, to),
    basePrice: state.history.base.slice(from, to),
    promoted: past.promoted.slice(from, to),
    expected,
    residual,
    z,
    localLevel: past.level.slice(from, to),
    sigma,
    sigmaPromoted,
    momentum: Math.exp(state.endLevel[s]!),
  };
}
