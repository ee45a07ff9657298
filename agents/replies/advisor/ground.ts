import { listed } from "../../../data/common/words.ts";
import type { Say } from "../say.ts";
import { counted, inWords } from "./words.ts";

/** What every result of the advisor says about where it comes from. */
export interface Ground {
  readonly account: string | null;
  readonly product: string | null;
  readonly category: string | null;
  readonly mechanic?: string | null;
  readonly display?: boolean | null;
  readonly feature?: boolean | null;
  /** What the question leaves out, by name. */
  readonly without?: readonly string[];
  readonly competitor?: string | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly period_basis?: string;
  readonly left_out?: readonly { readonly reason: string; readonly promotions?: readonly string[] }[];
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
}

const ASSUMED: Readonly<Record<string, string>> = {
  ended: "promotions that ended in the last twelve months",
  started: "promotions that started in this period",
  all_history: "all promotions so far",
  last_twelve_months: "the last twelve months",
  coming_three_months: "the coming three months",
  last_twelve_months_and_ahead: "the last twelve months and what is announced ahead",
  last_year: "the last fifty-two weeks measured",
  last_eighteen_months: "the last eighteen months",
  promotion: "the weeks of the promotion",
  named: "weeks that start in this period",
  touching: "what held on any day of it",
};

/** "Kestrel, at Bramley Stores, multibuy only": the filter in words, null where there is none. */
export function filterInWords(ground: Ground): string | null {
  const parts = [
    ground.product ?? ground.category,
    ground.product && ground.category ? `in ${ground.category}` : null,
    ground.account && `at ${ground.account}`,
    ground.competitor,
    ground.mechanic && `${inWords(ground.mechanic)} only`,
    supportFilter(ground.display, "display"),
    supportFilter(ground.feature, "feature"),
    ground.without?.length ? `without ${listed(ground.without)}` : null,
  ].filter((part): part is string => Boolean(part));
  return parts.length ? parts.join(", ") : null;
}

const supportFilter = (kept: boolean | null | undefined, name: string): string | null =>
  kept == null ? null : `${kept ? "with" : "without"} ${name}`;

/** "Period: 22 November 2025 – 20 November 2026 (promotions that ended in the last twelve months)." */
function periodSentence(say: Say, ground: Ground): string {
  const why = ASSUMED[ground.period_basis ?? ""];
  return `Period: ${say.period(ground.period)}${why ? ` (${why})` : ""}.`;
}

/** The paragraph under an answer: filter, period, what was left out and why, what was assumed and what is missing. */
export function sayGround(say: Say, ground: Ground, counts: string): void {
  const filter = filterInWords(ground);
  const out = (ground.left_out ?? []).map((left, at) => {
    const ids = left.promotions ?? [];
    const which = ids.length > 0 && ids.length <= 3 ? ` (${listed(ids)})` : "";
    return `${counted(say, `/left_out/${at}/events`, "promotion")}${which} left out: ${left.reason}.`;
  });
  say.p(
    [
      `**Ground.** ${periodSentence(say, ground)}`,
      filter ? `Filter: ${filter}.` : "",
      counts,
      ...out,
      ...ground.assumptions,
      ...ground.missing,
    ]
      .filter(Boolean)
      .join(" "),
  );
}
