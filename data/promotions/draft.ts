import type { Period } from "../common/dates.ts";
import { addDays, movedBy } from "../common/dates.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";

export interface DraftLine {
  readonly product_id: number;
  /** What the firm pays a promoted unit, ex tax, in minor units; a rate, so it may have a fraction. */
  readonly allowance_minor: number;
  /** Null where no forecast could be made. */
  readonly planned_units: number | null;
  readonly planned_baseline: number | null;
}

/** Everything that a promotion is before it has an id and a state: what a service writes and a check judges. */
export interface PromotionDraft {
  readonly account_id: number;
  readonly name: string;
  /** What ties the promotions of several accounts together; null for a single one. */
  readonly series: string | null;
  readonly mechanic: PromotionTable["mechanic"];
  readonly discount: number | null;
  readonly price_off_minor: number | null;
  readonly get: number | null;
  readonly pay: number | null;
  /** Share of buyers who take the offer up; null where it does not matter. */
  readonly redemption: number | null;
  /**
   * What a contract's limit is held against, as a fraction: the cut of the price, of a multibuy its effective discount;
   * null where it is an absolute price-off and no price is known.
   */
  readonly depth: number | null;
  readonly feature: boolean;
  readonly display: boolean;
  readonly payment: PromotionTable["payment"];
  readonly fixed_spend_minor: number;
  readonly currency: string;
  readonly start: string;
  readonly end: string;
  /** The buy-in window that somebody gave; null where it follows from the dates. */
  readonly buy_in: Period | null;
  /** The scan window that somebody gave; null where scans are counted on the shelf's days. */
  readonly scan: Period | null;
  readonly note: string | null;
  readonly lines: readonly DraftLine[];
  /** Units in all that a person plans with instead of the forecast (the lines then add up to them); null where she goes by the forecast. */
  readonly own_units: number | null;
  /** Expected event spend S = p × paid units + F; null where units are not known. */
  readonly spend_minor: number | null;
}

/** What a forecast says that guardrails are held against; rates are fractions. */
export interface PlannedOutcome {
  readonly net_roi: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly retailer: { readonly margin: number; readonly everyday_margin: number } | null;
}

/** The windows beside the in-store one that somebody gave. */
export type GivenWindows = Pick<PromotionDraft, "buy_in" | "scan">;

/** Days before the in-store window in which the retailer takes the goods in. */
const BUY_IN_DAYS = 14;

/**
 * The three windows, kept apart: buy-in (shipments), in-store (shelf), scan (consumption). What nobody gave lies before the
 * shelf (buy-in) or on the shelf's days (scan).
 */
export function windowsOf(draft: Pick<PromotionDraft, "start" | "end"> & Partial<GivenWindows>): {
  buyIn: Period;
  inStore: Period;
  scan: Period;
} {
  return {
    buyIn: draft.buy_in ?? { from: addDays(draft.start, -BUY_IN_DAYS), to: addDays(draft.start, -1) },
    inStore: { from: draft.start, to: draft.end },
    scan: draft.scan ?? { from: draft.start, to: draft.end },
  };
}

/** Windows that were given, so many days later: they keep their distance from a promotion that moves. */
export const movedWindows = ({ buy_in, scan }: GivenWindows, days: number): GivenWindows => ({
  buy_in: buy_in && movedBy(buy_in, days),
  scan: scan && movedBy(scan, days),
});

/** Payment types in which the firm pays by the promoted unit; the others pay the fixed spend only. */
const BY_UNIT: ReadonlySet<PromotionTable["payment"]> = new Set(["off_invoice", "bill_back", "scan_back"]);
export const paidByUnit = (payment: PromotionTable["payment"]): boolean => BY_UNIT.has(payment);
