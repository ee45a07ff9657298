import { netRoi } from "../../../forecasting/index.ts";

interface Event {
  readonly spend: number;
  readonly incremental_profit: number | null;
}

/** What past promotions brought, pooled: profit summed over spend summed. */
export interface PastRecord {
  readonly promotions: number;
  readonly net_roi: number | null;
  /** The pooled net ROI drawn towards everybody's, as if some usual promotions had been added. */
  readonly drawn: number;
}

export interface Pool {
  readonly net_roi: number | null;
  readonly mean_spend: number;
}

/** A record of few promotions is worth little: this many usual ones are added to it. */
const USUAL_PROMOTIONS = 3;

const judged = (events: readonly Event[]) => events.filter((e) => e.incremental_profit !== null && e.spend > 0);
const sum = (values: readonly number[]): number => values.reduce((total, v) => total + v, 0);

/** Pooled net ROI and mean spend of the events whose profit is known. */
export function poolRecords(events: readonly Event[]): Pool {
  const known = judged(events);
  const spend = sum(known.map((e) => e.spend));
  const profit = sum(known.map((e) => e.incremental_profit ?? 0));
  return { net_roi: netRoi(profit, spend), mean_spend: known.length ? spend / known.length : 0 };
}

/** The record of some promotions beside that of all of an account's. */
export function recordOf(events: readonly Event[], pool: Pool): PastRecord {
  const known = judged(events);
  const own = poolRecords(events);
  const usual = pool.net_roi ?? 0;
  const added = USUAL_PROMOTIONS * (pool.mean_spend || 1);
  const spend = sum(known.map((e) => e.spend));
  const profit = sum(known.map((e) => e.incremental_profit ?? 0));
  return {
    promotions: known.length,
    net_roi: own.net_roi,
    drawn: (profit + added * (1 + usual)) / (spend + added) - 1,
  };
}
