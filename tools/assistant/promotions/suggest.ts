import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import type { Period } from "../../../data/common/dates.ts";
import { toMinor } from "../../../data/common/money.ts";
import { fundFor } from "../../../data/funds/funds.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import type { PromotionDraft } from "../../../data/promotions/draft.ts";
import type { ToolContext } from "../../define.ts";
import type { Range } from "../../statistics.ts";
import { type Candidate, candidatesFor, inSeason, type LeftOut } from "./candidates.ts";
import { type Forecaster, tryForecast } from "./forecaster.ts";
import { specOf } from "./planDraft.ts";
import type { Offer } from "./wish.ts";

/** Brands that are worth a forecast; the rest are ranked by their record. */
const FORECAST_BRANDS = 3;

export interface Ask {
  readonly account: VisibleAccount;
  readonly window: Period;
  readonly offer: Offer;
  readonly feature: boolean;
  readonly display: boolean;
  readonly payment: PromotionDraft["payment"];
  readonly fixed_spend_minor: number;
  /** Only these products, where a brand or category is named. */
  readonly among?: ReadonlySet<number> | undefined;
}

export interface RankedBrand extends Candidate {
  readonly forecast: {
    readonly net_roi: Range | null;
    readonly true_incremental: Range;
    readonly spend: number | null;
  } | null;
  /** False where the expected spend is more than the fund has left. */
  readonly affordable: boolean;
  readonly units: ReadonlyMap<number, number>;
}

export interface Suggestion {
  readonly brands: readonly RankedBrand[];
  readonly left_out: readonly LeftOut[];
  readonly account_net_roi: number | null;
}

/**
 * The brands of an account, best first, each with its products that may be promoted in the window. What fits the fund and
 * follows no promotion of the brand too closely comes first, then what is in season, then by expected net ROI, else by the record. Deterministic.
 */
export async function suggestBrands(context: ToolContext, forecaster: Forecaster, ask: Ask): Promise<Suggestion> {
  const { candidates, left_out, account_net_roi } = await candidatesFor(context, ask.account, ask.window, ask.among);
  const ranked: RankedBrand[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const spec = specOf({
      ...ask,
      products: candidate.products.map((p) => p.product),
      start: ask.window.from,
      end: ask.window.to,
      note: null,
      own: null,
      series: null,
      buy_in: null,
      scan: null,
      name: null,
    });
    const { forecast } = index < FORECAST_BRANDS ? await tryForecast(forecaster, context, spec) : { forecast: null };
    const spend = forecast?.spend ?? null;
    const fund = await fundFor(context.store, ask.account, ask.window.from, spec.product_ids);
    ranked.push({
      ...candidate,
      forecast: forecast && { net_roi: forecast.net_roi, true_incremental: forecast.true_incremental, spend },
      affordable: fund === null || spend === null || toMinor(spend) <= toMinor(fund.left),
      units: new Map(forecast?.lines.map((l) => [l.product_id, l.units]) ?? []),
    });
  }
  ranked.sort(
    (a, b) =>
      Number(b.affordable) - Number(a.affordable) ||
      Number(a.near !== null) - Number(b.near !== null) ||
      Number(inSeason(b)) - Number(inSeason(a)) ||
      Number(b.forecast !== null) - Number(a.forecast !== null) ||
      scoreOf(b) - scoreOf(a) ||
      a.brand.localeCompare(b.brand, "en"),
  );
  return { brands: ranked, left_out, account_net_roi };
}

const scoreOf = (brand: RankedBrand): number => brand.forecast?.net_roi?.mean ?? brand.record_score;

/** The products that a draft takes where none is named: those of the best brand. */
export const bestProducts = (suggestion: Suggestion): readonly Product[] =>
  suggestion.brands[0]?.products.map((p) => p.product) ?? [];
