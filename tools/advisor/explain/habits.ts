import { weekIndex } from "../../../data/common/dates.ts";
import type { EventResult } from "../../../data/results/results.service.ts";
import { forecast, pastPlan } from "../../../forecasting/index.ts";
import { COMPETITOR } from "../../fitting/marketBook.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";
import { driverValues } from "./past.ts";

/** What other promotions of the category tell: how far sales usually are from what is expected, and what a competitor takes. */
export interface Habits {
  /** Promotions looked at. */
  readonly promotions: number;
  /** Standard deviation of ln(actual / expected) of a promotion. */
  readonly deviation: number;
  /** Promotions among them with a competitor's promotion in the same weeks. */
  readonly beside_competitor: number;
  /** Change of ln units for a competitor's depth of one, for each unit of our promotion's own ln response; at most zero. */
  readonly blunting: number;
}

export interface HabitEvent extends Pick<EventResult, "promotion_id" | "account_id" | "start" | "end" | "baseline"> {
  readonly productIds: readonly number[];
}

/** ln error of a new promotion's expectation, where too few were seen to tell. */
const USUAL_DEVIATION = 0.12;
/** Spread of the blunting that is thought possible before looking: a weak prior around none. */
const PRIOR_SD = 1;

interface Point {
  readonly residual: number;
  readonly pressed: number;
}

/**
 * Learned from the other promotions, never from the one that is explained.
 * @param emptyShare out-of-stock share by `account|product|week index`
 */
export function habitsOf(
  fitted: StoreModel,
  events: readonly HabitEvent[],
  emptyShare: ReadonlyMap<string, number>,
): Habits {
  const points = events.flatMap((event): Point[] => {
    const account = fitted.accountIndex.get(event.account_id);
    if (account === undefined || event.baseline <= 0) return [];
    const products = event.productIds.flatMap((id) => fitted.productIndex.get(id) ?? []);
    const plan = pastPlan(fitted.model, account, products, { from: weekIndex(event.start), to: weekIndex(event.end) });
    if (!plan.week.length) return [];
    const { median } = forecast(fitted.model, plan);
    const rival = driverValues(plan, COMPETITOR);
    let [residual, depth, expected, rows] = [0, 0, 0, 0];
    for (let i = 0; i < plan.week.length; i++) {
      const key = `${event.account_id}|${fitted.productIds[plan.product[i]!]}|${plan.week[i]}`;
      const empty = Math.min(0.95, emptyShare.get(key) ?? 0);
      if (!(plan.units[i]! > 0)) continue;
      residual += Math.log(plan.units[i]! / median[i]! / (1 - empty));
      depth += rival[i]!;
      expected += median[i]!;
      rows++;
    }
    if (!rows) return [];
    const response = Math.max(0, Math.log(expected / event.baseline));
    return [{ residual: residual / rows, pressed: (depth / rows) * response }];
  });
  const beside = points.filter((p) => p.pressed > 0);
  const free = points.filter((p) => p.pressed === 0);
  const deviation = free.length >= 5 ? rootMeanSquare(free.map((p) => p.residual)) : USUAL_DEVIATION;
  const precision = beside.reduce((sum, p) => sum + p.pressed ** 2, 0) + (deviation / PRIOR_SD) ** 2;
  const slope = beside.reduce((sum, p) => sum + p.pressed * p.residual, 0) / precision;
  return {
    promotions: points.length,
    deviation,
    beside_competitor: beside.length,
    blunting: Math.min(0, slope),
  };
}

const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(values.reduce((sum, v) => sum + v * v, 0) / values.length);
