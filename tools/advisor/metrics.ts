import type { z } from "zod";
import { costPerIncrementalUnit, grossRoi, netRoi, subsidisedShare, uplift } from "../../forecasting/index.ts";
import type { metric } from "../args.ts";

export type Metric = z.infer<typeof metric>;

/** What pooled metrics are made of: sums over events, money in major units. */
export interface EventSums {
  readonly events: number;
  readonly units: number;
  readonly baseline: number;
  readonly gross_incremental: number;
  readonly dip: number;
  readonly cannibalised: number;
  readonly true_incremental: number;
  readonly spend: number;
  readonly incremental_profit: number;
  readonly net_sales: number;
}

/** How a metric is written: an ROI as a ratio, a share as a percentage, money in its currency, units as units. */
export type MetricUnit = "ratio" | "%" | "money" | "units" | "money per unit";

interface MetricRule {
  readonly unit: MetricUnit;
  /** Which end is listed first: what is best, and for volumes, money and spend what is largest. */
  readonly first: "highest" | "lowest";
  /** Whether an event whose profit is not known (no cost of goods) is left out. */
  readonly needsProfit: boolean;
  /** Recorded, not estimated: there is no range, and an order of such values is no chance. */
  readonly recorded?: true;
  /** The pooled value, null where it has no meaning. */
  readonly of: (sums: EventSums) => number | null;
}

/** The pooled metrics, by the formulas of the terms: sums over events first, then the ratio. */
export const METRICS: Readonly<Record<Metric, MetricRule>> = {
  net_roi: {
    unit: "ratio",
    first: "highest",
    needsProfit: true,
    of: (s) => netRoi(s.incremental_profit, s.spend),
  },
  gross_roi: { unit: "ratio", first: "highest", needsProfit: true, of: (s) => grossRoi(s.incremental_profit, s.spend) },
  uplift: { unit: "%", first: "highest", needsProfit: false, of: (s) => uplift(s.gross_incremental, s.baseline) },
  incremental_units: { unit: "units", first: "highest", needsProfit: false, of: (s) => s.gross_incremental },
  incremental_profit: { unit: "money", first: "highest", needsProfit: true, of: (s) => s.incremental_profit },
  spend: { unit: "money", first: "highest", needsProfit: false, recorded: true, of: (s) => s.spend },
  cost_per_incremental_unit: {
    unit: "money per unit",
    first: "lowest",
    needsProfit: false,
    of: (s) => costPerIncrementalUnit(s.spend, s.true_incremental),
  },
  subsidised_share: {
    unit: "%",
    first: "lowest",
    needsProfit: false,
    of: (s) => subsidisedShare(s.units, s.gross_incremental),
  },
  cannibalised_units: { unit: "units", first: "lowest", needsProfit: false, of: (s) => s.cannibalised },
  units: { unit: "units", first: "highest", needsProfit: false, recorded: true, of: (s) => s.units },
  net_sales: { unit: "money", first: "highest", needsProfit: false, recorded: true, of: (s) => s.net_sales },
};

export const EVENT_COLUMNS = [
  "units",
  "baseline",
  "gross_incremental",
  "dip",
  "cannibalised",
  "true_incremental",
  "spend",
  "incremental_profit",
  "net_sales",
] as const satisfies readonly (keyof EventSums)[];
