import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, mondayOf, overlaps, type Period, weekFromIndex, weekIndex } from "../../../data/common/dates.ts";
import { type PlanningTerms, planningTerms } from "../../../data/contracts/contracts.service.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { promotionsInWindow } from "../../../data/promotions/checks/checks.repo.ts";
import { paidByUnit } from "../../../data/promotions/draft.ts";
import { forecast } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import { type ForecastGround, soldAt } from "../../forecasts/forecastGround.ts";
import { forecastOn } from "../../forecasts/forecastPromotion.ts";
import { planOf } from "../../forecasts/planRows.ts";
import { usualFixedSpend } from "../../forecasts/terms.ts";
import type { PromotionForecast, PromotionSpec } from "../../forecasts/types.ts";
import type { Candidate } from "./choose.ts";

/** What a plan may consist of. */
export interface PlanRules {
  readonly period: Period;
  /** Length of each promotion. */
  readonly weeks: number;
  /** Weeks between two promotions of a brand at an account. */
  readonly gap: number;
  readonly maxDiscount: number | null;
  readonly minNetRoi: number | null;
  readonly display: boolean;
  readonly feature: boolean;
  readonly objective: "net_profit" | "incremental_units";
}

export interface PlanCandidate extends Candidate {
  readonly spec: PromotionSpec;
  readonly account: VisibleAccount;
  readonly brand: string;
}

const DEPTHS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35] as const;
const SUPPORTS = [
  { display: false, feature: false },
  { display: true, feature: false },
  { display: false, feature: true },
  { display: true, feature: true },
] as const;
/** Depths that supports are tried on, the best ones without support. */
const DEPTHS_WITH_SUPPORT = 2;

/**
 * Promotions of one brand that the account's contract and calendar allow. Each design (depth × support) is forecast once,
 * in the first free window; other windows scale it by the brand's expected baseline there. Null with a reason where none is possible.
 */
export async function candidatesOf(
  context: ToolContext,
  ground: ForecastGround,
  account: VisibleAccount,
  products: readonly Product[],
  rules: PlanRules,
): Promise<{ candidates: PlanCandidate[]; why: string | null }> {
  const terms = await planningTerms(context.store, account.id, rules.period);
  const listed = new Set(soldAt(ground, account.id, rules.period));
  const own = products.filter((p) => listed.has(p.id));
  if (!own.length) return { candidates: [], why: "not listed over the whole period" };
  if (terms && !terms.mechanics.includes("tpr"))
    return { candidates: [], why: "the contract does not allow price cuts" };
  const starts = await freeStarts(context, account, own, terms, rules);
  if (!starts.length)
    return { candidates: [], why: "no free week that keeps notice, blackout and distance to other promotions" };
  const payment = terms && paidByUnit(terms.usual_payment) ? terms.usual_payment : "bill_back";
  const deepest = Math.min(terms?.max_discount ?? 1, rules.maxDiscount ?? 1);
  const specAt = (start: number, discount: number, support: (typeof SUPPORTS)[number]): PromotionSpec => {
    const bare: PromotionSpec = {
      account_id: account.id,
      product_ids: own.map((p) => p.id),
      start: weekFromIndex(start),
      end: addDays(weekFromIndex(start), 7 * rules.weeks - 1),
      mechanic: "tpr",
      discount,
      price_off: null,
      get: null,
      pay: null,
      ...support,
      payment,
      fixed_spend: 0,
    };
    const supported = support.display || support.feature;
    return { ...bare, fixed_spend: supported ? (usualFixedSpend(ground, bare)?.amount ?? 0) : 0 };
  };
  const reference = starts[0]!;
  const tryOut = (discount: number, support: (typeof SUPPORTS)[number]) => {
    const spec = specAt(reference, discount, support);
    return { discount, support, spec, forecast: forecastOn(ground, context.actor, spec).forecast };
  };
  const depths = DEPTHS.filter((d) => d <= deepest + 1e-9);
  const bare = depths.map((d) => tryOut(d, SUPPORTS[0]));
  const worth = (f: PromotionForecast): number => worthOf(f, rules) ?? Number.NEGATIVE_INFINITY;
  const best = [...bare].sort((a, b) => worth(b.forecast) - worth(a.forecast)).slice(0, DEPTHS_WITH_SUPPORT);
  const supports = SUPPORTS.slice(1).filter((s) => (rules.display || !s.display) && (rules.feature || !s.feature));
  const designs = [...bare, ...best.flatMap((b) => supports.map((s) => tryOut(b.discount, s)))];
  const size = baselines(ground, account, own, starts, rules.weeks);
  const candidates = designs.flatMap((design) => {
    const value = worthOf(design.forecast, rules);
    const { spend } = design.forecast;
    if (value === null || spend === null) return [];
    return starts.flatMap((start): PlanCandidate[] => {
      const scale = size.get(start)! / size.get(reference)!;
      const fixed = design.spec.fixed_spend;
      const scaledSpend = fixed + scale * (spend - fixed);
      const scaledValue = rules.objective === "net_profit" ? scale * (value + fixed) - fixed : scale * value;
      const roi = scaledSpend > 0 && rules.objective === "net_profit" ? scaledValue / scaledSpend : null;
      if (rules.minNetRoi !== null && (roi ?? netRoiOf(design.forecast)) < rules.minNetRoi) return [];
      return [
        {
          group: `${account.id}|${own[0]!.brand_id}`,
          first: start,
          last: start + rules.weeks - 1,
          value: scaledValue,
          spend: scaledSpend,
          spec: specAt(start, design.discount, design.support),
          account,
          brand: own[0]!.brand,
        },
      ];
    });
  });
  return { candidates, why: candidates.length ? null : "costs are not known, or no design keeps the limits" };
}

