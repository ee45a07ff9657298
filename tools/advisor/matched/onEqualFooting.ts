import type { EventResult } from "../../../data/results/results.service.ts";
import { type Comparable, compareMatched, type Matched } from "../../../forecasting/index.ts";
import type { Grouping } from "../groups.ts";
import type { EventSums } from "../metrics.ts";
import type { Conditions } from "./conditions.ts";

/** Metrics that are a ratio of two sums, each as its two parts; the others are sums and no comparison of like with like. */
const PARTS: Readonly<Record<string, (event: EventSums) => readonly [numerator: number, base: number]>> = {
  net_roi: (e) => [e.incremental_profit - e.spend, e.spend],
  gross_roi: (e) => [e.incremental_profit, e.spend],
  uplift: (e) => [e.gross_incremental, e.baseline],
  subsidised_share: (e) => [e.units - e.gross_incremental, e.units],
};

/** Groupings of which a promotion is one or the other as it was planned; the time it ran in is a condition. */
const PLANNED: ReadonlySet<Grouping> = new Set([
  "account",
  "category",
  "brand",
  "mechanic",
  "support",
  "discount_band",
  "payment",
]);

/** Covariates that say more than "apart" when the means of two groups differ by this many standard deviations. */
const APART = 0.25;
/** Conditions named at most. */
const MOST_APART = 3;

export const canBeMatched = (metric: string, by: Grouping): boolean => metric in PARTS && PLANNED.has(by);

/**
 * A group of promotions against another on equal footing: support the same, season, holidays, competitors, stock, promotions just
 * before, size, length, depth, brand, account and mechanic taken into account, save what is compared itself.
 * @param isFirst true for the first group, false for the second, null for neither
 */
export function onEqualFooting(
  events: readonly EventResult[],
  conditions: ReadonlyMap<number, Conditions>,
  metric: string,
  by: Grouping,
  isFirst: (event: EventResult) => boolean | null,
) {
  const parts = PARTS[metric]!;
  const comparable = events.flatMap((event): Comparable[] => {
    const first = isFirst(event);
    const known = conditions.get(event.promotion_id);
    if (first === null || !known) return [];
    const sums = { ...event, events: 1, net_sales: 0, incremental_profit: event.incremental_profit ?? Number.NaN };
    const [numerator, base] = parts(sums);
    if (!(base > 0) || !Number.isFinite(numerator)) return [];
    const { support, depth, ...rest } = known;
    return [
      {
        first,
        numerator,
        base,
        stratum: by === "support" ? "any" : support,
        covariates: by === "discount_band" ? rest : { ...rest, depth },
        labels: [
          ...(by === "account" ? [] : [`account ${event.account}`]),
          ...(by === "brand" ? [] : by === "category" ? [] : [`brand ${event.brand}`]),
          ...(by === "mechanic" ? [] : [`mechanic ${event.mechanic}`]),
        ],
      },
    ];
  });
  return matchedJson(compareMatched(comparable));
}

/** Season is one condition with two coordinates. */
const NAMES: Readonly<Record<string, string>> = { season_cos: "season", season_sin: "season" };

function matchedJson(matched: Matched) {
  const apart = matched.balance
    .filter((one) => Math.abs(one.before) >= APART)
    .map((one) => NAMES[one.covariate] ?? one.covariate);
  return {
    promotions: matched.nFirst,
    others: matched.nSecond,
    matched: matched.matchedFirst,
    matched_others: matched.matchedSecond,
    overlap: matched.overlap,
    effective: matched.effectiveFirst,
    effective_others: matched.effectiveSecond,
    raw: matched.raw,
    adjusted: matched.adjusted?.difference ?? null,
    range: matched.adjusted && { low: matched.adjusted.low, high: matched.adjusted.high },
    /** The interval does not hold zero. */
    clear: matched.adjusted !== null && matched.adjusted.low * matched.adjusted.high > 0,
    misleads: matched.misleads,
    reason: matched.reason,
    /** What was most different between the two, the furthest first. */
    apart: [...new Set(apart)].slice(0, MOST_APART),
  };
}

export type MatchedJson = ReturnType<typeof matchedJson>;
