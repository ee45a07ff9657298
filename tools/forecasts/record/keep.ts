import {
  type FigureValues,
  logForecasts,
  loggedForecast,
  type NewForecast,
} from "../../../data/forecasts/forecasts.service.ts";
import { dataVersion } from "../../../data/meta/dataVersion.repo.ts";
import type { ToolContext } from "../../define.ts";
import { METHOD } from "../../fitting/fitStore.ts";
import type { Ends, Range } from "../../statistics.ts";
import type { PromotionForecast, PromotionSpec } from "../types.ts";

/** A forecast with the promotion that it is of. */
export interface MadeForecast {
  readonly spec: PromotionSpec;
  readonly forecast: PromotionForecast;
}

/**
 * Keeps forecasts that a person is about to read, with who asked, when, on which data and by which method. No answer fails
 * or waits for it. Candidates that a search weighs and nobody reads are not kept, and the same forecast is kept once.
 * @returns their ids; null where the store cannot be written now
 */
export async function keepForecasts(
  { actor, store }: ToolContext,
  door: NewForecast["door"],
  made: readonly MadeForecast[],
): Promise<readonly number[] | null> {
  if (made.length === 0) return [];
  const data_version = await dataVersion(store);
  return logForecasts(
    actor,
    store,
    made.map(({ spec, forecast }) => ({
      door,
      data_version,
      method: METHOD,
      account_id: spec.account_id,
      start: spec.start,
      end: spec.end,
      mechanic: spec.mechanic,
      depth: forecast.depth,
      spec: specText(spec),
      currency: forecast.currency,
      figures: figuresOf(forecast),
    })),
  );
}

/** The id of the forecast that was kept of this promotion on the data as they are; null where there is none. */
export const keptForecast = async ({ store }: ToolContext, spec: PromotionSpec): Promise<number | null> =>
  loggedForecast(store, {
    account_id: spec.account_id,
    start: spec.start,
    spec: specText(spec),
    data_version: await dataVersion(store),
    method: METHOD,
  });

/** One text for one promotion, in whatever order its products were named. */
const specText = (spec: PromotionSpec): string =>
  JSON.stringify([
    spec.product_ids.toSorted((a, b) => a - b),
    spec.start,
    spec.end,
    spec.mechanic,
    spec.discount,
    spec.price_off,
    spec.get,
    spec.pay,
    spec.feature,
    spec.display,
    spec.payment,
    spec.fixed_spend,
  ]);

function figuresOf(forecast: PromotionForecast): FigureValues[] {
  const of = (figure: FigureValues["figure"], range: Range | null, wide: Ends | null): FigureValues[] =>
    range && wide
      ? [{ figure, mean: range.mean, q025: wide.low, q10: range.low, q90: range.high, q975: wide.high }]
      : [];
  const { range_95 } = forecast;
  return [
    ...of("baseline", forecast.baseline, range_95.baseline),
    ...of("units", forecast.units, range_95.units),
    ...of("true_incremental", forecast.true_incremental, range_95.true_incremental),
    ...of("net_profit", forecast.net_profit, range_95.net_profit),
  ];
}
