import { type Score, type Scored, scoreOf } from "./scored.ts";

/** What people planned against what was forecast, both held against the same promotions. */
export interface PlanScore {
  readonly n: number;
  readonly wape: number;
  readonly bias: number;
  readonly forecast: Pick<Score, "wape" | "bias">;
  /** Which of the two came nearer. */
  readonly better: "plans" | "forecasts";
  /** By how much of the units sold. */
  readonly by: number;
}

/** Over the promotions that people planned with a figure of their own; null where they are too few. */
export function plansOf(rows: readonly Scored[]): PlanScore | null {
  const both = rows.filter((s) => s.planned !== null);
  const plans = scoreOf(both.map((s) => ({ ...s.units, mean: s.planned as number })));
  const forecasts = scoreOf(both.map((s) => s.units));
  if (!plans || !forecasts) return null;
  return {
    n: plans.n,
    wape: plans.wape,
    bias: plans.bias,
    forecast: { wape: forecasts.wape, bias: forecasts.bias },
    better: plans.wape < forecasts.wape ? "plans" : "forecasts",
    by: Math.abs(plans.wape - forecasts.wape),
  };
}
