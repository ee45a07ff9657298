import type { VisibleAccount } from "../../../../data/accounts/accounts.service.ts";
import { contactsFor } from "../../../../data/accounts/profile.service.ts";
import { nextSteps } from "../../../../data/activities/activities.service.ts";
import { assessedClaims } from "../../../../data/claims/claims.service.ts";
import { toMajor } from "../../../../data/common/money.ts";
import { MECHANIC_WORDS, supportWords } from "../../../../data/promotions/words.ts";
import {
  blackoutWeeks,
  brandSales,
  type EndedEvent,
  endedEvents,
  fundRows,
  promotionCalendar,
  type ReportScope,
} from "../../../../data/reports/reports.service.ts";
import { bias, pooledNetRoi, wape } from "../../../../forecasting/index.ts";
import type { ToolContext } from "../../../define.ts";
import { type Column, type Section, section } from "./report.ts";

const PROMOTION: readonly Column[] = [
  { key: "promotion", label: "Promotion", unit: "text" },
  { key: "name", label: "Name", unit: "text" },
  { key: "account", label: "Account", unit: "text" },
  { key: "start", label: "Start", unit: "date" },
  { key: "end", label: "End", unit: "date" },
];
const STEPS = 10;

/** Whose report it is, over which store. */
export type Reader = Pick<ToolContext, "actor" | "store">;

/** Promotions on the shelf in the period, with their plan and what they hold of a fund. */
export async function calendarSection(
  { actor, store }: Reader,
  scope: ReportScope,
  title = "Promotions",
): Promise<Section> {
  const rows = (await promotionCalendar(actor, store, scope)).map((row) => ({
    ...row,
    mechanic: MECHANIC_WORDS[row.mechanic].short,
    support: supportWords({ feature: row.feature === 1, display: row.display === 1 }),
  }));
  const columns: Column[] = [
    ...PROMOTION,
    { key: "mechanic", label: "Mechanic", unit: "text" },
    { key: "discount", label: "Discount", unit: "%" },
    { key: "support", label: "Support", unit: "text" },
    { key: "status", label: "State", unit: "text" },
    { key: "planned_units", label: "Planned units", unit: "units", adds: true },
    { key: "spend", label: "Booked spend", unit: "money", adds: true },
  ];
  return section("calendar", title, columns, rows, "No promotion lies in this period.");
}

/** Weeks in which the contracts allow no promotion. */
export async function blackoutSection({ actor, store }: Reader, scope: ReportScope): Promise<Section> {
  const columns: Column[] = [
    { key: "account", label: "Account", unit: "text" },
    { key: "start", label: "From", unit: "date" },
    { key: "end", label: "To", unit: "date" },
    { key: "reason", label: "Reason", unit: "quote" },
  ];
  return section(
    "blackouts",
    "Blackout weeks",
    columns,
    await blackoutWeeks(actor, store, scope),
    "No blackout lies in this period.",
  );
}

/** Net ROI of many events is pooled: profit summed over spend summed, of those whose profit is known. */
export function pooled(rows: readonly EndedEvent[]): { net_roi: number | null; without_profit: number } {
  const known = rows.filter((row) => row.incremental_profit !== null);
  return {
    net_roi: pooledNetRoi(
      known.map((row) => row.incremental_profit ?? 0),
      known.map((row) => row.spend),
    ),
    without_profit: rows.length - known.length,
  };
}

/** Events that ended with their result, spend descending; the total is pooled. */
export async function resultSection(
  { actor, store }: Reader,
  scope: ReportScope,
  by: "start" | "end",
  title: string,
): Promise<Section> {
  const rows = await endedEvents(actor, store, scope, by);
  const columns: Column[] = [
    ...PROMOTION,
    { key: "units", label: "Units", unit: "units", adds: true },
    { key: "baseline", label: "Baseline", unit: "units", adds: true },
    { key: "uplift", label: "Uplift", unit: "%" },
    { key: "true_incremental", label: "True incremental", unit: "units", adds: true },
    { key: "spend", label: "Spend", unit: "money", adds: true },
    { key: "incremental_profit", label: "Incremental profit", unit: "money", adds: true },
    { key: "net_roi", label: "Net ROI", unit: "ratio" },
  ];
  return section("results", title, columns, rows, "No promotion with a result lies in this period.", {
    net_roi: pooled(rows).net_roi,
  });
}

