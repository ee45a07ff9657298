import { KamError } from "../../../data/common/errors.ts";
import type { ToolContext } from "../../define.ts";
import type { PromotionForecast, PromotionSpec } from "../../forecasts/types.ts";

/** What makes a forecast of a promotion; the tools take it as a parameter. */
export type Forecaster = (context: ToolContext, spec: PromotionSpec) => Promise<PromotionForecast>;

const NOTHING_TO_GO_BY = new Set(["no_model", "no_data"]);

/** A forecast, or the sentence that says why there is none: a draft needs none. */
export async function tryForecast(
  forecast: Forecaster,
  context: ToolContext,
  spec: PromotionSpec,
): Promise<
  { readonly forecast: PromotionForecast; readonly why: null } | { readonly forecast: null; readonly why: string }
> {
  try {
    return { forecast: await forecast(context, spec), why: null };
  } catch (error) {
    if (error instanceof KamError && NOTHING_TO_GO_BY.has(error.code))
      return { forecast: null, why: `No forecast could be made: ${error.message}` };
    throw error;
  }
}

/** What a promotion is expected to bring, as it stands in a result: the forecast without its lines. */
export function expectedOf(forecast: PromotionForecast) {
  const { lines: _lines, caveats: _caveats, ...expected } = forecast;
  return expected;
}
export type Expected = ReturnType<typeof expectedOf>;
