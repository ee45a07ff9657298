import type { Store } from "../../data/store/open.ts";
import type { FittedModels } from "../../tools/fitting/fittedModels.ts";
import { trackRecord } from "../../tools/forecasts/trackRecord.ts";
import { shareOf, sumOf } from "./measures.ts";

/** Forecasts of promotions that a model made which had seen nothing of them or after them, against what was sold. */
export interface ForecastRecovery {
  readonly promotions: number;
  /** Σ |sold − forecast| / Σ sold. */
  readonly wape: number;
  readonly bias: number;
  readonly coverage80: number;
  /** Share sold below and above the 80 % range. */
  readonly below: number;
  readonly above: number;
}

export async function forecastRecovery(store: Store, models: FittedModels): Promise<ForecastRecovery> {
  const { tried: scored } = await trackRecord(store, models);
  const tried = scored.map(({ units }) => units);
  const sold = sumOf(tried, (t) => t.actual);
  return {
    promotions: tried.length,
    wape: sumOf(tried, (t) => Math.abs(t.actual - t.mean)) / sold,
    bias: sumOf(tried, (t) => t.mean - t.actual) / sold,
    coverage80: shareOf(tried, (t) => t.actual >= t.low && t.actual <= t.high),
    below: shareOf(tried, (t) => t.actual < t.low),
    above: shareOf(tried, (t) => t.actual > t.high),
  };
}
