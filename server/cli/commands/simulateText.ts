/** What `kam simulate` reads of the result of `compare_scenarios`. */
interface Scenarios {
  readonly ranked: readonly {
    readonly rank: number;
    readonly rank_by_loss: number | null;
    readonly rank_by_regret: number;
    readonly label: string;
    readonly currency: string;
    readonly true_incremental: { readonly mean: number };
    readonly net_profit: { readonly mean: number } | null;
    readonly net_roi: { readonly mean: number } | null;
    readonly probability_of_loss: number | null;
    readonly expected_regret: number;
    readonly retailer: { readonly extra_profit: number } | null;
  }[];
  readonly probability_better: number;
  readonly flip: {
    readonly fixed_fee: { readonly at: number };
    readonly paid_a_unit: { readonly at: number } | null;
    readonly uplift: { readonly at: number } | null;
    readonly runner_up_uplift: { readonly at: number } | null;
  } | null;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** One line a scenario, best first; then how sure the order is, and what would turn it. */
export function describeScenarios(result: Record<string, unknown>): string {
  const { ranked, probability_better, flip } = result as unknown as Scenarios;
  const lines = ranked.map((r) => {
    const money = (value: number): string => `${Math.round(value)} ${r.currency}`;
    const parts = r.net_profit
      ? [
          `net profit ${money(r.net_profit.mean)}`,
          r.net_roi ? `net ROI ${r.net_roi.mean.toFixed(2)}` : "",
          `${Math.round(r.true_incremental.mean)} true incremental units`,
          r.probability_of_loss === null ? "" : `loss in ${percent(r.probability_of_loss)} (place ${r.rank_by_loss})`,
          `regret ${money(r.expected_regret)} (place ${r.rank_by_regret})`,
          r.retailer ? `retailer ${money(r.retailer.extra_profit)}` : "",
        ]
      : ["profit not known", `${Math.round(r.true_incremental.mean)} true incremental units`];
    return `${r.rank}. ${r.label}: ${parts.filter(Boolean).join(", ")}`;
  });
  const points = flip
    ? [
        `the first's fixed fee rose above ${flip.fixed_fee.at.toFixed(2)}`,
        flip.paid_a_unit ? `what is paid a unit of it above ${flip.paid_a_unit.at.toFixed(2)}` : "",
        flip.uplift ? `its uplift fell below ${percent(flip.uplift.at)}` : "",
        flip.runner_up_uplift ? `the second's rose above ${percent(flip.runner_up_uplift.at)}` : "",
      ].filter(Boolean)
    : [];
  return [
    ...lines,
    `The first beats the second in ${percent(probability_better)} of the draws.`,
    ...(points.length ? [`The second would be better if ${points.join(", or ")}.`] : []),
  ].join("\n");
}
