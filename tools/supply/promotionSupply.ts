import { addDays, latest, mondayOf, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { windowWeeks } from "../fitting/events.ts";
import { type ForecastGround, factsAt } from "../forecasts/forecastGround.ts";
import type { PromotionSpec } from "../forecasts/types.ts";
import { unitOutcome } from "../forecasts/unitOutcome.ts";
import { quantileOf } from "../statistics.ts";
import { expectedDemand, unitsBetween } from "./demand.ts";
import { expectedOn, type Position } from "./position.ts";

/** Probability with which an order proposal is to be enough, where none is named. */
export const SERVICE_LEVEL = 0.95;

/** What one product of a promotion needs, and what there will be of it. Units. */
export interface ProductSupply {
  readonly product_id: number;
  /** Expected in the promotion's weeks still to come, and what is enough with the probability of the service level. */
  readonly expected: number;
  readonly enough: number;
  /** Expected by week of the window, from the first that is still to come. */
  readonly weeks: readonly { readonly week: string; readonly units: number }[];
  readonly stock: number | null;
  /** Delivered since the stock was counted, and due before the last week of the promotion. */
  readonly arrived: number;
  readonly due: number;
  /** Sold until the start, as expected. */
  readonly sold_before: number;
  /** What of stock and orders is left for the promotion. */
  readonly available: number;
  readonly short: number;
}

/**
 * Holds the volume of a promotion against stock and open orders. A stock that is not known counts as none. What shoppers take
 * until the start is taken off; everyday orders that nobody has placed yet are not counted.
 * @param service probability with which the quantity is to be enough
 */
export function promotionSupply(
  ground: ForecastGround,
  spec: PromotionSpec,
  promotionId: number | null,
  positions: readonly Position[],
  service: number,
): ProductSupply[] {
  const known = spec.product_ids.filter((id) => factsAt(ground, spec.account_id, id));
  if (!known.length) return [];
  const { promoted } = unitOutcome(ground, { ...spec, product_ids: known });
  const begin = latest(spec.start, ground.today);
  return promoted.map((units): ProductSupply => {
    const position = positions.find((p) => p.product_id === units.product_id) ?? null;
    const counted = position?.stock ? addDays(position.stock.week, 7) : mondayOf(ground.today);
    const horizon = Math.max(1, weekIndex(mondayOf(spec.end)) - weekIndex(counted) + 1);
    const everyday = expectedDemand(ground, spec.account_id, [units.product_id], counted, horizon, promotionId);
    const soldBefore = unitsBetween(everyday, units.product_id, counted, begin);
    const lastWeek = mondayOf(spec.end);
    const due = (position?.open ?? [])
      .filter((line) => expectedOn(line, ground.today) < latest(lastWeek, begin))
      .reduce((sum, line) => sum + line.due, 0);
    // What ran already is sold; of a promotion that runs, only the rest is to be supplied.
    const rest = restOf(spec, begin);
    const enough = rest * Math.max(units.with, quantileOf(units.drawsWith, service));
    const expected = rest * units.with;
    const available = Math.max(0, (position?.stock?.units ?? 0) + (position?.arrived ?? 0) + due - soldBefore);
    return {
      product_id: units.product_id,
      expected,
      enough,
      weeks: weekShares(spec, begin).map(({ week, share }) => ({ week, units: enough * share })),
      stock: position?.stock?.units ?? null,
      arrived: position?.arrived ?? 0,
      due,
      sold_before: soldBefore,
      available,
      short: Math.max(0, enough - available),
    };
  });
}

/** Days of the window from a day on, as a share of them all. */
function restOf(spec: PromotionSpec, begin: string): number {
  const all = windowWeeks(spec).reduce((sum, w) => sum + w.share, 0);
  return begin > spec.end ? 0 : windowWeeks({ start: begin, end: spec.end }).reduce((sum, w) => sum + w.share, 0) / all;
}

/** The weeks of the window still to come and their share of its days. */
function weekShares(spec: PromotionSpec, begin: string): { week: string; share: number }[] {
  if (begin > spec.end) return [];
  const weeks = windowWeeks({ start: begin, end: spec.end });
  const all = weeks.reduce((sum, w) => sum + w.share, 0);
  return weeks.map(({ index, share }) => ({ week: weekFromIndex(index), share: share / all }));
}
