import { addDays, weekFromIndex, weekIndex, YEAR_OF_WEEKS } from "../../../data/common/dates.ts";
import type { EventResult } from "../../../data/results/results.service.ts";
import { type SalesWeek, weeklySales } from "../../../data/sales/sales.service.ts";
import { forecast, pastPlan } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import type { StoreModel } from "../../fitting/storeModel.ts";
import { mean } from "../../statistics.ts";
import { unpromoted } from "./past.ts";

/** Weeks shown before and after the window; also the weeks after it in which its dip is counted. */
export const AROUND = 4;
/** Weeks looked back on for weeks without a promotion, and how many of them are wanted. */
const LOOK_BACK = 13;
const QUIET_WEEKS = 4;

export interface WeekRow {
  readonly week: string;
  readonly phase: "before" | "during" | "after";
  readonly units: number;
  readonly baseline: number | null;
  /** A promotion of ours ran on at least one of the products. */
  readonly promoted: boolean;
}

/** Units and baseline week by week around a promotion, and its weekly level against the weeks before, after and a year ago. */
export async function weekByWeek(
  context: ToolContext,
  fitted: StoreModel,
  event: EventResult,
  productIds: readonly number[],
) {
  const { actor, store } = context;
  const sold = async (from: string, to: string): Promise<Map<string, SalesWeek[]>> =>
    Map.groupBy(
      await weeklySales(actor, store, { accountIds: [event.account_id], productIds, period: { from, to } }),
      (row) => row.week,
    );
  const first = weekFromIndex(weekIndex(event.start));
  const last = weekFromIndex(weekIndex(event.end));
  const weeks = await sold(addDays(first, -7 * LOOK_BACK), addDays(last, 7 * AROUND));
  const baseline = baselineByWeek(fitted, event, productIds);
  const rows = [...weeks]
    .filter(([week]) => week >= addDays(first, -7 * AROUND))
    .map(
      ([week, sales]): WeekRow => ({
        week,
        phase: week < first ? "before" : week > last ? "after" : "during",
        units: unitsOf(sales),
        baseline: baseline.get(week) ?? null,
        promoted: sales.some((row) => row.promoted === 1),
      }),
    );
  const quiet = [...weeks]
    .filter(([week, sales]) => week < first && sales.every((row) => row.promoted === 0))
    .slice(-QUIET_WEEKS);
  const yearAgo = await sold(addDays(first, -YEAR_OF_WEEKS), addDays(last, -YEAR_OF_WEEKS));
  const before = mean(quiet.map(([, sales]) => unitsOf(sales)));
  const during = mean(rows.filter((row) => row.phase === "during").map((row) => row.units));
  const after = rows.filter((row) => row.phase === "after");
  const ratio = (a: number | null, b: number | null): number | null => (a !== null && b ? a / b - 1 : null);
  return {
    rows,
    levels: {
      quiet_weeks_before: quiet.length,
      weekly_before: before,
      weekly_during: during,
      weekly_after: mean(after.map((row) => row.units)),
      weeks_after: after.length,
      weekly_year_before: mean([...yearAgo.values()].map(unitsOf)),
      change_against_before: ratio(during, before),
      change_against_year_before: ratio(during, mean([...yearAgo.values()].map(unitsOf))),
      baseline_against_before: ratio(
        mean(rows.flatMap((r) => (r.phase === "during" && r.baseline ? [r.baseline] : []))),
        before,
      ),
    },
  };
}

const unitsOf = (sales: readonly SalesWeek[]): number => sales.reduce((sum, row) => sum + row.units, 0);

/** What would have sold without this promotion, by week, its sum over the window that of the measured result. */
function baselineByWeek(fitted: StoreModel, event: EventResult, productIds: readonly number[]): Map<string, number> {
  const account = fitted.accountIndex.get(event.account_id);
  const products = productIds.flatMap((id) => fitted.productIndex.get(id) ?? []);
  const byWeek = new Map<string, number>();
  if (account === undefined || !products.length) return byWeek;
  const [from, to] = [weekIndex(event.start), weekIndex(event.end)];
  const plan = pastPlan(fitted.model, account, products, { from: from - AROUND, to: to + AROUND });
  if (!plan.week.length) return byWeek;
  const inside = (i: number): boolean => plan.week[i]! >= from && plan.week[i]! <= to;
  const without = forecast(fitted.model, unpromoted(plan, inside)).median;
  let within = 0;
  without.forEach((units, i) => {
    const week = weekFromIndex(plan.week[i]!);
    byWeek.set(week, (byWeek.get(week) ?? 0) + units);
    if (inside(i)) within += units;
  });
  const scale = within > 0 && event.baseline > 0 ? event.baseline / within : 1;
  return new Map([...byWeek].map(([week, units]) => [week, units * scale]));
}
