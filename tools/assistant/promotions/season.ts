import { addDays, mondayOf, type Period, weekIndex, weeksOf } from "../../../data/common/dates.ts";
import { weeklySales } from "../../../data/sales/sales.service.ts";
import type { ToolContext } from "../../define.ts";

const YEAR = 52;
/** Weeks either side that count as the same time of the year. */
const AROUND = 1;

/**
 * Units in the same weeks of the year as the window over the mean week, from the last two years without promoted weeks
 * (1 is an average week). Null with less than a year of sales.
 */
export async function seasonIndex(
  { actor, store }: Pick<ToolContext, "actor" | "store">,
  accountId: number,
  productIds: readonly number[],
  window: Period,
): Promise<number | null> {
  const to = mondayOf(store.today);
  const rows = (
    await weeklySales(actor, store, {
      accountIds: [accountId],
      productIds,
      period: { from: addDays(to, -7 * 2 * YEAR), to },
    })
  ).filter((row) => row.promoted === 0);
  const weeks = new Set(rows.map((row) => row.week));
  if (weeks.size < YEAR / 2 || rows.length === 0) return null;
  const wanted = weeksOf(window).map((week) => weekIndex(week) % YEAR);
  const near = (week: string): boolean => {
    const at = weekIndex(week) % YEAR;
    return wanted.some((w) => Math.min((at - w + YEAR) % YEAR, (w - at + YEAR) % YEAR) <= AROUND);
  };
  // Each product against its own mean, so that a week in which a small one was promoted does not look like a strong week.
  let here = 0;
  let mean = 0;
  for (const own of Map.groupBy(rows, (row) => row.product_id).values()) {
    const inSeason = own.filter((row) => near(row.week));
    if (!inSeason.length) continue;
    here += inSeason.reduce((sum, row) => sum + row.units, 0) / inSeason.length;
    mean += own.reduce((sum, row) => sum + row.units, 0) / own.length;
  }
  return mean > 0 ? here / mean : null;
}
