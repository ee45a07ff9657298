import { periodInWords } from "../../data/common/format.ts";
import type { Preferences } from "../../data/preferences/kinds.ts";
import { movingPeriod, movingPeriodWords } from "../../data/preferences/periods.ts";
import { findConcepts } from "./concepts.ts";
import { tokenise } from "./text/tokens.ts";
import type { Args, Decision, PlannedCall, PlannerContext } from "./types.ts";

/** Ideas of a sentence that say themselves what a preference would say: her words now go before what she once preferred. */
const SPOKEN_OF: Readonly<Record<string, readonly (keyof Preferences)[]>> = {
  netword: ["roi"],
  gross: ["roi"],
  allhistory: ["period"],
  chartword: ["charts"],
  tableword: ["tables"],
  shortword: ["answers"],
  longword: ["answers", "tables", "charts"],
};

/** The preferences that hold for a sentence: all but those that it speaks of itself. */
export function holding(preferences: Preferences, text: string): Preferences {
  if (Object.keys(preferences).length === 0) return preferences;
  const tokens = tokenise(text);
  const said = findConcepts(
    tokens,
    tokens.map(() => false),
  ).flatMap((hit) => hit.concepts.flatMap((concept) => SPOKEN_OF[concept] ?? []));
  return Object.fromEntries(
    Object.entries(preferences).filter(([kind]) => !said.includes(kind as keyof Preferences)),
  ) as Preferences;
}

/** Questions whose period is open: the promotions or sales of the last twelve months, unless a person prefers another. */
const OPEN_PERIOD = new Set([
  "compare_promotions",
  "account_review",
  "product_growth",
  "market_signals",
  "category_view",
  "explain_result",
]);
const PERIOD_REPORTS = new Set(["post_event", "account_review"]);
/** Effects of depth and mechanic rest on all history; times set side by side are no matter of one of them. */
const ALL_HISTORY = new Set(["discount_band", "mechanic", "month", "quarter", "year"]);
const LISTS = new Set(["compare_promotions", "find_promotions", "find_claims", "find_activities", "compare_responses"]);

/** A decision as the person prefers it where her sentence left something open; each preference that it goes by is among its notes. */
export function preferred(decision: Decision, context: PlannerContext): Decision {
  const { preferences } = context;
  if (decision.kind !== "calls" || !preferences || Object.keys(preferences).length === 0) return decision;
  const notes: string[] = [];
  const calls = decision.calls.map(({ tool, args }): PlannedCall => {
    const added = { ...roi(tool, args, preferences), ...times(tool, args, context), ...rest(tool, args, preferences) };
    notes.push(...Object.values(added).map(({ note }) => note));
    return {
      tool,
      args: { ...args, ...Object.fromEntries(Object.entries(added).map(([k, { value }]) => [k, value])) },
    };
  });
  return { ...decision, calls, notes: [...new Set([...decision.notes, ...notes])] };
}

type Added = Record<string, { readonly value: unknown; readonly note: string }>;

const roi = (tool: string, args: Args, { roi: kind }: Preferences): Added =>
  tool === "compare_promotions" && args.metric === "net_roi" && kind === "gross"
    ? { metric: { value: "gross_roi", note: "ROI gross, as you prefer" } }
    : {};

function times(tool: string, args: Args, { preferences, lexicon }: PlannerContext): Added {
  const name = preferences?.period;
  const open =
    (OPEN_PERIOD.has(tool) || (tool === "make_report" && PERIOD_REPORTS.has(args.report as string))) &&
    args.period === undefined &&
    args.promotion === undefined &&
    !ALL_HISTORY.has(args.by as string);
  if (!name || !open) return {};
  const period = movingPeriod(name, lexicon.today);
  return { period: { value: period, note: `${movingPeriodWords(name)} (${periodInWords(period)}), as you prefer` } };
}

function rest(tool: string, args: Args, { list_length, report_format }: Preferences): Added {
  if (LISTS.has(tool) && list_length && args.top === undefined)
    return { top: { value: list_length, note: "the list is as long as you prefer" } };
  if (tool === "make_report" && report_format && args.format === undefined) {
    const words = report_format === "page" ? "a page" : report_format.toUpperCase();
    return { format: { value: report_format, note: `as ${words}, as you prefer` } };
  }
  return {};
}
