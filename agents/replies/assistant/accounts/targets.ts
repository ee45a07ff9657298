import type { Unit } from "../../../../data/common/format.ts";
import type { Composer } from "../../say.ts";
import { quote } from "./quote.ts";

/** What each measure is called. */
export const MEASURE_WORDS: Readonly<Record<string, string>> = {
  net_sales: "net sales",
  units: "units",
  share: "share",
  net_roi: "net ROI of promotions",
  distribution: "distribution",
  spend_rate: "spend rate",
};

/** "share of Coffee" */
export const measureName = (measure: string, category: string | null): string =>
  `${MEASURE_WORDS[measure] ?? measure}${category ? ` of ${category}` : ""}`;

/** The unit that a measure is written in. */
export const measureUnit = (measure: string, currency: string): Unit =>
  measure === "net_sales" ? currency : measure === "units" ? "units" : measure === "net_roi" ? "ratio" : "%";

interface Proposed {
  readonly account: string;
  readonly kind: string;
  readonly category: string | null;
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly year_before: number | null;
  readonly note: string | null;
  readonly checks: readonly { readonly verdict: string }[];
}

export const composeSetTarget: Composer = (say) => {
  const r = say.call.result as unknown as Proposed;
  const unit = measureUnit(r.kind, r.currency);
  const before = r.year_before === null ? "" : ` The same days a year before bring ${say.fig("/year_before", unit)}.`;
  say.p(
    `I would agree this target for **${r.account}**: ${measureName(r.kind, r.category)} of ${say.fig("/value", unit)} for ${say.period(r.period)}.${before}`,
  );
  const warnings = r.checks.flatMap((check, i) => (check.verdict === "pass" ? [] : [say.check(`/checks/${i}`)]));
  say.list(warnings);
  say.p("Nothing is written yet. Say yes to agree it, no to discard it, or tell me what to change.");
};

interface Step {
  readonly account: string;
  readonly date: string;
  readonly kind: string;
  readonly due: string | null;
}

export const composeCompleteStep: Composer = (say) => {
  const r = say.call.result as unknown as Step;
  const due = r.due ? `, due ${say.date(r.due)}` : "";
  say.p(
    `I would mark this next step with **${r.account}** as done: ${quote(say, "/quote")} (from the ${r.kind} of ${say.date(r.date)}${due}).`,
  );
  say.p("Nothing is written yet. Say yes to mark it, or no to leave it open.");
};
