import type { PromotionForecast } from "../forecasts/types.ts";

/** What of a forecast a break point is worked out from. */
type Weighed = Pick<PromotionForecast, "net_profit" | "incremental_profit" | "uplift"> & {
  readonly fixed_spend: number;
  readonly lines: readonly Pick<PromotionForecast["lines"][number], "units" | "baseline" | "allowance">[];
};

/** Points beyond which the runner-up would earn more than the first, all else as expected; null where there is none. */
export interface Flips {
  /** The first's fixed fee, now and where the two are equal. */
  readonly fixed_fee: { readonly now: number; readonly at: number };
  /** What is paid a unit on average, likewise; null where nothing is paid by the unit. */
  readonly paid_a_unit: { readonly now: number; readonly at: number } | null;
  /** The first's uplift, expected and where the two are equal. */
  readonly uplift: { readonly expected: number; readonly at: number } | null;
  /** The runner-up's uplift, expected and where the two are equal. */
  readonly runner_up_uplift: { readonly expected: number; readonly at: number } | null;
}

/**
 * Break points between the first and the runner-up. Fee: F + Δ. A unit: p + Δ / units. Uplift: with the response scaled by λ
 * (gains, dip and cross effects alike) net(λ) = λ (P − Σ allowance × gain) − Σ allowance × baseline − F; λ where it is the other's.
 */
export function flipsOf(first: Weighed, second: Weighed): Flips {
  const lead = first.net_profit!.mean - second.net_profit!.mean;
  const units = first.lines.reduce((sum, line) => sum + line.units, 0);
  const paid = first.lines.reduce((sum, line) => sum + (line.allowance ?? 0) * line.units, 0);
  return {
    fixed_fee: { now: first.fixed_spend, at: first.fixed_spend + lead },
    paid_a_unit: paid > 0 && units > 0 ? { now: paid / units, at: (paid + lead) / units } : null,
    uplift: upliftAt(first, second.net_profit!.mean),
    runner_up_uplift: upliftAt(second, first.net_profit!.mean),
  };
}

/** The uplift at which a promotion would earn `net`; null where more or less of a response does not bring it there. */
function upliftAt(of: Weighed, net: number): { expected: number; at: number } | null {
  const allowance = (units: (line: Weighed["lines"][number]) => number): number =>
    of.lines.reduce((sum, line) => sum + (line.allowance ?? 0) * units(line), 0);
  const perResponse = of.incremental_profit!.mean - allowance((line) => line.units - line.baseline);
  const whatever = allowance((line) => line.baseline) + of.fixed_spend;
  if (!(perResponse > 0) || of.uplift <= 0) return null;
  const at = (of.uplift * (net + whatever)) / perResponse;
  return at >= 0 ? { expected: of.uplift, at } : null;
}
