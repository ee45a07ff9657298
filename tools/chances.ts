import { grossRoi, netRoi } from "../forecasting/index.ts";
import { Z80 } from "./statistics.ts";

/** A measured result as it is stored: units with the 80 % interval of the true incremental ones, money in one unit. */
export interface MeasuredMoney {
  readonly true_incremental: number;
  readonly low: number;
  readonly high: number;
  readonly spend: number;
  readonly incremental_profit: number | null;
}

/** What the money of a past promotion may have been, 80 % intervals; null where costs are not known or nothing was spent. */
export interface Chances {
  readonly gross_roi: number | null;
  readonly net_roi_range: { readonly low: number; readonly high: number } | null;
  readonly gross_roi_range: { readonly low: number; readonly high: number } | null;
  /** That incremental profit was below the spend. */
  readonly probability_of_loss: number | null;
}

/**
 * Interval of both ROIs and the probability of a loss: spend is known, true incremental units are normal around their
 * estimate, profit is they times the unit margin.
 */
export function chancesOf({ true_incremental, low, high, spend, incremental_profit: profit }: MeasuredMoney): Chances {
  if (profit === null || true_incremental === 0)
    return { gross_roi: null, net_roi_range: null, gross_roi_range: null, probability_of_loss: null };
  const margin = profit / true_incremental;
  const ends = [low * margin, high * margin].sort((a, b) => a - b) as [number, number];
  const range = (roi: typeof netRoi) => {
    const [from, to] = ends.map((end) => roi(end, spend)) as [number | null, number | null];
    return from === null || to === null ? null : { low: from, high: to };
  };
  return {
    gross_roi: grossRoi(profit, spend),
    net_roi_range: range(netRoi),
    gross_roi_range: range(grossRoi),
    probability_of_loss: pooledLoss([{ true_incremental, low, high, spend, incremental_profit: profit }]),
  };
}

/** Probability that the profit of some promotions together was below their spend, their errors being independent; null where costs are not known. */
export function pooledLoss(events: readonly MeasuredMoney[]): number | null {
  let [net, variance] = [0, 0];
  for (const { true_incremental, low, high, spend, incremental_profit: profit } of events) {
    if (profit === null) return null;
    net += profit - spend;
    if (true_incremental !== 0) variance += ((profit / true_incremental) * ((high - low) / (2 * Z80))) ** 2;
  }
  return variance > 0 ? normalShare(-net / Math.sqrt(variance)) : Number(net < 0);
}

/** Share of a standard normal below z, to 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return z > 0 ? 1 - tail : tail;
}
