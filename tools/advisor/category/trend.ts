import type { Period } from "../../../data/common/dates.ts";
import type { Product } from "../../../data/products/products.service.ts";
import { type CategoryWeek, categoryWeeks } from "../../../data/sales/category.service.ts";
import type { ToolContext } from "../../define.ts";
import { sumBy } from "../frames.ts";
import type { Scope } from "../scope.ts";

const COLUMNS = {
  weeks: () => 1,
  value: (row: CategoryWeek) => row.value,
  volume: (row: CategoryWeek) => row.volume,
  own: (row: CategoryWeek) => row.value * row.own_share,
  competitors: (row: CategoryWeek) => row.value * row.competitor_share,
  private_label: (row: CategoryWeek) => row.value * row.private_label_share,
  indexed: (row: CategoryWeek) => row.value * row.price_index,
};

/** Categories month by month of the weeks' Mondays: value, volume, whose it was, and the price index. */
export async function monthlyTrend(context: ToolContext, scope: Scope, period: Period) {
  const rows = await categoryWeeks(context.actor, context.store, {
    accountIds: scope.accounts.map((a) => a.id),
    categoryIds: scope.categoryIds,
    period,
  });
  const groups = await sumBy(rows, (row) => `${row.category}|${row.week.slice(0, 7)}`, COLUMNS);
  return groups
    .map(({ key, sums }) => {
      const [category, month] = key.split("|") as [string, string];
      const share = (part: string): number | null => (sums.value! > 0 ? sums[part]! / sums.value! : null);
      return {
        category,
        month,
        value: sums.value!,
        volume: sums.volume!,
        own_share: share("own"),
        competitor_share: share("competitors"),
        private_label_share: share("private_label"),
        price_index: share("indexed"),
      };
    })
    .sort((a, b) => a.category.localeCompare(b.category) || a.month.localeCompare(b.month));
}

const WEIGHT = new Set(["g", "kg"]);
const LIQUID = new Set(["ml", "l"]);

/** The unit of a category's volume as its own packs have it: kg or l; none where they differ or are not known. */
export function volumeUnits(products: readonly Product[]): ReadonlyMap<string, "kg" | "l"> {
  const out = new Map<string, "kg" | "l">();
  for (const [category, some] of Map.groupBy(products, (p) => p.category)) {
    const units = some.map((p) => p.pack_unit ?? "");
    if (units.every((u) => WEIGHT.has(u))) out.set(category, "kg");
    else if (units.every((u) => LIQUID.has(u))) out.set(category, "l");
  }
  return out;
}
