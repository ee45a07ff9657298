import { capital, listed } from "../../../data/common/words.ts";
import { counted, inWords } from "../advisor/words.ts";
import type { Composer, Say } from "../say.ts";
import { groupWords, offBy, unitsOfRecord } from "./recordWords.ts";

interface Row {
  readonly account: string;
  readonly mechanic: string;
  readonly depth: string;
  readonly n: number;
  readonly wape: number;
}

interface PlansJson {
  readonly bias: number;
  readonly better: "plans" | "forecasts";
}

interface Accuracy {
  readonly account: string | null;
  readonly product: string | null;
  readonly of: "promotions" | "weeks";
  readonly enough: boolean;
  readonly bias: number | null;
  readonly true_incremental: { readonly wape: number } | null;
  readonly made: Pick<Accuracy, "bias" | "true_incremental"> & { readonly n: number };
  readonly record: { readonly wider: boolean };
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly plans_first: boolean;
  readonly plans: PlansJson | null;
  readonly overrides: { readonly n: number; readonly scored: PlansJson | null };
  readonly plans_better_at: readonly { readonly account: string }[];
  readonly by_account: readonly Row[];
  readonly by_mechanic: readonly Row[];
  readonly by_band: readonly Row[];
  readonly calibration: readonly unknown[];
  readonly own_accounts_only: boolean;
}

const ROWS = 10;
const MANY = 2;

/** How good forecasts were: those told and those tried afterwards apart, plans of people beside them, and whether that may be said. */
export const composeAccuracy: Composer = (say) => {
  const of = say.call.result as unknown as Accuracy;
  if (of.plans_first) plans(say, of);
  if (of.enough && of.period) tried(say, of);
  else tooFew(say, of);
  if (of.period && of.of === "promotions") made(say, of);
  if (!of.plans_first) plans(say, of);
  if (of.enough) ground(say, of);
  table(say, "Account", of.by_account, "/by_account", (row) => row.account);
  table(say, "Mechanic", of.by_mechanic, "/by_mechanic", (row) => capital(inWords(row.mechanic)));
  table(say, "Depth", of.by_band, "/by_band", (_, i) =>
    capital(say.words(`/by_band/${i}/depth`, [`/by_band/${i}/band/from`, `/by_band/${i}/band/to`])),
  );
  charts(say, of);
};

/** "TPRs at Albion Fresh, Kestrel only": what was asked about. */
const subject = (say: Say, of: Accuracy): string =>
  `${groupWords(say, "/record/asked", of.of)}${of.product ? `, ${of.product} only` : ""}`;

function tried(say: Say, of: Accuracy): void {
  say.p(
    `**Tried afterwards.** Over ${say.fig("/n", "count")} ${subject(say, of)}, forecasts by models that had not seen them were off by ${say.fig("/wape", "%")} of the units sold (WAPE), ` +
      `${biasWords(say, "/bias", of.bias!)}. The ${say.fig("/interval", "%")} range held for ${say.fig("/coverage", "%")} of them, the ${say.fig("/wide_interval", "%")} range for ${say.fig("/wide_coverage", "%")}.${gainWords(say, "/true_incremental", of.true_incremental)}`,
  );
}

function tooFew(say: Say, of: Accuracy): void {
  const [one, many] = unitsOfRecord(of.of);
  say.p(
    `There is not enough evidence to say how good forecasts of ${subject(say, of)} are: ${counted(say, "/n", one, many)} could be tried, and with fewer than ${say.fig("/least", "count")} nothing is said.`,
  );
  if (of.record.wider) say.p(offBy(say, "/record", "Forecasts"));
}

/** What was told to people before the promotions ran; that it is too early to say is said. */
function made(say: Say, of: Accuracy): void {
  if (of.made.bias === null) {
    const some = of.made.n
      ? `${counted(say, "/made/n", "promotion")} that were planned with a forecast have ended, too few to say more`
      : "no promotion that was planned with a forecast kept here has ended and been measured yet";
    say.p(`**Told at the time.** There is not enough evidence yet: ${some}.`);
    return;
  }
  say.p(
    `**Told at the time.** The forecasts with which ${counted(say, "/made/n", "promotion")} were approved were off by ${say.fig("/made/wape", "%")}, ${biasWords(say, "/made/bias", of.made.bias)}; the ${say.fig("/interval", "%")} range held ${say.fig("/made/held", "count")} of them.${gainWords(say, "/made/true_incremental", of.made.true_incremental)}`,
  );
}

