import type { Column, Row, Section } from "../../../../tools/assistant/accounts/reports/report.ts";
import type { Composer, Say } from "../../say.ts";
import { quote } from "./quote.ts";
import { sentence } from "./words.ts";

interface SectionJson extends Section {
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
      page(say, s, `/sections/${i}`, r.account !== null);
    });
  }
  const missing = sentence("Missing", r.missing);
  if (missing) say.p(missing);
  if (!r.file) {
    chart(say, r);
    say.p("Say “as Excel” or “as CSV” for the whole of it in a file.");
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
    columns.map((c) => c.label),
    rows,
  );
}

/** The section in a sentence, from its totals (or its only row). */
function lead(say: Say, s: SectionJson, path: string): string {
  const sums = s.total ?? (s.rows.length === 1 ? s.rows[0]! : null);
  if (!sums) return "";
  const at = `${path}/${s.total ? "total" : "rows/0"}`;
  const found = say.fig(`${path}/found`, "count");
  const money = (key: string): string => say.figOr(`${at}/${key}`, String(sums.currency), "an unknown amount");
  const share = (key: string): string => say.figOr(`${at}/${key}`, "%", "an unknown share");
  switch (s.kind) {
    case "calendar":
      return `Promotions: ${found}, with ${money("spend")} booked.`;
    case "results":
      return `Promotions: ${found}; ${money("spend")} of spend brought ${money("incremental_profit")} of incremental profit, a pooled net ROI of ${say.figOr(`${at}/net_roi`, "ratio", "unknown size")}.`;
    case "accuracy":
      return "wape" in sums ? `The total miss (WAPE) is ${share("wape")}, the bias ${share("bias")}.` : "";
    case "funds":
      return `Of ${money("amount")}, ${money("left")} is left.`;
    case "sales":
      return `Net sales were ${money("net_sales")}; against the same weeks a year before that is ${share("net_sales_change")}.`;
    case "claims":
      return `Open: ${found}, ${money("amount")} together.`;
    default:
      return "";
  }
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
    const budget = r.report === "budget";
    const s = of(budget ? "left" : "net_roi");
    if (!s) return;
    say.chart(budget ? "What is left in each fund" : "Net ROI of the promotions with the largest spend", {
      data: values(s),
      mark: { type: "bar", tooltip: true },
      encoding: {
        x: budget
          ? { field: "left", type: "quantitative", title: `Left in the fund (${s.rows[0]?.currency})` }
          : { field: "net_roi", type: "quantitative", title: "Net ROI" },
        y: budget
          ? {
              field: r.account ? "fund" : "account",
              type: "nominal",
              title: r.account ? "Fund" : "Account",
              sort: "-x",
            }
          : { field: "name", type: "nominal", title: "Promotion", sort: "-x" },
        ...(budget && !r.account ? { color: { field: "fund", type: "nominal", title: "Fund" } } : {}),
      },
    });
  }
}
