import { addDays, earliest, mondayOf, movedBy, type Period, weeksOf, YEAR_OF_WEEKS } from "../../data/common/dates.ts";
import {
  type CategoryTotal,
  categoryValue,
  type MonthSales,
  measuredSpan,
  monthlySales,
} from "../../data/sales/sales.service.ts";
import type { ToolContext } from "../define.ts";
import { rankBy, sumBy } from "./frames.ts";
import type { Scope } from "./scope.ts";

/** Two sets of weeks that are compared: as asked but no later than measured, and the same weeks a year before. */
export interface Compared {
  readonly period: Period;
  readonly before: Period;
  readonly weeks: number;
  /** False where the store's history does not reach back over the year before. */
  readonly whole: boolean;
}

export interface GrowthRow {
  readonly label: string;
  readonly brand?: string;
  readonly category?: string;
  readonly units: number;
  /** What is of the year before, or set against it, is null where the history does not reach back over it. */
  readonly units_before: number | null;
  readonly units_growth: number | null;
  readonly net_sales: number | null;
  readonly net_sales_before: number | null;
  readonly change: number | null;
  readonly growth: number | null;
  /** Part of the whole's growth, in points: change over the whole's value before. */
  readonly contribution: number | null;
  readonly state: "sold in both" | "new" | "gone" | "not known";
}

/** @returns null where nothing is measured in the period */
export async function comparedWeeks(context: ToolContext, asked: Period): Promise<Compared | null> {
  const span = await measuredSpan(context.store);
  if (!span || asked.from > span.last || asked.to < span.first) return null;
  const to = earliest(asked.to, addDays(span.last, 6));
  const weeks = weeksOf({ from: asked.from, to }).filter((week) => week >= asked.from).length;
  const before = movedBy({ from: asked.from, to }, -YEAR_OF_WEEKS);
  const firstMonday = mondayOf(addDays(before.from, 6));
  return { period: { from: asked.from, to }, before, weeks, whole: firstMonday >= span.first };
}

const COLUMNS = {
  units: (row: Sided) => (row.now ? row.units : 0),
  units_before: (row: Sided) => (row.now ? 0 : row.units),
  net_sales: (row: Sided) => (row.now ? (row.net_sales ?? 0) : 0),
  net_sales_before: (row: Sided) => (row.now ? 0 : (row.net_sales ?? 0)),
};
type Sided = MonthSales & { readonly now: boolean };

/** Sales of a scope now and a year before: the whole, and each brand and product with its part of the growth, largest first. */
export async function salesGrowth(context: ToolContext, scope: Scope, weeks: Compared) {
  const filter = {
    accountIds: scope.accounts.map((account) => account.id),
    productIds: scope.products?.map((product) => product.id),
  };
  const sold = async (period: Period, now: boolean): Promise<Sided[]> =>
    (await monthlySales(context.actor, context.store, { ...filter, period })).map((row) => ({ ...row, now }));
  const rows = [...(await sold(weeks.period, true)), ...(await sold(weeks.before, false))];
  const priced = rows.every((row) => row.net_sales !== null);
  const [all] = await sumBy(rows, () => "all", COLUMNS);
  if (!all) return null;
  const measure = priced ? ("net_sales" as const) : ("units" as const);
  const whole = all.sums[`${measure}_before`]!;
  const of = new Map(rows.map((row) => [row.product, row]));
  const grouped = async (key: (row: Sided) => string): Promise<readonly GrowthRow[]> => {
    const groups = await sumBy(rows, key, COLUMNS);
    const made = groups.map((group) => growthRow(group.key, group.sums, measure, weeks.whole ? whole : null, priced));
    return rankBy(made, (row) => row.change ?? row[measure], "highest");
  };
  const products = (await grouped((row) => row.product)).map((row) => {
    const { brand, category } = of.get(row.label)!;
    return { ...row, brand, category };
  });
  return {
    measure,
    total: growthRow("all", all.sums, measure, weeks.whole ? whole : null, priced),
    brands: await grouped((row) => row.brand),
    accounts: await grouped((row) => row.account),
    products,
  };
}

/** @param whole what the whole measured a year before; null where that is not known */
function growthRow(
  label: string,
  sums: Readonly<Record<string, number>>,
  measure: "net_sales" | "units",
  whole: number | null,
  priced: boolean,
): GrowthRow {
  const known = whole !== null;
  const now = sums[measure]!;
  const before = sums[`${measure}_before`]!;
  const grown = (a: number, b: number): number | null => (known && b > 0 ? a / b - 1 : null);
  return {
    label,
    units: sums.units!,
    units_before: known ? sums.units_before! : null,
    units_growth: grown(sums.units!, sums.units_before!),
    net_sales: priced ? sums.net_sales! : null,
    net_sales_before: priced && known ? sums.net_sales_before! : null,
    change: known ? now - before : null,
    growth: grown(now, before),
    contribution: known && whole > 0 ? (now - before) / whole : null,
    state: !known ? "not known" : sums.units_before! <= 0 ? "new" : sums.units! <= 0 ? "gone" : "sold in both",
  };
}

const priceChange = (now: number | null, before: number | null): number | null =>
  now === null || !before ? null : now / before - 1;

/** How categories grew at the accounts of a scope, and what part of it was ours, competitors' and private label's. */
export async function categoryGrowth(context: ToolContext, scope: Scope, weeks: Compared) {
  const filter = { accountIds: scope.accounts.map((account) => account.id), categoryIds: scope.categoryIds };
  const now = await categoryValue(context.actor, context.store, { ...filter, period: weeks.period });
  const before = await categoryValue(context.actor, context.store, { ...filter, period: weeks.before });
  const columns = {
    value: (row: CategoryTotal) => row.value,
    volume: (row: CategoryTotal) => row.volume,
    indexed: (row: CategoryTotal) => row.indexed_value,
    own: (row: CategoryTotal) => row.own_value,
    competitors: (row: CategoryTotal) => row.competitor_value,
    private_label: (row: CategoryTotal) => row.private_label_value,
  };
  const past = new Map((await sumBy(before, (row) => row.category, columns)).map((group) => [group.key, group.sums]));
  return (await sumBy(now, (row) => row.category, columns)).map(({ key, sums }) => {
    const old = weeks.whole ? past.get(key) : undefined;
    const share = (part: string, of: Readonly<Record<string, number>> | undefined): number | null =>
      of && of.value! > 0 ? of[part]! / of.value! : null;
    const moved = (part: string): number | null => {
      const [a, b] = [share(part, sums), share(part, old)];
      return a === null || b === null ? null : a - b;
    };
    const part = (name: string): number | null =>
      old && old.value! > 0 ? (sums[name]! - old[name]!) / old.value! : null;
    return {
      category: key,
      value: sums.value!,
      value_before: old?.value ?? null,
      growth: part("value"),
      volume: sums.volume!,
      volume_before: old?.volume ?? null,
      volume_growth: old && old.volume! > 0 ? sums.volume! / old.volume! - 1 : null,
      price_index: share("indexed", sums),
      price_index_change: priceChange(share("indexed", sums), share("indexed", old)),
      own_growth: old && old.own! > 0 ? sums.own! / old.own! - 1 : null,
      own_share: share("own", sums),
      own_share_before: share("own", old),
      own_share_change: moved("own"),
      private_label_share: share("private_label", sums),
      private_label_share_change: moved("private_label"),
      competitor_share: share("competitors", sums),
      competitor_share_change: moved("competitors"),
      from_us: part("own"),
      from_competitors: part("competitors"),
      from_private_label: part("private_label"),
    };
  });
}
