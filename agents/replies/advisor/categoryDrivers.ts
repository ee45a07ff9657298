import { listed } from "../../../data/common/words.ts";
import type { CategoryDriver } from "../../../tools/advisor/categoryDrivers.ts";
import type { Say } from "../say.ts";

interface Grown {
  readonly currency: string;
  readonly drivers: readonly CategoryDriver[];
  readonly categories: readonly {
    readonly category: string;
    readonly growth: number | null;
    readonly from_us: number | null;
  }[];
}

const NAMED = 3;
const END = 8;

/** Who made each category grow, and what our products gave to it or took from it. */
export function driverWords(say: Say, result: Grown): string {
  return result.categories
    .flatMap((row, at) => {
      if (row.growth === null || row.from_us === null) return [];
      const path = `/categories/${at}`;
      const own = result.drivers.map((d, i) => ({ ...d, i })).filter((d) => d.category === row.category);
      const named = (some: typeof own): string =>
        listed(some.slice(0, NAMED).map((d) => `${d.product} (${say.fig(`/drivers/${d.i}/points`, "pp")})`));
      const gave = own.filter((d) => d.points > 0);
      const took = own.filter((d) => d.points < 0).toReversed();
      return [
        [
          `**${row.category} ${row.growth >= 0 ? "grew" : "did not grow: it changed"} by ${say.fig(`${path}/growth`, "%")}**: ${say.fig(`${path}/from_competitors`, "pp")} from competitors, ${say.fig(`${path}/from_private_label`, "pp")} from private label, ${say.fig(`${path}/from_us`, "pp")} from us.`,
          gave.length ? `Of our products these drove it: ${named(gave)}.` : "None of our products drove it.",
          took.length ? `Most was taken from it by ${named(took.slice(0, 2))}.` : "",
        ]
          .filter(Boolean)
          .join(" "),
      ];
    })
    .join("\n\n");
}

/** Our products by what they gave to their category's growth, both ends. */
export function driverTable(say: Say, result: Grown): void {
  const rows = result.drivers.map((driver, at) => ({ driver, at }));
  const shown = rows.length > 2 * END ? [...rows.slice(0, END), ...rows.slice(-END)] : rows;
  say.table(
    ["Product", "Category", "Shoppers paid", "A year before", "Change", "Points of the category's growth"],
    shown.map(({ driver, at }) => [
      driver.product,
      driver.category,
      say.fig(`/drivers/${at}/value`, result.currency),
      say.fig(`/drivers/${at}/value_before`, result.currency),
      say.fig(`/drivers/${at}/change`, result.currency),
      say.fig(`/drivers/${at}/points`, "pp"),
    ]),
  );
}