/** What is truly incremental is the small rest of large sums: an error of many times it is told as that. */
function gainWords(say: Say, path: string, gain: { readonly wape: number } | null): string {
  if (!gain) return "";
  const off = gain.wape > MANY ? "a multiple of what came" : say.fig(`${path}/wape`, "%");
  return ` Of the truly incremental units, as they were measured afterwards, they were off by ${off}; the range held for ${say.fig(`${path}/coverage`, "%")}.`;
}

/** People's own figures against the forecasts, on the same promotions. */
function plans(say: Say, of: Accuracy): void {
  if (!of.plans && of.plans_first)
    say.p(
      "**People's plans.** There is not enough evidence: too few of these promotions have both a plan of a person's own and a forecast to hold it against.",
    );
  if (of.plans) say.p(`**People's plans.** ${against(say, "/plans", of.plans, "What people planned")}`);
  if (of.plans && of.plans_better_at.length && of.plans.better === "forecasts")
    say.p(
      `People were better at ${listed(
        of.plans_better_at.map(
          (row, i) =>
            `${row.account} (off by ${say.fig(`/plans_better_at/${i}/wape`, "%")}, forecasts by ${say.fig(`/plans_better_at/${i}/forecast/wape`, "%")})`,
        ),
      )}.`,
    );
  if (of.overrides.scored)
    say.p(
      `**Overrides.** ${against(say, "/overrides/scored", of.overrides.scored, "Where people set a figure of their own against a forecast, it")}`,
    );
  else if (of.overrides.n)
    say.p(
      `**Overrides.** ${counted(say, "/overrides/n", "promotion")} with a figure that a person set against the forecast ${of.overrides.n === 1 ? "has" : "have"} ended: not enough evidence to compare.`,
    );
}

const against = (say: Say, path: string, of: PlansJson, who: string): string =>
  `${who} was off by ${say.fig(`${path}/wape`, "%")} over ${counted(say, `${path}/n`, "promotion")}, ${biasWords(say, `${path}/bias`, of.bias)}; ` +
  `the forecasts of the same promotions were off by ${say.fig(`${path}/forecast/wape`, "%")}. ${of.better === "plans" ? "People were better" : "The forecasts were better"}, by ${say.fig(`${path}/by`, "pp")}.`;

function ground(say: Say, of: Accuracy): void {
  if (!of.period) return;
  say.p(
    `**Ground.** Tried on ${say.period(of.period)}, by ${counted(say, "/n_trials", "model")} each fitted only to what was known before its weeks.${of.own_accounts_only ? " Only your own accounts are counted." : ""} Promotions that then went wrong (a missing display, an empty shelf) are counted too. The tables count each promotion once, by what was told at the time where something was; a group of fewer than ${say.fig("/least", "count")} is left out.`,
  );
}

function table(
  say: Say,
  head: string,
  rows: readonly Row[],
  path: string,
  name: (row: Row, i: number) => string,
): void {
  say.table(
    [head, "Error (WAPE)", "Bias", "Range held", "Number"],
    rows
      .slice(0, ROWS)
      .map((row, i) => [
        name(row, i),
        say.fig(`${path}/${i}/wape`, "%"),
        say.fig(`${path}/${i}/bias`, "%"),
        say.fig(`${path}/${i}/coverage`, "%"),
        say.fig(`${path}/${i}/n`, "count"),
      ]),
  );
}

function charts(say: Say, of: Accuracy): void {
  if (of.by_account.length > 1)
    say.chart("Forecast error by account", {
      data: { values: of.by_account },
      mark: { type: "bar", tooltip: true },
      encoding: {
        y: { field: "account", type: "nominal", title: "Account", sort: null },
        x: { field: "wape", type: "quantitative", title: "Error (WAPE), share of units sold", axis: { format: "%" } },
      },
    });
  if (of.calibration.length)
    say.chart("Calibration: how often less came than the ends of the ranges", {
      data: { values: of.calibration },
      encoding: {
        x: { field: "stated", type: "quantitative", title: "As stated", axis: { format: "%" } },
        y: { type: "quantitative", axis: { format: "%" } },
      },
      layer: [
        {
          mark: { type: "line", point: true, tooltip: true },
          encoding: {
            y: { field: "found", title: "As it turned out (dashed: as it should be)" },
            color: { field: "figure", type: "nominal", title: "Figure" },
          },
        },
        { mark: { type: "line", strokeDash: [4, 4], color: "grey" }, encoding: { y: { field: "stated" } } },
      ],
    });
}

const biasWords = (say: Say, path: string, bias: number): string =>
  `with a bias of ${say.fig(path, "%")} (${bias < 0 ? "too low" : "too high"} on the whole)`;