/** Plans against what was sold, by account and by promotion: WAPE and bias (terms.md). */
export async function accuracySections(
  { actor, store }: Reader,
  scope: ReportScope,
  by: "start" | "end",
): Promise<Section[]> {
  const rows = (await endedEvents(actor, store, scope, by))
    .filter((row) => row.planned_units !== null)
    .map((row) => ({
      ...row,
      bias: bias([row.units], [row.planned_units!]),
    }));
  const measures: Column[] = [
    { key: "planned_units", label: "Planned units", unit: "units", adds: true },
    { key: "units", label: "Actual units", unit: "units", adds: true },
  ];
  const ratios = (some: typeof rows) => {
    const actual = some.map((row) => row.units);
    const planned = some.map((row) => row.planned_units!);
    return { wape: wape(actual, planned), bias: bias(actual, planned) };
  };
  const accounts = [...Map.groupBy(rows, (row) => row.account)].map(([account, some]) => ({
    account,
    events: some.length,
    planned_units: some.reduce((sum, row) => sum + row.planned_units!, 0),
    units: some.reduce((sum, row) => sum + row.units, 0),
    ...ratios(some),
  }));
  const empty = "No ended promotion with planned units lies in this period.";
  const byAccount: Column[] = [
    { key: "account", label: "Account", unit: "text" },
    { key: "events", label: "Promotions", unit: "count", adds: true },
    ...measures,
    { key: "wape", label: "WAPE", unit: "%" },
    { key: "bias", label: "Bias", unit: "%" },
  ];
  const byEvent: Column[] = [...PROMOTION, ...measures, { key: "bias", label: "Bias", unit: "%" }];
  return [
    section("accuracy", "By account", byAccount, accounts, empty, ratios(rows)),
    section("accuracy", "By promotion", byEvent, rows, empty, { bias: ratios(rows).bias }),
  ];
}

/** Funds that touch the period, by state of their money. */
export async function budgetSection({ actor, store }: Reader, scope: ReportScope): Promise<Section> {
  const money = (key: string, label: string): Column => ({ key, label, unit: "money", adds: true });
  const columns: Column[] = [
    { key: "account", label: "Account", unit: "text" },
    { key: "fund", label: "Fund", unit: "text" },
    { key: "start", label: "From", unit: "date" },
    { key: "end", label: "To", unit: "date" },
    money("amount", "Amount"),
    money("planned", "Planned"),
    money("committed", "Committed"),
    money("accrued", "Accrued"),
    money("settled", "Settled"),
    money("left", "Left"),
  ];
  return section("funds", "Funds", columns, await fundRows(actor, store, scope), "No fund covers this period.");
}

/** Sell-out by brand beside the same weeks a year before. */
export async function salesSection({ actor, store }: Reader, scope: ReportScope): Promise<Section> {
  const rows = await brandSales(actor, store, scope);
  const columns: Column[] = [
    { key: "category", label: "Category", unit: "text" },
    { key: "brand", label: "Brand", unit: "text" },
    { key: "units", label: "Units", unit: "units", adds: true },
    { key: "units_before", label: "Units a year before", unit: "units", adds: true },
    { key: "units_change", label: "Change of units", unit: "%" },
    { key: "net_sales", label: "Net sales", unit: "money", adds: true },
    { key: "net_sales_before", label: "Net sales a year before", unit: "money", adds: true },
    { key: "net_sales_change", label: "Change of net sales", unit: "%" },
  ];
  const change = (now: "units" | "net_sales", before: "units_before" | "net_sales_before"): number | null => {
    const last = rows.reduce((sum, row) => sum + (row[before] ?? 0), 0);
    return last > 0 ? rows.reduce((sum, row) => sum + (row[now] ?? 0), 0) / last - 1 : null;
  };
  return section("sales", "Sell-out by brand", columns, rows, "No sell-out is in the store for this period.", {
    units_change: change("units", "units_before"),
    net_sales_change: change("net_sales", "net_sales_before"),
  });
}

/** Open claims as they stand today, with what speaks against them. */
export async function claimSection({ store }: Reader, accounts: readonly VisibleAccount[]): Promise<Section> {
  const open = (await assessedClaims(store, accounts)).filter((c) => c.status === "open");
  const rows = open.map((c) => ({
    claim: c.code,
    date: c.date,
    promotion: c.promotion,
    amount: toMajor(c.amount_minor),
    currency: c.currency,
    doubts: c.doubts.map((d) => d.replaceAll("_", " ")).join("; "),
  }));
  const columns: Column[] = [
    { key: "claim", label: "Claim", unit: "text" },
    { key: "date", label: "Date", unit: "date" },
    { key: "promotion", label: "Promotion", unit: "text" },
    { key: "amount", label: "Amount", unit: "money", adds: true },
    { key: "doubts", label: "Speaks against it", unit: "text" },
  ];
  return section("claims", "Open claims", columns, rows, "No claim is open.");
}

/** Who is who at an account, and the next steps that were agreed. */
export async function peopleSections({ store }: Reader, account: VisibleAccount): Promise<Section[]> {
  const contacts = (await contactsFor(store, account)).map((c) => ({ ...c, job: c.title }));
  const steps = await nextSteps(store, account, STEPS);
  return [
    section(
      "people",
      "People",
      [
        { key: "name", label: "Name", unit: "text" },
        { key: "job", label: "Role", unit: "text" },
        { key: "influence", label: "Part in decisions", unit: "text" },
      ],
      contacts,
      "No contacts are in the store.",
    ),
    section(
      "people",
      "Next steps",
      [
        { key: "date", label: "Agreed on", unit: "date" },
        { key: "next_step", label: "Next step", unit: "quote" },
        { key: "by", label: "Logged by", unit: "text" },
      ],
      steps,
      "No next step is logged.",
    ),
  ];
}
