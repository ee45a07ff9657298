import { addDays, daysBetween, type Period } from "../../data/common/dates.ts";
import { toMajor } from "../../data/common/money.ts";
import type { EventLine, EventResult } from "../../data/results/results.service.ts";
import { fillOf, type SupplyWeek } from "../../data/supply/supply.service.ts";
import { shareOfWeek } from "../fitting/calendarDrivers.ts";

/** Weeks of everyday sales beyond the promotion from which a retailer is said to have bought ahead. */
export const AHEAD_FROM = 0.3;

/** What a retailer bought for a promotion, beside what its shoppers took. Units; money in major units. */
export interface ForwardBuying {
  readonly buy_in: Period;
  readonly shipped: number;
  readonly consumed: number;
  /** Shipments above consumption in the buy-in window (terms.md). */
  readonly forward_bought: number;
  /** Of it: sold in the promotion's weeks after the buy-in, and not. */
  readonly sold_in_promotion: number;
  readonly kept: number;
  /** The part kept, in weeks of everyday sales; null where no baseline is known. */
  readonly kept_weeks: number | null;
  readonly bought_ahead: boolean;
  /** Allowances paid on what was kept, where the invoice is cut; null where another payment was agreed. */
  readonly paid_on_kept: number | null;
  readonly ordered: number | null;
  readonly fill_rate: number | null;
}

/** The window in which a promotion is bought in: as agreed, else as long as it, a week before. */
export const buyInOf = (
  event: { readonly start: string; readonly end: string },
  agreed: { readonly buy_in_start: string | null; readonly buy_in_end: string | null } | undefined,
): Period => ({
  from: agreed?.buy_in_start ?? addDays(event.start, -7),
  to: agreed?.buy_in_end ?? addDays(event.end, -7),
});

/** @returns null where no shipments are recorded in the buy-in window */
export function forwardBuyingOf(
  event: EventResult,
  buyIn: Period,
  lines: readonly EventLine[],
  weeks: readonly SupplyWeek[],
): ForwardBuying | null {
  const share = (week: string, period: Period): number => shareOfWeek(week, period.from, period.to);
  const inside = weeks.filter((w) => w.shipped !== null && share(w.week, buyIn) > 0);
  if (!inside.length) return null;
  const after = { from: addDays(buyIn.to, 1), to: event.end };
  const days = event.baseline > 0 ? weeksLong(event) : 0;
  let [shipped, consumed, forward, kept, paid] = [0, 0, 0, 0, 0];
  for (const line of lines) {
    const own = weeks.filter((w) => w.product_id === line.product_id);
    const total = (of: (w: SupplyWeek) => number | null, period: Period): number =>
      own.reduce((sum, w) => sum + share(w.week, period) * (of(w) ?? 0), 0);
    const [in_, out] = [total((w) => w.shipped, buyIn), total((w) => w.sold, buyIn)];
    const bought = Math.max(0, in_ - out);
    const later = after.from <= after.to ? total((w) => w.sold, after) : 0;
    shipped += in_;
    consumed += out;
    forward += bought;
    kept += Math.max(0, bought - later);
    paid += Math.max(0, bought - later) * toMajor(line.allowance_minor);
  }
  const keptWeeks = days > 0 ? kept / (event.baseline / days) : null;
  const fill = fillOf(inside);
  return {
    buy_in: buyIn,
    shipped,
    consumed,
    forward_bought: forward,
    sold_in_promotion: forward - kept,
    kept,
    kept_weeks: keptWeeks,
    bought_ahead: (keptWeeks ?? 0) >= AHEAD_FROM,
    paid_on_kept: event.payment === "off_invoice" ? paid : null,
    ordered: fill?.ordered ?? null,
    fill_rate: fill?.fill_rate ?? null,
  };
}

const weeksLong = ({ start, end }: Pick<EventResult, "start" | "end">): number => (daysBetween(start, end) + 1) / 7;
