import { capital, either, listed } from "../../../data/common/words.ts";
import { counted } from "../advisor/words.ts";
import { taken } from "../assistant/promotions/words.ts";
import type { Composer, Say } from "../say.ts";
import { type ForecastJson, groundWords, promotionWords } from "./parts.ts";

interface Ranked extends ForecastJson {
  readonly label: string;
  readonly scenario: number;
  readonly rank_by_loss: number | null;
  readonly rank_by_regret: number;
  readonly statement: { readonly manufacturer: unknown; readonly retailer: unknown } | null;
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
  readonly least_loss: { readonly scenario: number } | null;
  readonly least_regret: { readonly scenario: number } | null;
  readonly flip: {
    readonly paid_a_unit: unknown;
    readonly uplift: unknown;
    readonly runner_up_uplift: unknown;
  } | null;
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
  say.p(`${otherOrders(say, of)} ${flipWords(say, of)}`);
  blockedWords(say, of);
  for (const line of taken([...new Set(of.ranked.flatMap((r) => r.assumptions))])) say.p(line);
  table(say, of);
  accounts(say, of);
  say.p(`${capital(label(say, 0))}: ${promotionWords(say, "/ranked/0")}. ${groundWords(say, "/ranked/0")}`);
  chart(say, of, what, unit);
};

/** Who comes first by the other two measures, where that is somebody else. */
function otherOrders(say: Say, of: Scenarios): string {
  const [first] = of.ranked as [Ranked];
  const place = (scenario: number): number => of.ranked.findIndex((r) => r.scenario === scenario);
  const parts: string[] = [];
  if (of.least_loss && first.rank_by_loss !== 1) {
    const i = place(of.least_loss.scenario);
    parts.push(
      `least likely to lose money is ${label(say, i)} (${say.fig(`/ranked/${i}/probability_of_loss`, "%")} against ${say.fig("/ranked/0/probability_of_loss", "%")})`,
    );
  }
  if (of.least_regret && first.rank_by_regret !== 1) {
    const i = place(of.least_regret.scenario);
    const unit = of.basis === "net_profit" ? of.currency : "units";
    parts.push(
      `least regretted, world by world, is ${label(say, i)} (${say.fig(`/ranked/${i}/expected_regret`, unit)} short of the best on average, against ${say.fig("/ranked/0/expected_regret", unit)})`,
    );
  }
  if (parts.length) return `${capital(listed(parts))}.`;
  return of.least_loss
    ? "It is also the least likely to lose money, and the one least regretted."
    : "It is also the one least regretted.";
}

/** The break points between the first and the runner-up. */
function flipWords(say: Say, of: Scenarios): string {
  const { flip, currency } = of;
  if (!flip) return "Costs would decide it: with them, profit could be compared.";
  const second = label(say, 1);
  const points = [
    `the first's fixed fee rose above ${say.fig("/flip/fixed_fee/at", currency)} (${say.fig("/flip/fixed_fee/now", currency)} now)`,
    ...(flip.paid_a_unit
      ? [
          `what is paid a unit of it rose above ${say.fig("/flip/paid_a_unit/at", currency)} (${say.fig("/flip/paid_a_unit/now", currency)} now)`,
        ]
      : []),
    ...(flip.uplift
      ? [`its uplift fell below ${say.fig("/flip/uplift/at", "%")} (${say.fig("/flip/uplift/expected", "%")} expected)`]
      : []),
    ...(flip.runner_up_uplift
      ? [
          `its own rose above ${say.fig("/flip/runner_up_uplift/at", "%")} (${say.fig("/flip/runner_up_uplift/expected", "%")} expected)`,
        ]
      : []),
  ];
  return `What would turn it, all else as expected: the runner-up, ${second}, would be the better one if ${either(points)}. It is in ${say.fig("/probability_worse", "%")} of the worlds drawn.`;
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
    ["Scenario", "Net profit", "Net ROI", "Chance of loss", "Expected regret", "Spend", "Truly incremental"],
    of.ranked.slice(0, ROWS).map((r, i) => {
      const at = `/ranked/${i}`;
      return [
        capital(label(say, i)),
        r.net_profit
          ? `${say.fig(`${at}/net_profit/mean`, r.currency)} (${say.range(`${at}/net_profit`, r.currency)})`
          : "–",
        say.figOr(`${at}/net_roi/mean`, "ratio"),
        say.figOr(`${at}/probability_of_loss`, "%"),
        say.fig(`${at}/expected_regret`, of.basis === "net_profit" ? r.currency : "units"),
        say.figOr(`${at}/spend`, r.currency),
        say.fig(`${at}/true_incremental/mean`, "units"),
      ];
    }),
  );
  if (of.ranked.length > ROWS) say.p(`Shown: the first ten of ${counted(say, "/n_scenarios", "scenario")}.`);
}

/** What each scenario changes in the accounts of both sides. */
function accounts(say: Say, of: Scenarios): void {
  const known = of.ranked.slice(0, ROWS).flatMap((r, i) => (r.statement ? [{ r, i }] : []));
  if (!known.length) return;
  say.p("**Both sides**, what each scenario changes, expected and without tax:");
  say.table(
    [
      "Scenario",
      "Our net sales",
      "Our profit before spend",
      "Paid by the unit",
      "Fixed fee",
      "Our net profit",
      "Retailer's sales",
      "Retailer's profit before our support",
      "Retailer's profit",
    ],
    known.map(({ r, i }) => {
      const at = `/ranked/${i}/statement`;
      const cell = (path: string): string => say.figOr(`${at}/${path}`, r.currency);
      const firm = (key: string): string => (r.statement?.manufacturer ? cell(`manufacturer/${key}`) : "–");
      const shop = (key: string): string => (r.statement?.retailer ? cell(`retailer/${key}`) : "–");
      return [
        capital(label(say, i)),
        cell("net_sales"),
        firm("profit_before_spend"),
        cell("allowances"),
        cell("fixed_spend"),
        firm("net_profit"),
        shop("sales"),
        shop("profit_before_support"),
        shop("profit"),
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
