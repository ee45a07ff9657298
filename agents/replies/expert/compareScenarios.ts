import { capital } from "../../../data/common/words.ts";
import { taken } from "../assistant/promotions/words.ts";
import type { Composer, Say } from "../say.ts";
import { type ForecastJson, groundWords, promotionWords } from "./parts.ts";

interface Ranked extends ForecastJson {
  readonly label: string;
  readonly scenario: number;
  readonly net_profit: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly true_incremental: { readonly mean: number; readonly low: number; readonly high: number };
  readonly checks: readonly { readonly verdict: string }[];
  readonly blocked: boolean;
}

interface Scenarios {
  readonly basis: "net_profit" | "true_incremental";
  readonly basis_why: string | null;
  readonly currency: string;
  readonly ranked: readonly Ranked[];
  readonly difference: { readonly low: number };
  readonly sure: boolean;
  readonly flip: { readonly weaker_response: number | null } | null;
  readonly best_allowed: string | null;
}

const ROWS = 10;

/** What a scenario may be called by. */
const NAMED_BY = ["discount", "price_off/amount", "get", "pay", "fixed_spend"];
const label = (say: Say, i: number): string =>
  say.words(
    `/ranked/${i}/label`,
    NAMED_BY.map((key) => `/ranked/${i}/${key}`),
  );

/** Which scenario is better, how sure that is, what would turn it, and what stands in the way of each. */
export const composeScenarios: Composer = (say) => {
  const of = say.call.result as unknown as Scenarios;
  const money = of.basis === "net_profit";
  const unit = money ? of.currency : "units";
  const what = money ? "net profit" : "truly incremental units";
  const [first] = of.ranked as [Ranked, Ranked];
  const value = (i: number): string => say.fig(`/ranked/${i}/${of.basis}/mean`, unit);
  say.p(
    [
      `**${capital(label(say, 0))}** ${of.sure ? "is the better choice" : "looks better, but not by more than chance allows"}: expected ${what} of ${value(0)} against ${value(1)} for ${label(say, 1)}.`,
      of.basis_why ? `They are ranked by units, as ${of.basis_why}.` : "",
      money && (first.net_profit?.mean ?? 0) < 0
        ? "None of them is expected to earn its spend back; the first loses least."
        : "",
      `The first comes out ahead in ${say.fig("/probability_better", "%")} of the worlds drawn from the model (the difference is ${say.fig("/difference/mean", unit)}, ${say.fig("/interval", "%")} range ${say.range("/difference", unit)})${of.sure ? "." : `, less than the ${say.fig("/threshold", "%")} that would make it sure: choose by what else matters.`}`,
    ]
      .filter(Boolean)
      .join(" "),
  );
  say.p(flipWords(say, of));
  blockedWords(say, of);
  for (const line of taken([...new Set(of.ranked.flatMap((r) => r.assumptions))])) say.p(line);
  table(say, of);
  say.p(`${capital(label(say, 0))}: ${promotionWords(say, "/ranked/0")}. ${groundWords(say, "/ranked/0")}`);
  chart(say, of, what, unit);
};

function flipWords(say: Say, of: Scenarios): string {
  if (!of.flip) return "Costs would decide it: with them, profit could be compared.";
  const weaker =
    of.flip.weaker_response === null
      ? ""
      : `, or if it brought ${say.fig("/flip/weaker_response", "%")} less profit than expected`;
  return `What would turn it: a further cost of ${say.fig("/flip/extra_cost", of.currency)} on the first${weaker}.`;
}

/** What the contract or the calendar has against a scenario, so that a ranking is not taken for a permission. */
function blockedWords(say: Say, of: Scenarios): void {
  const lines = of.ranked.flatMap((r, i) =>
    r.checks.flatMap((c, k) =>
      c.verdict === "block" ? [`${capital(label(say, i))}: ${say.check(`/ranked/${i}/checks/${k}`)}`] : [],
    ),
  );
  const warns = of.ranked.flatMap((r, i) =>
    r.checks.flatMap((c, k) =>
      c.verdict === "warn" ? [`${capital(label(say, i))}: ${say.check(`/ranked/${i}/checks/${k}`)}`] : [],
    ),
  );
  if (lines.length) say.p("**This stands in the way:**").list(lines);
  if (of.best_allowed === null) say.p("As they stand, none of them could be approved.");
  if (warns.length) say.p("**Worth knowing:**").list(warns.slice(0, ROWS));
}

function table(say: Say, of: Scenarios): void {
  say.table(
    ["Scenario", "Net profit", "Net ROI", "Chance of loss", "Spend", "Truly incremental", "Retailer's gain"],
    of.ranked.slice(0, ROWS).map((r, i) => {
      const at = `/ranked/${i}`;
      return [
        capital(label(say, i)),
        r.net_profit
          ? `${say.fig(`${at}/net_profit/mean`, r.currency)} (${say.range(`${at}/net_profit`, r.currency)})`
          : "–",
        say.figOr(`${at}/net_roi/mean`, "ratio"),
        say.figOr(`${at}/probability_of_loss`, "%"),
        say.figOr(`${at}/spend`, r.currency),
        say.fig(`${at}/true_incremental/mean`, "units"),
        say.figOr(`${at}/retailer/extra_profit`, r.currency),
      ];
    }),
  );
}

function chart(say: Say, of: Scenarios, what: string, unit: string): void {
  const values = of.ranked.map((r) => ({
    scenario: r.label,
    ...(of.basis === "net_profit" ? r.net_profit : r.true_incremental),
  }));
  say.chart(`Scenarios by ${what}`, {
    data: { values },
    encoding: { y: { field: "scenario", type: "nominal", title: "Scenario", sort: null } },
    layer: [
      {
        mark: { type: "bar", tooltip: true },
        encoding: {
          x: { field: "mean", type: "quantitative", title: `${capital(what)} (${unit}; line: range)` },
        },
      },
      {
        mark: { type: "rule", color: "black" },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
    ],
  });
}
