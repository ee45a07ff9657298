import { drawnRows } from "../../../../tools/reports/chart.ts";
import type { PageRow, SectionJson } from "../../../../tools/reports/makeReport.ts";
import type { Row, Words } from "../../../../tools/reports/report.ts";
import { vegaSpec } from "../../../../tools/reports/vega.ts";
import type { Composer, Say } from "../../say.ts";
import { quote } from "./quote.ts";
import { sentence } from "./words.ts";

interface ReportJson {
  readonly report: string;
  readonly title: string;
  readonly account: string | null;
  readonly as_of: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly file: string | null;
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
  readonly figures: readonly { readonly head: string; readonly unit: string }[];
  readonly sections: readonly SectionJson[];
}

export const composeMakeReport: Composer = (say) => {
  const r = say.call.result as unknown as ReportJson;
  const scope = r.account ? "" : ", for the accounts that you see";
  const taken = r.assumptions.length ? ` (taken: ${r.assumptions.join("; ")})` : "";
  say.p(`**${r.title}**, ${say.period(r.period)}${taken}${scope}. As of ${say.date(r.as_of)}.`);
  if (r.file) {
    if (r.figures.length)
      say.list(r.figures.map((figure, i) => `${figure.head}: ${say.fig(`/figures/${i}/value`, figure.unit)}`));
    say.p(`The file is \`${r.file}\`. It holds these sections:`);
    say.list(
      r.sections.map((s, i) => (s.found ? `${s.title}: rows ${say.fig(`/sections/${i}/found`, "count")}` : s.empty)),
    );
  } else {
    r.sections.forEach((s, i) => {
      page(say, s, `/sections/${i}`, r.account !== null);
    });
  }
  const missing = sentence("Missing", r.missing);
  if (missing) say.p(missing);
  if (!r.file) {
    chart(say, r);
    say.p("Say “as Excel”, “as slides”, “as PDF” or “as CSV” for the whole of it in a file.");
  }
};

function page(say: Say, s: SectionJson, path: string, oneAccount: boolean): void {
  if (!s.found) {
    say.p(`**${s.title}.** ${s.empty}`);
    return;
  }
  const cut = s.shown < s.found ? ` (the first ${say.fig(`${path}/shown`, "count")} are shown)` : "";
  say.p([`**${s.title}**${cut}.`, lead(say, s, path)].filter(Boolean).join(" "));
  const columns = s.columns.filter((c) => !(oneAccount && c.key === "account"));
  const rows = s.rows.map((row, i) => columns.map((c) => cell(say, c, row, `${path}/rows/${i}`)));
  const { total } = s;
  if (total) {
    rows.push(
      columns.map((c, i) => (i === 0 ? "**Total**" : c.key in total ? cell(say, c, total, `${path}/total`) : "")),
    );
  }
  say.table(
    columns.map((c) => c.head),
    rows,
  );
}

/** The section's sentence, its figures from the totals (or the only row). */
function lead(say: Say, s: SectionJson, path: string): string {
  const sums = s.total ?? (s.found === 1 ? s.rows[0] : null);
  if (!sums) return "";
  const at = `${path}/${s.total ? "total" : "rows/0"}`;
  const piece = (words: Words): string => {
    if (typeof words === "string") return words;
    if ("rows" in words) return say.fig(`${path}/found`, "count");
    const unit = s.columns.find((c) => c.key === words.column)?.unit ?? "count";
    return say.figOr(`${at}/${words.column}`, unit === "money" ? String(sums.currency) : unit, words.unknown);
  };
  return s.words.map(piece).join("");
}

function cell(say: Say, column: SectionJson["columns"][number], row: PageRow, path: string): string {
  const value = row[column.key];
  if (value === null || value === undefined || value === "") return "–";
  const at = `${path}/${column.key}`;
  if (typeof value === "number") return say.figOr(at, column.unit === "money" ? String(row.currency) : column.unit);
  if (column.unit === "quote") return quote(say, `${at}_quote`);
  return column.unit === "date" ? say.date(String(value)) : String(value);
}

/** The first section that has something to draw, from the rows on the page. */
function chart(say: Say, r: ReportJson): void {
  const drawn = r.sections.find((s) => s.chart && s.rows.length > 1);
  if (!drawn?.chart) return;
  const columns = drawn.columns.map(({ head, ...column }) => ({ ...column, label: head }));
  say.chart(drawn.chart.title, vegaSpec(drawn.chart, columns, drawnRows(drawn.rows as readonly Row[], drawn.chart)));
}
