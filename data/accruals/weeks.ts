import { addDays, dayNumber, mondayOf, type Period } from "../common/dates.ts";
import { paidByUnit } from "../promotions/draft.ts";
import type { Accruable } from "./accruals.repo.ts";

/** What a week of a promotion cost by its actual volume, before it is rounded; minor units. */
export interface WeekCost {
  readonly week: string;
  readonly units: number;
  readonly cost_minor: number;
}

/** The days whose volume is paid for: shipments of the buy-in window where the invoice is cut, else the scan window. */
export function paidWindow(promotion: Accruable): Period {
  const { start, end, buy_in_start, buy_in_end, scan_start, scan_end } = promotion;
  return promotion.payment === "off_invoice"
    ? { from: buy_in_start ?? start, to: buy_in_end ?? end }
    : { from: scan_start ?? start, to: scan_end ?? end };
}

const days = (p: Period): number => dayNumber(p.to) - dayNumber(p.from) + 1;

/**
 * Planned rate × actual units of each week of the window up to a day: of a week that lies in it by some days, that share;
 * what is paid whatever is sold (fees, lump sums) by the days that are over.
 */
export function weekCosts(
  promotion: Accruable,
  volume: readonly { week: string; units: number; cost_minor: number }[],
  known: string,
): WeekCost[] {
  const window = paidWindow(promotion);
  const byWeek = new Map(volume.map((v) => [v.week, v]));
  const costs: WeekCost[] = [];
  for (let week = mondayOf(window.from); week <= window.to && week <= known; week = addDays(week, 7)) {
    const sunday = addDays(week, 6);
    const inside = days({
      from: week > window.from ? week : window.from,
      to: sunday < window.to ? sunday : window.to,
    });
    const units = ((byWeek.get(week)?.units ?? 0) * inside) / 7;
    const byUnit = paidByUnit(promotion.payment) ? ((byWeek.get(week)?.cost_minor ?? 0) * inside) / 7 : 0;
    costs.push({ week, units, cost_minor: byUnit + (promotion.fixed_spend_minor * inside) / days(window) });
  }
  return costs;
}
