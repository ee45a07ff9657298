import type { VisibleAccount } from "../../data/accounts/accounts.service.ts";
import { addDays, addMonths, nextQuarter, type Period } from "../../data/common/dates.ts";
import { missingSlot } from "../../data/common/errors.ts";
import type { ToolContext } from "../define.ts";
import {
  type Ask,
  accuracyContent,
  budgetContent,
  type Content,
  calendarContent,
  jointPlanContent,
  lastYear,
  postEventContent,
  reviewContent,
} from "./contents.ts";
import type { Report } from "./report.ts";

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
  /** The one promotion that it is of. */
  readonly promotion?: {
    readonly promotion: string;
    readonly name: string;
    readonly start: string;
    readonly end: string;
  };
}

/** What a report is called, what stands in it, and the period it takes where none is named. */
interface Kind {
  readonly title: string;
  readonly ofOneAccount?: true;
  readonly content: (ask: Ask) => Promise<Content>;
  readonly period: (today: string) => Period;
  /** The words that say which period was taken. */
  readonly taken: string;
}

const thisYear = (today: string): Period => ({ from: `${today.slice(0, 4)}-01-01`, to: `${today.slice(0, 4)}-12-31` });

const KINDS: Readonly<Record<ReportName, Kind>> = {
  calendar: {
    title: "Promotion calendar",
    content: calendarContent,
    period: (today) => ({ from: today, to: nextQuarter(today).to }),
    taken: "from today to the end of next quarter",
  },
  post_event: {
    title: "Post-event analysis",
    content: postEventContent,
    period: lastYear,
    taken: "the promotions that ended in the last twelve months",
  },
  account_review: {
    title: "Account review",
    ofOneAccount: true,
    content: reviewContent,
    period: lastYear,
    taken: "the last twelve months",
  },
  budget: {
    title: "Budget",
    content: budgetContent,
    period: thisYear,
    taken: "the funds of this calendar year",
  },
  forecast_accuracy: {
    title: "Forecast accuracy",
    content: accuracyContent,
    period: lastYear,
    taken: "the promotions that ended in the last twelve months",
  },
  joint_business_plan: {
    title: "Joint business plan",
    ofOneAccount: true,
    content: jointPlanContent,
    period: (today) => ({ from: today, to: addDays(addMonths(today, 12), -1) }),
    taken: "the twelve months ahead",
  },
};

/**
 * The report, from the store's services.
 * @throws KamError missing_slot where a report of one account names none
 */
export async function buildReport(reader: ToolContext, order: Order): Promise<Report> {
  const { accounts, one, promotion } = order;
  const kind = KINDS[order.report];
  if (!one && kind.ofOneAccount) throw missingSlot("account", `Which account is the ${kind.title.toLowerCase()} for?`);
  const days = promotion ? { from: promotion.start, to: promotion.end } : order.period;
  const period = days ?? kind.period(reader.store.today);
  const content = accounts.length
    ? await kind.content({
        reader,
        accounts,
        one,
        scope: { accountIds: accounts.map((a) => a.id), ...period, promotion: promotion?.promotion },
        by: days ? "start" : "end",
        periodNamed: days !== null,
      })
    : { sections: [], figures: [], missing: [] };
  const of = promotion ? `${promotion.promotion}, ${promotion.name}` : one?.name;
  return {
    title: `${kind.title}${of ? `: ${of}` : ""}`,
    period,
    asOf: reader.store.today,
    assumptions: days ? [] : [kind.taken],
    ...content,
  };
}
