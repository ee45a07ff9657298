import type { Composer, Say } from "../../say.ts";

interface Row {
  readonly plan: { readonly net_revenue: number | null } | null;
  readonly against_plan: Record<"net_revenue" | "gross_margin", { readonly difference: number } | null> | null;
}
interface Pnl {
  readonly account: string | null;
  readonly accounts: readonly ({ readonly account: string } & Row)[];
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly measured_to: string;
  readonly by: "month" | "quarter" | "year";
  readonly total: Row;
  readonly steps: readonly { readonly step: string }[];
  readonly rows: readonly ({ readonly label: string; readonly net_revenue: number } & Row)[];
  readonly basis: readonly string[];
  readonly missing: readonly string[];
}

const STEP_WORDS: Readonly<Record<string, string>> = {
  gross_sales: "**Gross sales**",
  off_invoice: "Off-invoice",
  net_sales: "**Net sales, as invoiced**",
  bill_back: "Bill-back",
  scan_back: "Scan-back",
  lump_sum: "Lump sums and fees",
  slotting: "Slotting",
  mdf: "MDF",
  other_claims: "Claims for no promotion",
  rebates: "Rebates",
  bonus: "Bonus of the tier reached",
  contract_sums: "Lump sums of the contract",
  net_revenue: "**Net revenue**",
  cost_of_goods: "Cost of goods",
  gross_margin: "**Gross margin, after promotion spend**",
};
const PERIOD_WORDS = { month: "Month", quarter: "Quarter", year: "Year" } as const;
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** "2026-11" → "November 2026" */
const monthName = (label: string): string => `${MONTHS[Number(label.slice(5, 7)) - 1]} ${label.slice(0, 4)}`;
const periodName = (by: Pnl["by"], label: string): string =>
  by === "month" ? monthName(label) : by === "quarter" ? `${label.slice(5)} ${label.slice(0, 4)}` : label;

/** Gross to net to margin, then plan against actual, then by month. */
export const composeCustomerPnl: Composer = (say) => {
  const r = say.call.result as unknown as Pnl;
  const money = (path: string): string => say.fig(path, r.currency);
  const where = r.account ?? `${say.fig("/accounts_count", "count")} accounts together`;
  say.p(
    `**${where}**, ${say.period(r.period)} (measured up to the week from ${say.date(r.measured_to)}): ${money("/total/gross_sales")} of gross sales become ${money("/total/net_revenue")} of net revenue, ` +
      `net to gross ${say.figOr("/total/net_to_gross", "%")} (trade rate ${say.figOr("/total/trade_rate", "%")}), and leave ${money("/total/gross_margin")} of gross margin after promotion spend, ${say.figOr("/total/margin_rate", "%")} of net revenue. ` +
      `Before promotion spend of ${money("/total/promotion_spend_booked")} it was ${money("/total/margin_before_promotions")}.`,
  );
  say.p(planWords(say, r));
  say.table(
    ["Step", "Amount", "Of gross sales"],
    r.steps.map(({ step }, i) => [
      STEP_WORDS[step] ?? step,
      money(`/steps/${i}/amount`),
      say.figOr(`/steps/${i}/of_gross`, "%"),
    ]),
  );
  table(
    say,
    r,
    PERIOD_WORDS[r.by],
    "/rows",
    r.rows.map((row) => periodName(r.by, row.label)),
  );
  if (r.accounts.length)
    table(
      say,
      r,
      "Account",
      "/accounts",
      r.accounts.map((row) => row.account),
    );
  say.p(["**Basis.**", ...r.basis, ...r.missing].join(" "));
  chart(say, r);
};

function planWords(say: Say, r: Pnl): string {
  if (!r.total.against_plan) return "There is no plan for these months to compare with.";
  const part = (key: "net_revenue" | "gross_margin", name: string): string => {
    const found = r.total.against_plan?.[key];
    if (!found) return `${name} was not planned`;
    const at = `/total/against_plan/${key}`;
    const side = found.difference < 0 ? "below" : "above";
    return `${name} is ${side} plan: ${say.fig(`${at}/difference`, r.currency)} (${say.figOr(`${at}/share`, "%")}) against ${say.fig(`/total/plan/${key}`, r.currency)}`;
  };
  return `Against what of the plan is due by then: ${part("net_revenue", "net revenue")}; ${part("gross_margin", "gross margin")}.`;
}

function table(say: Say, r: Pnl, head: string, path: string, names: readonly string[]): void {
  say.table(
    [head, "Gross sales", "Net revenue", "Net to gross", "Plan due", "Difference", "Gross margin", "Against plan"],
    names.map((name, i) => {
      const at = `${path}/${i}`;
      return [
        name,
        say.fig(`${at}/gross_sales`, r.currency),
        say.fig(`${at}/net_revenue`, r.currency),
        say.figOr(`${at}/net_to_gross`, "%"),
        say.figOr(`${at}/plan/net_revenue`, r.currency),
        say.figOr(`${at}/against_plan/net_revenue/difference`, r.currency),
        say.fig(`${at}/gross_margin`, r.currency),
        say.figOr(`${at}/against_plan/gross_margin/difference`, r.currency),
      ];
    }),
  );
}

function chart(say: Say, r: Pnl): void {
  const values = r.rows.flatMap((row) => [
    { period: row.label, series: "actual", net_revenue: row.net_revenue },
    ...(row.plan?.net_revenue == null
      ? []
      : [{ period: row.label, series: "plan due", net_revenue: row.plan.net_revenue }]),
  ]);
  if (r.rows.length < 2) return;
  say.chart(`Net revenue against plan${r.account ? ` at ${r.account}` : ""}`, {
    data: { values },
    mark: { type: "bar", tooltip: true },
    encoding: {
      x: { field: "period", type: "ordinal", title: PERIOD_WORDS[r.by] },
      xOffset: { field: "series" },
      y: { field: "net_revenue", type: "quantitative", title: `Net revenue, ${r.currency}` },
      color: { field: "series", type: "nominal", title: null },
    },
  });
}
