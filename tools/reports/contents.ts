import type { VisibleAccount } from "../../data/accounts/accounts.service.ts";
import { addDays, type Period, twelveMonthsTo } from "../../data/common/dates.ts";
import type { ReportScope } from "../../data/reports/reports.service.ts";
import type { ToolContext } from "../define.ts";
import type { KeyFigure, Section } from "./report.ts";
import { countFigure, keyFigures } from "./section.ts";
import { accuracySections } from "./sections/accuracy.ts";
import { afterEventSections } from "./sections/afterEvent.ts";
import { blackoutSection, calendarSection } from "./sections/calendar.ts";
import { claimSection } from "./sections/claims.ts";
import { budgetSection } from "./sections/funds.ts";
import { peopleSections } from "./sections/people.ts";
import { leavesOut, resultSection } from "./sections/results.ts";
import { salesSection } from "./sections/sales.ts";
import { targetSections } from "./sections/targets.ts";

/** What a report is asked about, with its period known. */
export interface Ask {
  readonly reader: ToolContext;
  readonly accounts: readonly VisibleAccount[];
  /** The account, where it is of one. */
  readonly one: VisibleAccount | null;
  readonly scope: ReportScope;
  /** An event belongs to a named period by its start, to the last twelve months by its end. */
  readonly by: "start" | "end";
  readonly periodNamed: boolean;
}

export interface Content {
  readonly sections: readonly Section[];
  readonly figures: readonly KeyFigure[];
  readonly missing: readonly string[];
}

/** The twelve months to yesterday: what ends today has not ended. */
export const lastYear = (today: string): Period => ({ ...twelveMonthsTo(today), to: addDays(today, -1) });

const unknownProfit = (results: Section): string[] =>
  leavesOut(results) ? ["promotions whose profit is not known (a cost is missing) are left out of the pooled ROI"] : [];

/** When what runs, and when nothing may. */
export async function calendarContent({ reader, scope }: Ask): Promise<Content> {
  const calendar = await calendarSection(reader, scope);
  return {
    sections: [calendar, await blackoutSection(reader, scope)],
    figures: [countFigure(calendar, "Promotions"), ...keyFigures(calendar, "planned_units", "spend")],
    missing: [],
  };
}

/** What the promotions that ended brought. */
export async function postEventContent({ reader, scope, by }: Ask): Promise<Content> {
  const results = await resultSection(reader, scope, by, "Results by promotion");
  return {
    sections: [results, ...(await afterEventSections(reader, scope, by))],
    figures: [
      countFigure(results, "Promotions"),
      ...keyFigures(results, "spend", "incremental_profit", "net_roi", "gross_roi", "uplift"),
    ],
    missing: unknownProfit(results),
  };
}

/** Where the money of the funds is. */
export async function budgetContent({ reader, scope }: Ask): Promise<Content> {
  const funds = await budgetSection(reader, scope);
  return {
    sections: [funds],
    figures: keyFigures(funds, "amount", "planned", "committed", "accrued", "settled", "left"),
    missing: [],
  };
}

/** How near plans came. */
export async function accuracyContent({ reader, scope, by }: Ask): Promise<Content> {
  const [byAccount, byPromotion] = await accuracySections(reader, scope, by);
  return {
    sections: [byAccount!, byPromotion!],
    figures: [countFigure(byPromotion!, "Promotions"), ...keyFigures(byPromotion!, "wape", "bias")],
    missing: ["promotions without planned units are left out"],
  };
}

/** An account over a period: what sold, what the promotions brought, the money, the claims, the people. */
export async function reviewContent({ reader, scope, by, one, accounts, periodNamed }: Ask): Promise<Content> {
  const today = reader.store.today;
  const sales = await salesSection(reader, scope);
  const results = await resultSection(reader, scope, by, "Promotions that ended");
  // Without a named period the money of interest is what there is today, not what last year's fund held.
  const funds = await budgetSection(reader, periodNamed ? scope : { ...scope, from: today, to: today });
  return {
    sections: [sales, results, funds, await claimSection(reader, accounts), ...(await peopleSections(reader, one!))],
    figures: [
      ...keyFigures(sales, "net_sales", "net_sales_change"),
      ...keyFigures(results, "spend", "incremental_profit", "net_roi"),
      ...keyFigures(funds, "left"),
    ],
    missing: unknownProfit(results),
  };
}

/** What was agreed and where it stands, the twelve months behind, what is planned and paid for ahead, and who is in it. */
export async function jointPlanContent({ reader, scope, one }: Ask): Promise<Content> {
  const behind = { ...scope, ...lastYear(reader.store.today) };
  const sales = await salesSection(reader, behind);
  const results = await resultSection(reader, behind, "end", "What the last twelve months' promotions brought");
  const calendar = await calendarSection(reader, scope, "Promotions planned");
  const funds = await budgetSection(reader, scope);
  const targets = await targetSections(reader, one!, scope);
  return {
    sections: [...targets, sales, results, calendar, funds, ...(await peopleSections(reader, one!))],
    figures: [
      ...keyFigures(sales, "net_sales", "net_sales_change"),
      ...keyFigures(results, "net_roi"),
      countFigure(calendar, "Promotions planned"),
      ...keyFigures(funds, "left"),
    ],
    missing: [
      ...(targets.length ? [] : ["no targets are agreed for this period; agree them with the account and set them"]),
      ...unknownProfit(results),
    ],
  };
}
