import type { PromotionTable } from "../../data/store/schema/promotions.ts";
import type { Ends, LEVEL, Range } from "../statistics.ts";
import type { ForecastRecord } from "./record/recordFor.ts";

/** A promotion with every name resolved: what a forecast is made of and what a draft holds. */
export interface PromotionSpec {
  readonly account_id: number;
  readonly product_ids: readonly number[];
  readonly start: string;
  readonly end: string;
  readonly mechanic: PromotionTable["mechanic"];
  /** Cut of the shelf price as a fraction; null for a multibuy or an absolute price-off. */
  readonly discount: number | null;
  /** Absolute cut of the shelf price, major units. */
  readonly price_off: number | null;
  readonly get: number | null;
  readonly pay: number | null;
  readonly feature: boolean;
  readonly display: boolean;
  readonly payment: PromotionTable["payment"];
  /** Major units. */
  readonly fixed_spend: number;
}

/** What of a promotion a design is: everything but where its window lies. */
export type DesignSpec = Omit<PromotionSpec, "start" | "end">;

/** What a promotion is expected to bring; money in major units of `currency`, null where costs or prices are not known. */
export interface PromotionForecast {
  readonly weeks: number;
  readonly currency: string;
  readonly interval: typeof LEVEL;
  readonly units: Range;
  readonly baseline: Range;
  readonly gross_incremental: Range;
  readonly uplift: number;
  readonly dip: number;
  readonly cannibalised: number;
  readonly halo: number;
  readonly true_incremental: Range;
  readonly spend: number | null;
  readonly incremental_profit: Range | null;
  readonly net_profit: Range | null;
  readonly net_roi: Range | null;
  readonly gross_roi: number | null;
  readonly break_even_uplift: number | null;
  readonly probability_of_loss: number | null;
  /** Retailer's view: its margin as a fraction with and without, and the change of its cash margin; null where prices are not known. */
  readonly retailer: {
    readonly margin: number;
    readonly everyday_margin: number;
    readonly extra_profit: number;
  } | null;
  /**
   * What it changes in the accounts of both sides, expected, ex tax. `net_sales` are the firm's after everyday terms, which
   * is what the retailer pays for goods; both payments go from the firm to the retailer. Null where not known.
   */
  readonly statement: {
    readonly net_sales: number;
    readonly allowances: number;
    readonly fixed_spend: number;
    readonly manufacturer: {
      readonly cost_of_goods: number;
      readonly profit_before_spend: number;
      readonly net_profit: number;
    } | null;
    readonly retailer: {
      readonly sales: number;
      readonly profit_before_support: number;
      readonly profit: number;
    } | null;
  } | null;
  readonly lines: readonly {
    readonly product_id: number;
    readonly product: string;
    readonly units: number;
    readonly baseline: number;
    readonly allowance: number | null;
    readonly everyday_price: number | null;
    readonly promoted_price: number | null;
  }[];
  /**
   * Past promotions of these products at this account, and of their brand at the actor's other accounts, that the estimate
   * rests on; in a store without promotions, weeks with a discount or support.
   */
  readonly evidence: { readonly here: number; readonly elsewhere: number; readonly unit: "promotions" | "weeks" };
  /** 95 % intervals beside the 80 % ones above. */
  readonly range_95: {
    readonly baseline: Ends;
    readonly units: Ends;
    readonly true_incremental: Ends;
    readonly net_profit: Ends | null;
  };
  /** What its shoppers save on average, a fraction of the everyday price. */
  readonly depth: number;
  /** How good forecasts of promotions like this one were. */
  readonly record: ForecastRecord;
  /** Plain sentences: outside the depths seen, no cost known, … */
  readonly caveats: readonly string[];
}
