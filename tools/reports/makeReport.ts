import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../data/accounts/accounts.service.ts";
import { KamError, missingSlot, toKamError } from "../../data/common/errors.ts";
import { namedSubject } from "../advisor/explain/subject.ts";
import { accountRef, optional, period, promotionRef } from "../args.ts";
import { type QuotePart, quoteParts } from "../assistant/accounts/quotes.ts";
import { readTool, type ToolContext } from "../define.ts";
import { buildReport, REPORTS, type ReportName } from "./build.ts";
import { writeReport } from "./files.ts";
import type { Cell, Row, Section } from "./report.ts";

/** How many rows of a section a page shows; a file holds all of them. */
const PAGE_ROWS = 10;

export const makeReport = readTool({
  name: "make_report",
  role: "assistant",
  description:
    "Makes a report: promotion calendar, post-event analysis, account review, budget, forecast accuracy or joint business plan, as a page in the reply or as a file: XLSX with live formulas, PPTX slides with native charts, PDF or CSV; the calendar also as iCalendar (ics).",
  examples: [
    {
      say: "Send me the review of Bramley Stores as Excel",
      args: { report: "account_review", account: "Bramley Stores", format: "xlsx" },
    },
    { say: "Show me the promotion calendar", args: { report: "calendar" } },
    {
      say: "Post-event analysis of P-1042 as slides",
      args: { report: "post_event", promotion: "P-1042", format: "pptx" },
    },
    { say: "Export the promotion calendar to my calendar", args: { report: "calendar", format: "ics" } },
  ],
  schema: z.strictObject({
    report: optional(z.enum(REPORTS)),
    account: optional(accountRef),
    promotion: optional(promotionRef).describe("the one promotion that a post-event analysis is of"),
    period: optional(period),
    format: optional(z.enum(["page", "xlsx", "pptx", "pdf", "csv", "ics"])),
  }),
  access: "READ",
  async run(context, args) {
    const { actor, store } = context;
    if (args.report === undefined) {
      throw missingSlot(
        "report",
        "Which report do you want: promotion calendar, post-event analysis, account review, budget, forecast accuracy or joint business plan?",
      );
    }
    const format = args.format ?? "page";
    const event = args.promotion === undefined ? null : await endedPromotion(context, args.report, args.promotion);
    const account = event?.account ?? args.account;
    const one = account === undefined ? null : await resolveAccount(actor, store, account);
    const accounts = one ? [one] : await visibleAccounts(actor, store);
    const report = await buildReport(context, {
      ...{ report: args.report, accounts, one, period: args.period ?? null },
      ...(event && { promotion: event }),
    });
    const file = format === "page" ? null : await fileOf(() => writeReport(store, actor, report, format), store.path);
    return {
      report: args.report,
      title: report.title,
      account: one?.name ?? null,
      promotion: event?.promotion ?? null,
      accounts: accounts.map((a) => a.name),
      as_of: store.today,
      period: report.period,
      format,
      file,
      assumptions: report.assumptions,
      missing: report.missing,
      figures: report.figures.map(({ label, ...figure }) => ({ head: label, ...figure })),
      sections: report.sections.map(sectionJson),
    };
  },
});

/** @throws KamError bad_input where the report is not of promotions, wrong_state where it has not ended, no_data, not_found, no_right */
async function endedPromotion(context: ToolContext, report: ReportName, ref: string | number) {
  if (report !== "post_event")
    throw new KamError("bad_input", "Only a post-event analysis is of one promotion; name an account for this report.");
  return (await namedSubject(context, ref)).event;
}

async function fileOf(write: () => Promise<string>, storePath: string): Promise<string> {
  try {
    return await write();
  } catch (thrown) {
    throw toKamError(thrown, storePath);
  }
}

/** A row as a page has it: `…_quote` beside what people wrote. */
export type PageRow = Readonly<Record<string, Cell | readonly QuotePart[]>>;

/** What a page shows of a section: columns, the first rows, and how many there are; what people wrote stands as parts, to be quoted. */
function sectionJson(section: Section) {
  const { id, title, words, total, empty, chart, notes, source } = section;
  const columns = section.columns.filter((c) => !c.detail).map(({ key, label, unit }) => ({ key, head: label, unit }));
  const quoted = columns.filter((c) => c.unit === "quote").map((c) => c.key);
  const rows = section.rows.slice(0, PAGE_ROWS).map(
    (row: Row): PageRow => ({
      ...row,
      ...Object.fromEntries(
        quoted.map((key) => [`${key}_quote`, row[key] == null ? null : quoteParts(String(row[key]))]),
      ),
    }),
  );
  return {
    id,
    title,
    words,
    columns,
    rows,
    total,
    found: section.rows.length,
    shown: rows.length,
    empty,
    chart,
    notes,
    source,
  };
}
export type SectionJson = ReturnType<typeof sectionJson>;
