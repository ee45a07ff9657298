import { mondayOf, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { toMinor } from "../../data/common/money.ts";
import type { AgreedPromotion, PromotionLine } from "../../data/models/fitInput.repo.ts";
import type { PromotionResultTable } from "../../data/store/schema/promotions.ts";
import { evaluateEvent, eventSpend, incrementalProfit, type Model } from "../../forecasting/index.ts";
import { Z80 } from "../statistics.ts";
import { shareOfWeek } from "./calendarDrivers.ts";
import { type Terms, unitMargins } from "./money.ts";
import type { StorePanel } from "./storePanel.ts";

/** Weeks after an event in which its dip is counted. */
export const DIP_WEEKS = 4;

/** Money and shipments that an evaluation needs beside the model. */
export interface EventLedger {
  readonly lines: ReadonlyMap<number, readonly PromotionLine[]>;
  readonly contracts: readonly Terms[];
  /** Units shipped in the buy-in window by `promotion|product`, for those paid off invoice. */
  readonly shipped: ReadonlyMap<string, number>;
}

export type EventRow = Omit<PromotionResultTable, "model_id">;

/** Did the promotion end before today? A state that nobody moved on does not keep an event from being over. */
export const hasEnded = (promotion: Pick<AgreedPromotion, "status" | "end">, today: string): boolean =>
  promotion.status === "ended" || promotion.status === "closed" || promotion.end < today;

/**
 * Measures one ended promotion: units by the model against what would have been, money by the formulas of terms.md.
 * Weeks that the window covers in part count by their days. Null where no week of it was measured.
 */
export function measureEvent(
  model: Model,
  panel: StorePanel,
  promotion: AgreedPromotion,
  ledger: EventLedger,
): EventRow | null {
  const account = panel.accountIds.indexOf(promotion.account_id);
  const lines = ledger.lines.get(promotion.id) ?? [];
  const products = lines.map((line) => panel.productIds.indexOf(line.product_id));
  const weeks = windowWeeks(promotion);
  if (account < 0 || products.length === 0 || promotion.start > panelEnd(panel)) return null;
  const event = (some: readonly number[], postWeeks: number) =>
    evaluateEvent(model, { account, products, weeks: some, postWeeks });
  const whole = event(
    weeks.map((w) => w.index),
    DIP_WEEKS,
  );
  if (whole.rows === 0) return null;
  let outside = 0;
  for (const week of weeks) if (week.share < 1) outside += (1 - week.share) * event([week.index], 0).baseline;
  const units = whole.units - outside;
  const sold = soldByLine(panel, account, products, weeks);
  const scale =
    units /
    Math.max(
      1e-9,
      sold.reduce((sum, n) => sum + n, 0),
    );
  const paid = lines.map((line, i) => ledger.shipped.get(`${promotion.id}|${line.product_id}`) ?? sold[i]! * scale);
  const spendMinor =
    lines.reduce((sum, line, i) => sum + eventSpend(line.allowance_minor, paid[i]!, 0), 0) +
    promotion.fixed_spend_minor;
  const half = Z80 * whole.se;
  const margin = weightedMargin(panel, promotion, lines, sold, ledger);
  return {
    promotion_id: promotion.id,
    units,
    baseline: whole.baseline - outside,
    gross_incremental: whole.grossIncremental,
    dip: whole.dip,
    cannibalised: whole.cannibalised,
    halo: whole.halo,
    true_incremental: whole.trueIncremental,
    low: whole.trueIncremental - half,
    high: whole.trueIncremental + half,
    spend_minor: Math.round(spendMinor),
    incremental_profit_minor: margin === null ? null : toMinor(incrementalProfit(whole.trueIncremental, margin)),
  };
}

/** Week indices of a promotion's in-store window, each with the share of its days inside. */
export function windowWeeks(promotion: {
  readonly start: string;
  readonly end: string;
}): { index: number; share: number }[] {
  const last = weekIndex(mondayOf(promotion.end));
  const weeks: { index: number; share: number }[] = [];
  for (let index = weekIndex(mondayOf(promotion.start)); index <= last; index++)
    weeks.push({ index, share: shareOfWeek(weekFromIndex(index), promotion.start, promotion.end) });
  return weeks;
}

const panelEnd = (panel: StorePanel): string => weekFromIndex(weekIndex(panel.lastWeek) + 1);

/** Units of each line in the window, weeks by their share; 0 where not measured. */
function soldByLine(
  { panel }: StorePanel,
  account: number,
  products: readonly number[],
  weeks: readonly { index: number; share: number }[],
): number[] {
  const share = new Map(weeks.map((week) => [week.index, week.share]));
  const place = new Map(products.map((product, i) => [product, i]));
  const sold = products.map(() => 0);
  for (let i = 0; i < panel.week.length; i++) {
    if (panel.account[i] !== account) continue;
    const line = place.get(panel.product[i]!);
    const part = share.get(panel.week[i]!);
    if (line !== undefined && part !== undefined) sold[line]! += part * panel.units[i]!;
  }
  return sold;
}

/** Unit margin of an event, its lines weighted by what they sold; null where the cost or list price of a line is not known. */
function weightedMargin(
  panel: StorePanel,
  promotion: AgreedPromotion,
  lines: readonly PromotionLine[],
  sold: readonly number[],
  ledger: EventLedger,
): number | null {
  const margins = unitMargins(
    lines.map((line) => panel.book.productById.get(line.product_id)),
    ledger.contracts,
    promotion.account_id,
    promotion.start,
  );
  let sum = 0;
  let weight = 0;
  for (const [i, margin] of margins.entries()) {
    if (margin === null) return null;
    sum += margin * sold[i]!;
    weight += sold[i]!;
  }
  return weight > 0 ? sum / weight : null;
}
