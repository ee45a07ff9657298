import type { ForecastDetail } from "../forecasts/forecastPromotion.ts";
import { LEVEL, rangeOf } from "../statistics.ts";
import { flipsOf } from "./flips.ts";
import type { forecastJson } from "./json.ts";

export interface Compared {
  readonly detail: ForecastDetail;
  readonly json: ReturnType<typeof forecastJson>["json"] & {
    readonly label: string;
    /** Its place in the question, from 1. */
    readonly scenario: number;
    readonly checks: readonly { rule: string; verdict: string; message: string }[];
    readonly blocked: boolean;
  };
}

/** Below this probability an order is not called sure. */
const SURE = 0.8;

/**
 * Ranks by expected net profit, or where a cost is unknown (or currencies differ) by expected true incremental units; and
 * beside it by the probability of a loss and by expected regret. How sure the order is comes from common draws: in which
 * share of the same worlds the first beats the second.
 */
export function rankScenarios(compared: readonly Compared[]): Record<string, unknown> {
  const currencies = new Set(compared.map((c) => c.json.currency));
  const byMoney =
    currencies.size === 1 && compared.every((c) => c.detail.netDraws !== null && c.json.net_profit !== null);
  const drawsOf = (c: Compared): Float64Array => (byMoney ? c.detail.netDraws! : c.detail.gainDraws);
  const expected = (c: Compared): number => (byMoney ? c.json.net_profit!.mean : c.json.true_incremental.mean);
  const ranked = [...compared].sort((a, b) => expected(b) - expected(a) || a.json.scenario - b.json.scenario);
  const [first, second] = ranked as [Compared, Compared];
  const difference = rangeOf(
    expected(first) - expected(second),
    drawsOf(first).map((v, d) => v - drawsOf(second)[d]!),
  );
  const better = shareOf(drawsOf(first), (v, d) => v > drawsOf(second)[d]!);
  const worse = shareOf(drawsOf(first), (v, d) => v < drawsOf(second)[d]!);
  const regrets = expectedRegrets(ranked.map(drawsOf));
  const loss = (c: Compared): number | null => (byMoney ? c.json.probability_of_loss : null);
  const lossRanks = ranks(ranked.map(loss));
  const regretRanks = ranks(regrets);
  const firstBy = (places: readonly (number | null)[]) => {
    const c = ranked[places.indexOf(1)];
    return c ? { label: c.json.label, scenario: c.json.scenario } : null;
  };
  return {
    basis: byMoney ? "net_profit" : "true_incremental",
    basis_why: byMoney
      ? null
      : currencies.size > 1
        ? "the accounts are kept in different currencies"
        : "costs are not known",
    currency: first.json.currency,
    interval: LEVEL,
    n_scenarios: ranked.length,
    ranked: ranked.map((c, i) => ({
      rank: i + 1,
      /** Its place by the probability of a loss (null where that is not known) and by regret; equals share the better one. */
      rank_by_loss: lossRanks[i],
      rank_by_regret: regretRanks[i],
      ...c.json,
      /** How much less than the best of each world it brings on average. */
      expected_regret: regrets[i],
    })),
    best: { label: first.json.label, scenario: first.json.scenario },
    runner_up: { label: second.json.label, scenario: second.json.scenario },
    least_loss: byMoney ? firstBy(lossRanks) : null,
    least_regret: firstBy(regretRanks),
    difference,
    probability_better: better,
    probability_worse: worse,
    sure: better >= SURE,
    threshold: SURE,
    flip: byMoney ? flipsOf(first.json, second.json) : null,
    best_allowed: ranked.find((c) => !c.json.blocked)?.json.label ?? null,
  };
}

const shareOf = (draws: Float64Array, holds: (v: number, d: number) => boolean): number =>
  draws.filter(holds).length / draws.length;

/** Mean over the worlds of what the best of each brings more. */
function expectedRegrets(all: readonly Float64Array[]): number[] {
  const worlds = all[0]!.length;
  const best = new Float64Array(worlds).fill(Number.NEGATIVE_INFINITY);
  for (const draws of all) for (let d = 0; d < worlds; d++) best[d] = Math.max(best[d]!, draws[d]!);
  return all.map((draws) => draws.reduce((sum, v, d) => sum + best[d]! - v, 0) / worlds);
}

/** Places from the least on; those alike share the better place. Null where any value is not known. */
function ranks(values: readonly (number | null)[]): (number | null)[] {
  if (values.some((v) => v === null)) return values.map(() => null);
  return values.map((v) => 1 + values.filter((other) => other! < v!).length);
}
