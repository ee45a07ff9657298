import { addDays, earliest, latest, type Period, weekFromIndex } from "../../data/common/dates.ts";
import { KamError } from "../../data/common/errors.ts";
import { joinPlans, type Plan, pastPlan, SCENARIO_DRAWS, scenarioDraws } from "../../forecasting/index.ts";
import { windowWeeks } from "../fitting/events.ts";
import { DISCOUNT_SEEN, SUPPORT_SEEN, SUPPORTS } from "../fitting/ground.ts";
import { DEPTH_DRIVERS } from "../fitting/offer.ts";
import { type Range, rangeOf } from "../statistics.ts";
import { type ForecastGround, factsAt } from "./forecastGround.ts";
import { type PlanCell, planOf } from "./planRows.ts";

export interface BaselineWeek {
  /** Week index. */
  readonly week: number;
  /** The days of it inside the period. */
  readonly from: string;
  readonly to: string;
  /** Part of the week inside the period. */
  readonly share: number;
  readonly units: Range;
  /** Units sold in those days (a part of a week by its days); null for weeks not measured. */
  readonly actual: number | null;
  readonly promoted: boolean | null;
}

/**
 * Units with no promotion in each week of a period, products summed, and in all of it; measured weeks beside what was sold.
 * A measured week starts from its own prices and conditions, a coming one from the last known.
 * @param productIds products with sales at the account
 */
export function baselineOf(
  ground: ForecastGround,
  accountId: number,
  productIds: readonly number[],
  period: Period,
): { weeks: BaselineWeek[]; total: Range; actual: number | null } {
  const { fitted } = ground;
  const weeks = windowWeeks({ start: period.from, end: period.to });
  const at = new Map(weeks.map((w, i) => [w.index, i]));
  const first = weeks[0]!.index;
  const last = weeks.at(-1)!.index;
  const account = fitted.accountIndex.get(accountId)!;
  const products = productIds.map((id) => fitted.productIndex.get(id)!);
  const past = pastPlan(fitted.model, account, products, { from: first, to: last });
  const future: PlanCell[] = productIds.flatMap((product_id) =>
    weeks
      .filter((w) => w.index > (factsAt(ground, accountId, product_id)?.last ?? Number.POSITIVE_INFINITY))
      .map((w) => ({ account_id: accountId, product_id, week: w.index })),
  );
  const plan = joinPlans(past, planOf(ground, future));
  const rows = plan.week.length;
  if (rows === 0)
    throw new KamError("no_data", "There are no measured weeks in that period, and it lies before the last of them.");
  const groups = weeks.length;
  const group = Int32Array.from(plan.week, (w) => at.get(w)!);
  const weight = Float64Array.from(group, (g) => weeks[g]!.share);
  const drawn = scenarioDraws(fitted.model, plan, group, groups, weight);
  const actual: (number | null)[] = weeks.map(() => null);
  const promoted: (boolean | null)[] = weeks.map(() => null);
  for (let i = 0; i < past.week.length; i++) {
    const g = group[i]!;
    if (Number.isNaN(past.units[i]!)) continue;
    actual[g] = (actual[g] ?? 0) + weight[i]! * past.units[i]!;
    promoted[g] = (promoted[g] ?? false) || isPromoted(past, i);
  }
  const totals = Float64Array.from({ length: SCENARIO_DRAWS }, (_, d) => {
    let sum = 0;
    for (let g = 0; g < groups; g++) sum += drawn.without[d * groups + g]!;
    return sum;
  });
  const measured = actual.filter((a) => a !== null);
  return {
    weeks: weeks.map(({ index, share }, g) => {
      const monday = weekFromIndex(index);
      const sunday = addDays(monday, 6);
      return {
        week: index,
        from: latest(monday, period.from),
        to: earliest(sunday, period.to),
        share,
        units: rangeOf(
          drawn.meanWithout[g]!,
          Float64Array.from({ length: SCENARIO_DRAWS }, (_, d) => drawn.without[d * groups + g]!),
        ),
        actual: actual[g]!,
        promoted: promoted[g]!,
      };
    }),
    total: rangeOf(
      drawn.meanWithout.reduce((sum, mean) => sum + mean, 0),
      totals,
    ),
    actual: measured.length === weeks.length ? measured.reduce((sum, a) => sum + a, 0) : null,
  };
}

/** A visible cut, support or mechanic in a row. */
function isPromoted(plan: Plan, i: number): boolean {
  if (plan.price[i]! < (1 - DISCOUNT_SEEN) * plan.basePrice[i]!) return true;
  const value = (name: string): number => plan.drivers.find((d) => d.name === name)?.values[i] ?? 0;
  return SUPPORTS.some((name) => value(name) >= SUPPORT_SEEN) || DEPTH_DRIVERS.some((name) => value(name) > 0);
}
