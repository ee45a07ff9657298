import type { EventResult } from "../../../data/results/results.service.ts";
import { changeDraws, LEAST_QUIET, type PartsChange, pooledChange } from "../../../forecasting/index.ts";
import { middleOf } from "../../statistics.ts";
import type { LeftOut } from "../events.ts";
import { leftOut } from "../events.ts";
import type { WholeCategory } from "./wholeCategory.ts";

const DRAWS = 800;
const SEED = 77;

/** Whose gain it was, in the category's own volume unit. */
export interface VolumeSplit {
  readonly weeks: number;
  /** What we sold beyond our baseline, and what the whole category did. */
  readonly own_gain: Ranged;
  readonly category_growth: Ranged;
  /** What competitors and private label lost against theirs; below zero where they gained. */
  readonly from_competitors: Ranged;
  readonly from_private_label: Ranged;
  /** Category growth as a share of our gain; null where we gained nothing that can be told. */
  readonly new_share: Ranged | null;
  /** Category growth over the category's baseline in these weeks. */
  readonly category_uplift: number | null;
  readonly verdict: "grew_category" | "only_us" | "no_gain";
}
export interface Ranged {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface EventSplit extends VolumeSplit {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly category: string;
}

/** A category's promotions together, and what became of the category in the weeks after them. */
export interface CategorySplit extends VolumeSplit {
  readonly category: string;
  readonly promotions: number;
  readonly quiet_weeks: number;
  readonly after: VolumeSplit | null;
}

/** Did promotions grow the category, or only us: each of them and, week by week once, all of a category together. */
export function splitPromotions(
  wholes: readonly WholeCategory[],
  events: readonly EventResult[],
): { categories: CategorySplit[]; events: EventSplit[]; leftOut: LeftOut[] } {
  const wholeOf = new Map(wholes.map((w) => [`${w.account_id}|${w.category_id}`, w]));
  const known = events.map((event) => ({ event, whole: wholeOf.get(`${event.account_id}|${event.category_id}`) }));
  const judged = known.flatMap(({ event, whole }) => {
    const rows = whole?.baseline ? whole.rowsIn(event) : [];
    return whole?.baseline && rows.length ? [{ event, whole, rows }] : [];
  });
  const missing = known.filter(({ event }) => !judged.some((j) => j.event === event));
  const split = judged.map(
    ({ event, whole, rows }): EventSplit => ({
      promotion: event.promotion,
      name: event.name,
      account: event.account,
      category: whole.category,
      ...splitOf(whole.baseline!.over(rows)),
    }),
  );
  const byCategory = Map.groupBy(judged, (j) => j.whole.category);
  const categories = [...byCategory].map(([category, some]): CategorySplit => {
    const by = [...Map.groupBy(some, (j) => j.whole)];
    const over = (rowsOf: (j: (typeof some)[number]) => readonly number[]): PartsChange | null =>
      pooledChange(
        by.flatMap(([whole, list]) => {
          const rows = [...new Set(list.flatMap(rowsOf))].sort((a, b) => a - b);
          return rows.length ? [whole.baseline!.over(rows)] : [];
        }),
      );
    const after = over((j) => j.whole.rowsAfter(j.event));
    return {
      category,
      promotions: some.length,
      quiet_weeks: Math.min(...by.map(([whole]) => whole.baseline!.quiet)),
      ...splitOf(over((j) => j.rows)!),
      after: after && splitOf(after),
    };
  });
  return {
    categories,
    events: split.toSorted((a, b) => b.category_growth.mean - a.category_growth.mean),
    leftOut: [
      ...leftOut(
        "the category has no totals at the account in those weeks",
        missing.filter(({ whole }) => !whole || whole.baseline).map(({ event }) => event),
      ),
      ...leftOut(
        `fewer than ${LEAST_QUIET} weeks of the category there were free of our promotions`,
        missing.filter(({ whole }) => whole && !whole.baseline).map(({ event }) => event),
      ),
    ],
  };
}

function splitOf(change: PartsChange): VolumeSplit {
  const k = change.actual.length;
  const draws = changeDraws(change, DRAWS, SEED);
  const drawn = (of: (parts: Float64Array) => number): Float64Array =>
    Float64Array.from({ length: DRAWS }, (_, d) => of(draws.subarray(d * k, d * k + k)));
  const ranged = (of: (parts: ArrayLike<number>) => number): Ranged => ({
    mean: of(change.actual.map((a, i) => a - change.expected[i]!)),
    ...middleOf(drawn(of)),
  });
  const whole = (parts: ArrayLike<number>): number => parts[0]! + parts[1]! + parts[2]!;
  const own_gain = ranged((parts) => parts[0]!);
  const category_growth = ranged(whole);
  const usual = change.expected.reduce((sum, v) => sum + v, 0);
  const gained = own_gain.low > 0;
  return {
    weeks: change.weeks,
    own_gain,
    category_growth,
    from_competitors: ranged((parts) => -parts[1]!),
    from_private_label: ranged((parts) => -parts[2]!),
    new_share: gained ? ranged((parts) => whole(parts) / Math.max(parts[0]!, own_gain.mean / 20)) : null,
    category_uplift: usual > 0 ? category_growth.mean / usual : null,
    verdict: !gained ? "no_gain" : category_growth.low > 0 ? "grew_category" : "only_us",
  };
}
