import type { EventResult } from "../../data/results/results.service.ts";

/** Promotions named one by one at each end. */
const MOST = 10;

/** Which promotions increased sales beyond doubt: not how much the best brought, but of which the interval lies above zero. */
export function increasedBy(events: readonly EventResult[]) {
  const by = events.toSorted((a, b) => b.true_incremental - a.true_incremental);
  const up = by.filter((e) => e.low > 0);
  const down = by.filter((e) => e.high < 0);
  const unclear = by.filter((e) => e.low <= 0 && e.high >= 0);
  const earned = (e: EventResult): boolean => e.incremental_profit !== null && e.incremental_profit > e.spend;
  const one = (e: EventResult) => ({
    promotion: e.promotion,
    name: e.name,
    true_incremental: e.true_incremental,
    low: e.low,
    high: e.high,
    net_roi: e.net_roi,
    earned: e.incremental_profit === null ? null : earned(e),
  });
  return {
    up: up.length,
    unclear: unclear.length,
    down: down.length,
    units: up.reduce((sum, e) => sum + e.true_incremental, 0),
    earned: up.filter(earned).length,
    best: up.slice(0, MOST).map(one),
    others: [...unclear, ...down].slice(-MOST).map(one),
  };
}
export type Increased = ReturnType<typeof increasedBy>;
