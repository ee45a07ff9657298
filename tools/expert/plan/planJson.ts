import type { Product } from "../../../data/products/products.service.ts";
import type { ForecastDetail } from "../../forecasts/forecastPromotion.ts";
import { rangeOf } from "../../statistics.ts";
import type { PlanCandidate } from "./candidates.ts";
import type { Formulation, LimitRow } from "./formulate.ts";
import type { PackingSolution } from "./solvePacking.ts";

/** How much more of a money limit a shadow price is told for. */
const STEP = 1_000;
const ALTERNATIVES = 5;
/** A limit binds from this price on: below it, it is arithmetic dust. */
const LEAST_PRICE = 1e-6;

/** A chosen promotion as the result shows it. */
export const chosenJson = (c: PlanCandidate, { forecast }: ForecastDetail, products: readonly Product[]) => ({
  ...designJson(c, products),
  payment: c.spec.payment,
  fixed_spend: c.spec.fixed_spend,
  currency: forecast.currency,
  spend: forecast.spend,
  units: forecast.units.mean,
  true_incremental: forecast.true_incremental,
  net_profit: forecast.net_profit,
  net_roi: forecast.net_roi,
  probability_of_loss: forecast.probability_of_loss,
  retailer_gain: forecast.retailer?.extra_profit ?? null,
  record: forecast.record,
});

const designJson = (c: PlanCandidate, products: readonly Product[]) => ({
  account: c.account.name,
  brand: c.brand,
  products: c.spec.product_ids.map((id) => products.find((p) => p.id === id)?.name),
  n_products: c.spec.product_ids.length,
  period: { from: c.spec.start, to: c.spec.end },
  discount: c.spec.discount,
  display: c.spec.display,
  feature: c.spec.feature,
});

/** Sums over the chosen promotions; the range of the profit is of their joint draws. */
export function totals(details: readonly ForecastDetail[], budget: number) {
  const sum = (of: (d: ForecastDetail) => number): number => details.reduce((n, d) => n + of(d), 0);
  const spend = sum((d) => d.forecast.spend ?? 0);
  const profit = sum((d) => d.forecast.net_profit?.mean ?? 0);
  const joint = (of: (d: ForecastDetail) => Float64Array | null) =>
    Float64Array.from(details[0]?.gainDraws ?? [], (_, k) => sum((d) => of(d)?.[k] ?? 0));
  const range = (mean: number, of: (d: ForecastDetail) => Float64Array | null) =>
    details.length ? rangeOf(mean, joint(of)) : { mean: 0, low: 0, high: 0 };
  const net = joint((d) => d.netDraws);
  return {
    spend,
    budget_left: budget - spend,
    net_profit: range(profit, (d) => d.netDraws),
    probability_of_loss: net.length ? net.filter((v) => v < 0).length / net.length : null,
    true_incremental: range(
      sum((d) => d.forecast.true_incremental.mean),
      (d) => d.gainDraws,
    ),
    net_roi: spend > 0 ? profit / spend : null,
  };
}

/** Limits that cost the plan something: what a little more of each would bring, the dearest first. */
export function bindingJson({ rows }: Formulation, { prices }: PackingSolution, accounts: ReadonlyMap<number, string>) {
  const priced = rows.map((row, r) => ({ row, price: prices[r]! })).filter(({ price }) => price > LEAST_PRICE);
  const money = priced.filter(({ row }) => row.kind === "budget" || row.kind === "account_budget");
  return {
    step: STEP,
    budgets: money
      .toSorted((a, b) => b.price - a.price)
      .map(({ row, price }) => ({
        kind: row.kind,
        account: row.accountId === null ? null : (accounts.get(row.accountId) ?? null),
        limit: row.limit,
        step_brings: price * STEP,
      })),
    calendar: priced.some(({ row }) => row.kind === "calendar"),
    per_month: priced.some(({ row }) => row.kind === "per_month"),
    per_brand: priced.some(({ row }) => row.kind === "per_brand"),
    promotions: priced.some(({ row }) => row.kind === "promotions"),
  };
}

/** Of the brands at an account that the plan leaves out, those that come nearest to being in it, and what is in their way. */
export function alternativesJson(
  candidates: readonly PlanCandidate[],
  formulation: Formulation,
  solution: PackingSolution,
  products: readonly Product[],
) {
  const key = (c: PlanCandidate): string => `${c.accountId}|${c.brandId}`;
  const taken = new Set(solution.chosen.map((j) => key(candidates[j]!)));
  const best = new Map<string, number>();
  candidates.forEach((c, j) => {
    const known = best.get(key(c));
    if (taken.has(key(c)) || (known !== undefined && solution.boundWith(known) >= solution.boundWith(j))) return;
    best.set(key(c), j);
  });
  return [...best.values()]
    .toSorted((a, b) => solution.boundWith(b) - solution.boundWith(a) || a - b)
    .slice(0, ALTERNATIVES)
    .map((j) => ({
      ...designJson(candidates[j]!, products),
      value: candidates[j]!.value,
      spend: candidates[j]!.spend,
      /** The plan would be worth at least this much less than its bound with it. */
      costs: Math.max(0, solution.bound - solution.boundWith(j)),
      blocked_by: blockersOf(formulation, solution.chosen, j),
    }));
}

/** Kinds of limits that a further column would break beside the chosen ones. */
function blockersOf({ problem, rows }: Formulation, chosen: readonly number[], j: number): LimitRow["kind"][] {
  const used = new Float64Array(problem.limits.length);
  for (const c of [...chosen, j]) {
    const column = problem.columns[c]!;
    column.rows.forEach((r, k) => {
      used[r]! += column.takes[k]!;
    });
  }
  const broken = rows.filter((row, r) => used[r]! > row.limit * (1 + 1e-9));
  return [...new Set(broken.map((row) => row.kind))];
}