const netRoiOf = (f: PromotionForecast): number => f.net_roi?.mean ?? Number.NEGATIVE_INFINITY;

const worthOf = (f: PromotionForecast, rules: PlanRules): number | null =>
  rules.objective === "net_profit" ? (f.net_profit?.mean ?? null) : f.true_incremental.mean;

/** Mondays (week index) on which a promotion may start: inside the period, after the notice, outside blackouts, away from the brand's other promotions. */
async function freeStarts(
  { store }: ToolContext,
  account: VisibleAccount,
  products: readonly Product[],
  terms: PlanningTerms | null,
  rules: PlanRules,
): Promise<number[]> {
  const { period, weeks, gap } = rules;
  const earliest = addDays(store.today, terms?.notice_days ?? 1);
  const around = { from: addDays(period.from, -7 * gap), to: addDays(period.to, 7 * gap) };
  const brands = new Set(products.map((p) => p.brand_id));
  const taken = (await promotionsInWindow(store, account.id, around, null)).filter((p) => brands.has(p.brand_id));
  const out: number[] = [];
  for (let start = weekIndex(mondayOf(addDays(period.from, 6))); ; start++) {
    const window = { from: weekFromIndex(start), to: addDays(weekFromIndex(start), 7 * weeks - 1) };
    if (window.to > period.to) return out;
    if (window.from < earliest) continue;
    if (terms?.blackouts.some((b) => overlaps({ from: b.start, to: b.end }, window))) continue;
    const wide = { from: addDays(window.from, -7 * gap), to: addDays(window.to, 7 * gap) };
    if (taken.some((t) => overlaps({ from: t.start, to: t.end }, wide))) continue;
    out.push(start);
  }
}

/** Expected baseline units of the products over the window from each start. */
function baselines(
  ground: ForecastGround,
  account: VisibleAccount,
  products: readonly Product[],
  starts: readonly number[],
  weeks: number,
): Map<number, number> {
  const first = starts[0]!;
  const count = starts.at(-1)! + weeks - first;
  const cells = products.flatMap((p) =>
    Array.from({ length: count }, (_, i) => ({ account_id: account.id, product_id: p.id, week: first + i })),
  );
  const { mean } = forecast(ground.fitted.model, planOf(ground, cells));
  const byWeek = new Float64Array(count);
  cells.forEach((cell, i) => {
    byWeek[cell.week - first]! += mean[i]!;
  });
  return new Map(
    starts.map((start) => [
      start,
      byWeek.subarray(start - first, start - first + weeks).reduce((sum, u) => sum + u, 0),
    ]),
  );
}
