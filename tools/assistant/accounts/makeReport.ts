import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { KamError, missingSlot, toKamError } from "../../../data/common/errors.ts";
import { accountRef, optional, period } from "../../args.ts";
import { readTool } from "../../define.ts";
import { quoteParts } from "./quotes.ts";
import { buildReport, REPORTS } from "./reports/build.ts";
import { writeReport } from "./reports/files.ts";
import type { Row, Section } from "./reports/report.ts";

/** How many rows of a section a page shows; a file holds all of them. */
const PAGE_ROWS = 10;

export const makeReport = readTool({
  name: "make_report",
  role: "assistant",
  description:
    "Makes a report: promotion calendar, post-event analysis, account review, budget, forecast accuracy or joint business plan, as a page in the reply or as a CSV or XLSX file.",
  examples: [
    {
      say: "Send me the review of Bramley Stores as Excel",
      args: { report: "account_review", account: "Bramley Stores", format: "xlsx" },
    },
    { say: "Show me the promotion calendar", args: { report: "calendar" } },
  ],
  schema: z.strictObject({
    report: optional(z.enum(REPORTS)),
    account: optional(accountRef),
    period: optional(period),
    format: optional(z.enum(["page", "xlsx", "pptx", "pdf", "csv"])),
  }),
  access: "READ",
  async run({ actor, store }, args) {
    if (args.report === undefined) {
      throw missingSlot(
        "report",
        "Which report do you want: promotion calendar, post-event analysis, account review, budget, forecast accuracy or joint business plan?",
      );
    }
    const format = args.format ?? "page";
    if (format === "pptx" || format === "pdf") {
      throw new KamError(
        "bad_input",
        `A report cannot be made as ${format.toUpperCase()} yet. It can be had as a page, as XLSX or as CSV.`,
        { format, available: ["page", "xlsx", "csv"] },
      );
    }
    const one = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const accounts = one ? [one] : await visibleAccounts(actor, store);
    const report = await buildReport(
      { actor, store },
      { report: args.report, accounts, one, period: args.period ?? null },
    );
    const file = format === "page" ? null : await fileOf(() => writeReport(store, actor, report, format), store.path);
    return {
      report: args.report,
      title: report.title,
      account: one?.name ?? null,
      accounts: accounts.map((a) => a.name),
      as_of: store.today,
      period: report.period,
      format,
      file,
      assumptions: report.assumptions,
      missing: report.missing,
      sections: report.sections.map(sectionJson),
    };
  },
});

async function fileOf(write: () => Promise<string>, storePath: string): Promise<string> {
  try {
    return await write();
  } catch (thrown) {
    throw toKamError(thrown, storePath);
  }
}

/** The rows that a page shows, with how many there are; what people wrote stands as parts, to be quoted. */
function sectionJson(section: Section) {
  const quoted = section.columns.filter((c) => c.unit === "quote").map((c) => c.key);
  const rows = section.rows.slice(0, PAGE_ROWS).map((row: Row) => ({
    ...row,
    ...Object.fromEntries(
      quoted.map((key) => [`${key}_quote`, row[key] == null ? null : quoteParts(String(row[key]))]),
    ),
  }));
  return { ...section, rows, found: section.rows.length, shown: rows.length };
}
