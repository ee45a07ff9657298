import type { ForecastDetail } from "../forecasts/forecastPromotion.ts";
import { LEVEL, rangeOf } from "../statistics.ts";
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
 * Ranks by expected net profit, or where a cost is unknown (or currencies differ) by expected true incremental units. How
 * sure the order is comes from common draws: in which share of the same worlds the first beats the second.
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
  const better = drawsOf(first).filter((v, d) => v > drawsOf(second)[d]!).length / drawsOf(first).length;
  const regret = ranked.map((one) => expectedRegret(ranked.map(drawsOf), drawsOf(one)));
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
      ...c.json,
      /** How much less than the best of each world it brings on average. */
      expected_regret: regret[i],
    })),
    best: { label: first.json.label, scenario: first.json.scenario },
    runner_up: { label: second.json.label, scenario: second.json.scenario },
    difference,
    probability_better: better,
    sure: better >= SURE,
    threshold: SURE,
    flip: flipOf(first, byMoney, difference.mean),
    best_allowed: ranked.find((c) => !c.json.blocked)?.json.label ?? null,
  };
}

function expectedRegret(all: readonly Float64Array[], own: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < own.length; d++) sum += Math.max(...all.map((draws) => draws[d]!)) - own[d]!;
  return sum / own.length;
}

/** What would turn the choice: a further cost of the first, or a weaker response to it. */
function flipOf(first: Compared, byMoney: boolean, difference: number) {
  if (!byMoney) return null;
  const profit = first.json.incremental_profit?.mean ?? 0;
  return { extra_cost: difference, weaker_response: profit > 0 && difference < profit ? difference / profit : null };
}
