import { addDays, type Period } from "../../data/common/dates.ts";
import { dateInWords } from "../../data/common/format.ts";
import { type MonthSales, measuredSpan, monthlySales } from "../../data/sales/sales.service.ts";
import type { ToolContext } from "../define.ts";
import type { CompareArgs } from "./compareArgs.ts";
import { rankBy, sumBy } from "./frames.ts";
import { type Grouping, monthLabel, namedBy, quarterLabel, timeOf, yearLabel } from "./groups.ts";
import { type Scope, salesPeriod } from "./scope.ts";

const MOST_ROWS = 24;

const keyOf =
  (by: Grouping) =>
  (row: MonthSales): string => {
    switch (by) {
      case "category":
        return row.category;
      case "brand":
        return row.brand;
      case "product":
        return row.product;
      case "month":
        return monthLabel(row.month);
      case "quarter":
        return quarterLabel(row.month);
      case "year":
        return yearLabel(row.month);
      default:
        return row.account;
    }
  };

/** Sell-out (units or net sales) over groups, with the part of it that was sold in promoted weeks. */
export async function compareSales(
  context: ToolContext,
  scope: Scope,
  args: CompareArgs,
): Promise<Record<string, unknown>> {
  const period = salesPeriod(context, args.period);
  const sold = await monthlySales(context.actor, context.store, {
    accountIds: scope.accounts.map((account) => account.id),
    productIds: scope.products?.map((product) => product.id),
    period,
  });
  const money = args.metric === "net_sales";
  const rows = money ? sold.filter((row) => row.net_sales !== null) : sold;
  const key = keyOf(args.by);
  const columns = {
    units: (row: MonthSales) => row.units,
    net_sales: (row: MonthSales) => row.net_sales ?? 0,
    promoted_units: (row: MonthSales) => row.promoted_units,
  };
  const [all] = await sumBy(rows, () => "all", columns);
  const whole = all?.sums[args.metric] ?? 0;
  const first = args.order === "worst" ? "lowest" : "highest";
  const groups = await rankBy(
    (await sumBy(rows, key, columns)).map((group) => ({ ...group, value: group.sums[args.metric]! })),
    (group) => group.value,
    first,
  );
  const months = new Map(rows.map((row) => [key(row), row.month]));
  const ranked = groups.map((group) => ({
    group: group.key,
    ...namedBy(args.by, group.key),
    ...timed(months.get(group.key)!, args.by),
    value: group.value,
    share: whole > 0 ? group.value / whole : null,
    ...soldOf(
      group.sums,
      rows.every((row) => row.net_sales !== null),
    ),
  }));
  return {
    metric: args.metric,
    by: args.by,
    unit: money ? "money" : "units",
    first,
    currency: scope.currency,
    account: scope.place,
    product: scope.product,
    category: scope.category,
    mechanic: null,
    without: scope.without,
    basis: "sell_out",
    period,
    period_basis: args.period ? "named" : "last_twelve_months",
    groups: ranked.length,
    rows: ranked.slice(0, Math.min(args.top ?? MOST_ROWS, MOST_ROWS)),
    last: ranked.length > 1 ? ranked.at(-1) : null,
    total: all
      ? {
          value: whole,
          ...soldOf(
            all.sums,
            rows.every((row) => row.net_sales !== null),
          ),
        }
      : null,
    left_out:
      money && rows.length < sold.length
        ? [{ reason: "net sales not known", series_months: sold.length - rows.length }]
        : [],
    assumptions: ["A week belongs to the period in which its Monday lies."],
    missing: [...scope.notes, ...(await unmeasured(context, period))],
  };
}

/** Says so where a period goes on after the last measured week: its last month or quarter is not whole. */
async function unmeasured(context: ToolContext, period: Period): Promise<string[]> {
  const span = await measuredSpan(context.store);
  if (!span) return [];
  const last = addDays(span.last, 6);
  return period.to > last ? [`Sales are measured up to ${dateInWords(last)}.`] : [];
}

const timed = (month: string, by: Grouping): { time?: string } => {
  const time = timeOf(month, by);
  return time === null ? {} : { time };
};

function soldOf(sums: Readonly<Record<string, number>>, priced: boolean) {
  return {
    units: sums.units!,
    net_sales: priced ? sums.net_sales! : null,
    promoted_units: sums.promoted_units!,
    promoted_share: sums.units! > 0 ? sums.promoted_units! / sums.units! : null,
  };
}
