import { z } from "zod";
import { earliest, mondayOf, quarterOf } from "../../../../data/common/dates.ts";
import { KamError } from "../../../../data/common/errors.ts";
import { type PnlMonth, pnlMonths } from "../../../../data/pnl/pnl.service.ts";
import { measuredSpan } from "../../../../data/sales/sales.service.ts";
import { scopeOf } from "../../../advisor/scope.ts";
import { accountRef, optional, period } from "../../../args.ts";
import { readTool } from "../../../define.ts";
import { planJson, stepsOf, sumOf } from "./pnlJson.ts";

const LABELS = {
  month: (month: string) => month,
  quarter: (month: string) => {
    const { from } = quarterOf(`${month}-01`);
    return `${from.slice(0, 4)}-Q${Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1}`;
  },
  year: (month: string) => month.slice(0, 4),
} as const;

export const customerPnl = readTool({
  name: "customer_pnl",
  role: "assistant",
  description:
    "The customer's profit and loss: gross sales, off-invoice, promotion spend by how it is paid, rebates and bonus, net revenue (net to gross, trade rate), cost of goods and gross margin, by month, quarter or year, plan against actual. Without a period: this year so far.",
  examples: [
    { say: "How does Albion's P&L look against plan?", args: { account: "Albion Fresh" } },
    {
      say: "Gross to net at Delphi by quarter in 2025",
      args: { account: "Delphi Discount", period: { from: "2025-01-01", to: "2025-12-31" }, by: "quarter" },
    },
  ],
  schema: z.strictObject({
    account: optional(accountRef),
    period: optional(period),
    by: optional(z.enum(["month", "quarter", "year"])),
  }),
  access: "READ",
  async run(context, args) {
    const { store } = context;
    const scope = await scopeOf(context, { account: args.account });
    const span = await measuredSpan(store);
    if (!span) throw new KamError("no_data", "No sales are in the store yet, so there is no profit and loss to show.");
    const year = store.today.slice(0, 4);
    const asked = args.period ?? { from: `${year}-01-01`, to: store.today };
    const dates = { from: asked.from, to: asked.to };
    const by = args.by ?? "month";
    const months = await pnlMonths(store, scope.accounts, dates);
    const total = sumOf(months);
    if (!total.weeks)
      throw new KamError(
        "no_data",
        `No week between ${dates.from} and ${dates.to} is measured${scope.account ? ` at ${scope.account.name}` : ""}; sales are known from ${span.first} to ${span.last}.`,
      );
    const rows = [...Map.groupBy(months, ({ month }) => LABELS[by](month))].map(([label, part]) => ({
      label,
      ...sumOf(part),
      whole_plan: planJson(part, () => 1),
    }));
    const accounts = [...Map.groupBy(months, ({ account }) => account.name)].map(([account, part]) => ({
      account,
      ...sumOf(part),
    }));
    return {
      account: scope.account?.name ?? null,
      accounts: accounts.length > 1 ? accounts : [],
      accounts_count: accounts.length,
      currency: scope.currency,
      as_of: store.today,
      period: dates,
      period_basis: args.period ? "named" : "this_year",
      measured_to: earliest(span.last, mondayOf(dates.to)),
      by,
      total,
      steps: stepsOf(total),
      rows: rows.filter((row) => row.weeks > 0 || row.promotion_spend_booked !== 0),
      whole_plan: planJson(months, () => 1),
      basis: BASIS,
      missing: [...scope.notes, ...missingOf(months, total)],
    };
  },
});

const BASIS = [
  "Gross sales are the units sold through at today's list price; what was shipped beyond them is not in it.",
  "A week belongs to the month of its Monday, trade spend to the week that it was accrued for.",
  "The bonus is that of the tier reached so far, the plan what of it is due by the last measured week.",
];

function missingOf(months: readonly PnlMonth[], total: ReturnType<typeof sumOf>): string[] {
  const units = (key: "units_without_net_sales" | "units_without_list_price" | "units_without_cost"): boolean =>
    months.some((month) => month.actual[key] > 0);
  return [
    ...(total.plan ? [] : ["No plan is in the store for all of these months, so nothing is compared with it."]),
    ...(months.some((month) => month.weeks_without_terms > 0)
      ? ["Some weeks have no contract in the store, so their rebates are not known."]
      : []),
    ...(units("units_without_net_sales") ? ["Some weeks have no net sales in the store."] : []),
    ...(units("units_without_list_price")
      ? ["Products without a list price stand in gross sales as they were invoiced."]
      : []),
    ...(units("units_without_cost")
      ? ["Products without a cost are not in cost of goods, so the margin is too high."]
      : []),
  ];
}
