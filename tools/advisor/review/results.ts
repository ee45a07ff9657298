import type { EventResult } from "../../../data/results/results.service.ts";
import { grossRoi, netRoi, uplift } from "../../../forecasting/index.ts";
import { rankBy, sumBy } from "../frames.ts";

const named = (event: EventResult) => ({
  promotion: event.promotion,
  name: event.name,
  start: event.start,
  end: event.end,
  spend: event.spend,
  net_roi: event.net_roi,
  uplift: event.uplift,
  true_incremental: event.true_incremental,
});

const BEST = 3;

/** Pooled result of some promotions with the best and the worst of them by net ROI; null where there are none with a profit. */
export async function pooledOf(events: readonly EventResult[]) {
  const priced = events.filter((event) => event.incremental_profit !== null);
  const [all] = await sumBy(priced, () => "all", {
    spend: (e) => e.spend,
    profit: (e) => e.incremental_profit!,
    baseline: (e) => e.baseline,
    gross: (e) => e.gross_incremental,
    true_incremental: (e) => e.true_incremental,
  });
  if (!all) return null;
  const { spend, profit, baseline, gross, true_incremental } = all.sums as Record<string, number>;
  const ranked = (await rankBy(priced, (event) => event.net_roi, "highest")).filter((event) => event.net_roi !== null);
  return {
    promotions: all.n,
    without_profit: events.length - priced.length,
    spend: spend!,
    incremental_profit: profit!,
    net_profit: profit! - spend!,
    net_roi: netRoi(profit!, spend!),
    gross_roi: grossRoi(profit!, spend!),
    uplift: uplift(gross!, baseline!),
    true_incremental: true_incremental!,
    earned_back: priced.filter((event) => event.net_roi !== null && event.net_roi > 0).length,
    best: ranked.slice(0, BEST).map(named),
    worst: ranked.slice(BEST).slice(-BEST).reverse().map(named),
  };
}
