import { listed } from "../../../data/common/words.ts";
import type { Say } from "../say.ts";
import { signalLine } from "./marketSignals.ts";
import { counted } from "./words.ts";

interface Part {
  readonly part: string;
  readonly change: number;
}
interface Period {
  readonly account: string | null;
  readonly product: string | null;
  readonly period: { readonly from: string; readonly to: string };
  readonly before: { readonly from: string; readonly to: string };
  readonly before_basis: "year_before" | "weeks_before";
  readonly change: number;
  readonly change_share: number | null;
  readonly parts: readonly Part[];
  readonly ran: readonly { readonly promotion: string; readonly name: string }[];
  readonly promotions_before: number;
  readonly short_weeks: number;
  readonly signals: readonly Parameters<typeof signalLine>[1][];
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
}

const PARTS: Readonly<Record<string, string>> = {
  baseline: "Baseline (season, trend, everyday price, holidays, competitors)",
  promotions: "Promotions in these weeks",
  after_promotions: "After-effects of promotions before",
  own_other_products: "Our other products' promotions",
  unexplained: "Unexplained",
};

/** Why sales of a period moved, where no promotion started in it. */
export function composePeriod(say: Say): void {
  const result = say.call.result as unknown as Period;
  const what = [result.product ?? "All products", result.account && `at ${result.account}`].filter(Boolean).join(" ");
  const basis = result.before_basis === "year_before" ? "the same weeks a year before" : "the weeks before";
  if (result.change_share === null) {
    say.p(`${what} sold ${say.fig("/units", "units")} units.`);
  } else {
    const way = result.change < 0 ? "dropped" : "did not drop: they grew";
    const main = result.change < 0 ? result.parts[0]! : result.parts.at(-1)!;
    const at = result.parts.indexOf(main);
    say.p(
      `${what}: sales ${way}, by ${say.fig("/change_share", "%")} to ${say.fig("/units", "units")} units, against ${basis}. The largest part: **${PARTS[main.part]!.toLowerCase()}**, ${say.fig(`/parts/${at}/change`, "units")} units.`,
    );
  }
  const facts = [
    result.ran.length
      ? `${counted(say, "/promotions_now", "promotion")} of ours touched these weeks (${listed(result.ran.map((r) => `${r.promotion}, ${r.name}`))}), ${say.fig("/promotions_before", "count")} the weeks compared with.`
      : result.promotions_before
        ? `None of our promotions touched these weeks; ${say.fig("/promotions_before", "count")} did the weeks compared with.`
        : "None of our promotions touched these weeks or the weeks compared with.",
    ...(result.short_weeks ? [`${counted(say, "/short_weeks", "product week")} short of stock.`] : []),
    ...result.signals.map((signal, i) => `${signalLine(say, signal, `/signals/${i}`)}.`),
  ];
  say.list(facts);
  say.p(
    [
      `**Ground.** Period: ${say.period(result.period)}, compared with ${say.period(result.before)}.`,
      ...result.assumptions,
      ...result.missing,
    ].join(" "),
  );
  say.table(
    ["Part", "Units", "Compared with", "Change"],
    result.parts.map((row, at) => [
      PARTS[row.part]!,
      say.fig(`/parts/${at}/now`, "units"),
      say.fig(`/parts/${at}/before`, "units"),
      say.fig(`/parts/${at}/change`, "units"),
    ]),
  );
}
