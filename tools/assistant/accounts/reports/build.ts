import type { VisibleAccount } from "../../../../data/accounts/accounts.service.ts";
import { addDays, addMonths, nextQuarter, type Period, twelveMonthsTo } from "../../../../data/common/dates.ts";
import { missingSlot } from "../../../../data/common/errors.ts";
import { endedEvents, type ReportScope } from "../../../../data/reports/reports.service.ts";
import type { Report, Section } from "./report.ts";
import {
  accuracySections,
  blackoutSection,
  budgetSection,
  calendarSection,
  claimSection,
  peopleSections,
  pooled,
  type Reader,
  resultSection,
  salesSection,
} from "./sections.ts";

export const REPORTS = [
  "calendar",
  "post_event",
  "account_review",
  "budget",
  "forecast_accuracy",
  "joint_business_plan",
] as const;
export type ReportName = (typeof REPORTS)[number];

export interface Order {
  readonly report: ReportName;
  /** The accounts that it covers: one, or all that the person sees. */
  readonly accounts: readonly VisibleAccount[];
  readonly one: VisibleAccount | null;
  readonly period: Period | null;
}

const NAMES: Readonly<Record<ReportName, string>> = {
  calendar: "Promotion calendar",
  post_event: "Post-event analysis",
  account_review: "Account review",
  budget: "Budget",
  forecast_accuracy: "Forecast accuracy",
  joint_business_plan: "Joint business plan",
};

/** The twelve months to yesterday: what ends today has not ended. */
const lastYear = (today: string): Period => ({ ...twelveMonthsTo(today), to: addDays(today, -1) });

/** The period of a report that names none, with the words that say so. */
function defaultPeriod(report: ReportName, today: string): { period: Period; assumption: string } {
  const year = today.slice(0, 4);
  if (report === "calendar")
    return {
      period: { from: today, to: nextQuarter(today).to },
      assumption: "from today to the end of next quarter",
    };
  if (report === "budget")
    return { period: { from: `${year}-01-01`, to: `${year}-12-31` }, assumption: "the funds of this calendar year" };
  if (report === "joint_business_plan")
    return { period: { from: today, to: addDays(addMonths(today, 12), -1) }, assumption: "the twelve months ahead" };
  if (report === "account_review") return { period: lastYear(today), assumption: "the last twelve months" };
  return { period: lastYear(today), assumption: "the promotions that ended in the last twelve months" };
}

/**
 * The report, from the store's views.
 * @throws KamError missing_slot where a report of one account names none
 */
export async function buildReport(reader: Reader, order: Order): Promise<Report> {
  const { report, one } = order;
  if (!one && (report === "account_review" || report === "joint_business_plan")) {
    throw missingSlot("account", `Which account is the ${NAMES[report].toLowerCase()} for?`);
  }
  const taken = defaultPeriod(report, reader.store.today);
  const period = order.period ?? taken.period;
  const scope = { accountIds: order.accounts.map((a) => a.id), ...period };
  const by = order.period ? ("start" as const) : ("end" as const);
  const content = scope.accountIds.length ? await sectionsOf(reader, order, scope, by) : { sections: [], missing: [] };
  return {
    title: `${NAMES[report]}${one ? `: ${one.name}` : ""}`,
    period,
    assumptions: order.period ? [] : [taken.assumption],
    missing: content.missing,
    sections: content.sections,
  };
}

interface Content {
  readonly sections: readonly Section[];
  readonly missing: readonly string[];
}

async function sectionsOf(reader: Reader, order: Order, scope: ReportScope, by: "start" | "end"): Promise<Content> {
  switch (order.report) {
    case "calendar":
      return { sections: [await calendarSection(reader, scope), await blackoutSection(reader, scope)], missing: [] };
    case "post_event":
      return {
        sections: [await resultSection(reader, scope, by, "Results by promotion")],
        missing: await unknownProfit(reader, scope, by),
      };
    case "budget":
      return { sections: [await budgetSection(reader, scope)], missing: [] };
    case "forecast_accuracy":
      return {
        sections: await accuracySections(reader, scope, by),
        missing: ["promotions without planned units are left out"],
      };
    case "account_review":
      return {
        sections: [
          await salesSection(reader, scope),
          await resultSection(reader, scope, by, "Promotions that ended"),
          // Without a named period the money of interest is what there is today, not what last year's fund held.
          await budgetSection(
            reader,
            order.period ? scope : { ...scope, from: reader.store.today, to: reader.store.today },
          ),
          await claimSection(reader, order.accounts),
          ...(await peopleSections(reader, order.one!)),
        ],
        missing: await unknownProfit(reader, scope, by),
      };
    case "joint_business_plan":
      return jointPlan(reader, order, scope);
  }
}

/** Where we stand (the twelve months behind), what is planned and paid for ahead, and who is in it. */
async function jointPlan(reader: Reader, order: Order, scope: ReportScope): Promise<Content> {
  const behind = { ...scope, ...lastYear(reader.store.today) };
  return {
    sections: [
      await salesSection(reader, behind),
      await resultSection(reader, behind, "end", "What the last twelve months' promotions brought"),
      await calendarSection(reader, scope, "Promotions planned"),
      await budgetSection(reader, scope),
      ...(await peopleSections(reader, order.one!)),
    ],
    missing: [
      "no targets are agreed in the store; agree them with the account and log them",
      ...(await unknownProfit(reader, behind, "end")),
    ],
  };
}

async function unknownProfit(reader: Reader, scope: ReportScope, by: "start" | "end"): Promise<string[]> {
  return pooled(await endedEvents(reader.actor, reader.store, scope, by)).without_profit > 0
    ? ["promotions whose profit is not known (a cost is missing) are left out of the pooled ROI"]
    : [];
}
