import { addDays, daysBetween } from "../../../data/common/dates.ts";
import type { EventResult } from "../../../data/results/results.service.ts";
import { netRoi, uplift } from "../../../forecasting/index.ts";
import { rankBy, sumBy } from "../frames.ts";
import { discountLevel } from "../groups.ts";
import { drawsOf, FEW, intervalOf } from "../interval.ts";
import { METRICS } from "../metrics.ts";

/** Days ahead of a holiday in which shopping is done for it. */
export const HOLIDAY_DAYS = 14;
/** A level's promotions differ from the others in something when their shares are this far apart. */
const APART = 0.25;

/** Past price cuts of one depth, pooled. Money in major units; null where no profit is known. */
export interface Level {
  readonly level: number;
  readonly promotions: number;
  readonly weeks: number;
  readonly uplift: number | null;
  readonly net_roi: number | null;
  readonly net_roi_range: { readonly low: number; readonly high: number } | null;
  readonly spend: number;
  readonly net_profit: number | null;
  readonly net_profit_per_week: number | null;
  readonly net_profit_per_promotion: number | null;
  /** Shares of these promotions with a display, a feature, and just before a holiday. */
  readonly with_display: number;
  readonly with_feature: number;
  readonly before_holiday: number;
  readonly thin: boolean;
}

/** A promotion with a stated price cut and a known profit. */
export type Cut = EventResult & { readonly discount: number; readonly incremental_profit: number };
export const isCut = (event: EventResult): event is Cut =>
  event.mechanic === "tpr" && event.discount !== null && event.incremental_profit !== null;

const weeksOf = (event: EventResult): number => (daysBetween(event.start, event.end) + 1) / 7;

/** Pooled results by five-point level of discount, shallowest first. */
export async function levelsOf(
  events: readonly Cut[],
  holidays: readonly { readonly date: string }[],
): Promise<Level[]> {
  const nearHoliday = (event: Cut): number =>
    holidays.some((day) => day.date >= event.start && day.date <= addDays(event.end, HOLIDAY_DAYS)) ? 1 : 0;
  const groups = await sumBy(events, (event) => String(discountLevel(event.discount)), {
    weeks: weeksOf,
    baseline: (e) => e.baseline,
    gross: (e) => e.gross_incremental,
    spend: (e) => e.spend,
    profit: (e) => e.incremental_profit,
    display: (e) => e.display,
    feature: (e) => e.feature,
    holiday: nearHoliday,
  });
  const members = Map.groupBy(events, (event) => String(discountLevel(event.discount)));
  const levels = groups.map(({ key, n, sums }, at): Level => {
    const { weeks, baseline, gross, spend, profit, display, feature, holiday } = sums as Record<string, number>;
    const parts = members.get(key)!.map((event) => ({ ...event, events: 1, net_sales: 0 }));
    const net = profit! - spend!;
    return {
      level: Number(key),
      promotions: n,
      weeks: weeks!,
      uplift: uplift(gross!, baseline!),
      net_roi: netRoi(profit!, spend!),
      net_roi_range: intervalOf(drawsOf(parts, METRICS.net_roi.of, 2_000 + at)),
      spend: spend!,
      net_profit: net,
      net_profit_per_week: net / weeks!,
      net_profit_per_promotion: net / n,
      with_display: display! / n,
      with_feature: feature! / n,
      before_holiday: holiday! / n,
      thin: n < FEW,
    };
  });
  return [...(await rankBy(levels, (level) => level.level, "lowest"))];
}

/** The level that did best so far, among those with enough promotions where there are such. */
export async function bestPast(levels: readonly Level[]): Promise<Level | null> {
  const enough = levels.filter((level) => !level.thin);
  const [best] = await rankBy(enough.length ? enough : levels, (level) => level.net_roi, "highest");
  return best?.net_roi == null ? null : best;
}

/**
 * The depth from which on promotions lost money so far beyond doubt: there and at every deeper level with enough of them the
 * interval of the net ROI ends below zero. Null where there is none.
 */
export function stopsInPast(
  levels: readonly Level[],
): { readonly level: number; readonly promotions: number; readonly net_profit: number | null } | null {
  const enough = levels.filter((level) => !level.thin && level.net_roi_range);
  const paying = enough.findLastIndex((level) => level.net_roi_range!.high >= 0);
  const beyond = enough.slice(paying + 1);
  if (!beyond.length) return null;
  const sum = (of: (level: Level) => number): number => beyond.reduce((total, level) => total + of(level), 0);
  return {
    level: beyond[0]!.level,
    promotions: sum((level) => level.promotions),
    net_profit: sum((level) => level.net_profit ?? 0),
  };
}

export type Confounder = "display" | "feature" | "holiday" | "thin";

/** What else was different about the promotions of a level than about those of the other levels. */
export function confoundersOf(best: Level, levels: readonly Level[]): Confounder[] {
  const others = levels.filter((level) => level !== best);
  const n = others.reduce((sum, level) => sum + level.promotions, 0);
  const share = (of: (level: Level) => number): number =>
    n > 0 ? others.reduce((sum, level) => sum + of(level) * level.promotions, 0) / n : of(best);
  const apart = (of: (level: Level) => number): boolean => Math.abs(of(best) - share(of)) >= APART;
  const found: Confounder[] = [];
  if (apart((level) => level.with_display)) found.push("display");
  if (apart((level) => level.with_feature)) found.push("feature");
  if (apart((level) => level.before_holiday)) found.push("holiday");
  if (best.thin) found.push("thin");
  return found;
}
