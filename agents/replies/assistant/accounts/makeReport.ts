import type { Column, Row } from "../../../../tools/assistant/accounts/reports/report.ts";
import type { Composer, Say } from "../../say.ts";
import { quote } from "./quote.ts";
import { sentence, upper } from "./words.ts";

interface SectionJson {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly total: Row | null;
  readonly empty: string;
  readonly found: number;
  readonly shown: number;
}
interface ReportJson {
  readonly report: string;
  readonly title: string;
  readonly account: string | null;
  readonly as_of: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly file: string | null;
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
  readonly sections: readonly SectionJson[];
}

export const composeMakeReport: Composer = (say) => {
  const r = say.call.result as unknown as ReportJson;
  const scope = r.account ? "" : ", for the accounts that you see";
  const taken = r.assumptions.length ? ` (taken: ${r.assumptions.join("; ")})` : "";
  say.p(`**${r.title}**, ${say.period(r.period)}${taken}${scope}. As of ${say.date(r.as_of)}.`);
  if (r.file) {
    say.p(`The file is \`${r.file}\`. It holds these sections:`);
    say.list(
      r.sections.map((s, i) => (s.found ? `${s.title}: ${say.fig(`/sections/${i}/found`, "count")} rows` : s.empty)),
    );
  } else {
    r.sections.forEach((s, i) => {
      page(say, s, `/sections/${i}`);
    });
  }
  const missing = sentence("Missing", r.missing);
  if (missing) say.p(missing);
  if (!r.file) {
    chart(say, r);
    say.p("Say “as Excel” or “as CSV” for the whole of it in a file.");
  }
};

function page(say: Say, s: SectionJson, path: string): void {
  if (!s.found) {
    say.p(`**${s.title}.** ${s.empty}`);
    return;
  }
  const cut =
    s.shown < s.found ? ` (${say.fig(`${path}/shown`, "count")} of ${say.fig(`${path}/found`, "count")})` : "";
  say.p(`**${s.title}**${cut}`);
  const rows = s.rows.map((row, i) => s.columns.map((c) => cell(say, c, row, `${path}/rows/${i}`)));
  const { total } = s;
  if (total) {
    rows.push(
      s.columns.map((c, i) => (i === 0 ? "**Total**" : c.key in total ? cell(say, c, total, `${path}/total`) : "")),
    );
  }
  say.table(
    s.columns.map((c) => c.label),
    rows,
  );
}

function cell(say: Say, column: Column, row: Row, path: string): string {
  const value = row[column.key];
  if (value === null || value === undefined || value === "") return "–";
  const at = `${path}/${column.key}`;
  if (typeof value === "number") return say.figOr(at, column.unit === "money" ? String(row.currency) : column.unit);
  if (column.unit === "date") return say.date(value);
  return column.unit === "quote" ? quote(say, `${at}_quote`) : value;
}

/** A calendar is drawn as bars over time, results by their net ROI, funds by what is left; each from the rows on the page. */
function chart(say: Say, r: ReportJson): void {
  const of = (key: string): SectionJson | undefined =>
    r.sections.find((s) => s.rows.length > 1 && s.columns.some((c) => c.key === key));
  const values = (s: SectionJson): { values: readonly Row[] } => ({ values: s.rows });
  if (r.report === "calendar") {
    const s = of("promotion");
    if (!s) return;
    say.chart("Promotion calendar", {
      data: values(s),
      mark: { type: "bar", cornerRadius: 3, tooltip: true },
      encoding: {
        x: { field: "start", type: "temporal", title: "Date" },
        x2: { field: "end" },
        y: { field: "name", type: "nominal", title: "Promotion", sort: { field: "start" } },
        color: { field: "account", type: "nominal", title: "Account" },
      },
    });
  } else if (r.report === "post_event" || r.report === "budget") {
    const [key, label, title] =
      r.report === "budget"
        ? ["left", "Left in the fund", "What is left in each fund"]
        : ["net_roi", "Net ROI", "Net ROI by promotion"];
    const name = r.report === "budget" ? "fund" : "name";
    const s = of(key);
    if (!s) return;
    const unit = r.report === "budget" ? ` (${s.rows[0]?.currency})` : "";
    say.chart(title, {
      data: values(s),
      mark: { type: "bar", tooltip: true },
      encoding: {
        x: { field: key, type: "quantitative", title: `${label}${unit}` },
        y: { field: name, type: "nominal", title: upper(r.report === "budget" ? "fund" : "promotion"), sort: "-x" },
      },
    });
  }
}
