import { capital, listed } from "../../../data/common/words.ts";
import { lossWords, type Money, roiWords } from "../money.ts";
import type { Composer, Say } from "../say.ts";
import { causeTitle, evidenceWords } from "./causeWords.ts";
import { composePeriod } from "./explainPeriod.ts";
import { type Split, splitTable } from "./splitWords.ts";
import { type Stress, stressTable, stressWords } from "./stressWords.ts";
import { counted } from "./words.ts";

interface Cause {
  readonly cause: string;
  readonly units: number;
  readonly evidence: Readonly<Record<string, unknown>>;
}
interface Explained extends Money {
  readonly promotion: string | null;
  readonly name: string;
  readonly account: string;
  readonly picked: "named" | "last" | "in_period" | "over_period";
  readonly others: readonly { readonly promotion: string; readonly name: string }[];
  readonly period: { readonly from: string; readonly to: string };
  readonly products: readonly string[];
  readonly verdict: string;
  readonly planned_units: number | null;
  readonly expected_units: number | null;
  readonly expected_gap: number | null;
  readonly expected_gap_share: number | null;
  readonly plan_above_expected: number | null;
  readonly change_against_before: number | null;
  readonly dip: number;
  readonly cannibalised: number;
  readonly split: Split | null;
  readonly causes: readonly Cause[];
  readonly unexplained: { readonly units: number; readonly usual: boolean } | null;
  readonly learned_from?: unknown;
  readonly supply: { readonly fill_rate: number | null; readonly bought_ahead: boolean } | null;
  readonly stress: Stress | null;
  readonly holidays: readonly { readonly name: string; readonly date: string }[];
  readonly weeks: readonly {
    readonly week: string;
    readonly phase: string;
    readonly units: number;
    readonly baseline: number | null;
    readonly promoted: boolean;
  }[];
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
}

/** Why a promotion, or a period, went as it went. */
export const composeExplanation: Composer = (say) => {
  const result = say.call.result as unknown as Explained;
  if (result.promotion === null) return composePeriod(say);
  say.p([verdict(say, result), mainCause(say, result)].filter(Boolean).join(" "));
  const money = [roiWords(say, "", result), lossWords(say, "", result)];
  if (money[0]) say.p(`It brought ${money[0]}. **${money[1]}**`);
  if (result.stress) say.p(stressWords(say, result.stress));
  if (result.split) splitTable(say, result.split);
  causes(say, result);
  ground(say, result);
  weekTable(say, result);
  if (result.stress) stressTable(say, result.stress);
  weekChart(say, result);
};

const named = (result: Explained): string => `${result.promotion}, ${result.name}`;

/** Whether sales dropped, against the weeks before and the baseline; then how far from the plan they were. */
function verdict(say: Say, result: Explained): string {
  const below = (result.change_against_before ?? 0) < -ABOUT;
  const dropped = below || result.verdict === "below_baseline";
  const sold = `it sold ${say.fig("/units", "units")} units against a baseline of ${say.fig("/baseline", "units")} (uplift ${say.figOr("/uplift", "%")})`;
  const head = `Sales ${dropped ? "did drop" : "did not drop"} during **${named(result)}**`;
  const against = againstBefore(say, result);
  const but = result.verdict === "short" && !dropped ? ", but it fell short of what it was to bring" : "";
  const baseline =
    result.verdict === "below_baseline"
      ? `${capital(sold)}: less than would have sold without it.`
      : `${capital(sold)}${dropped ? ", so still above what would have sold without it" : ""}.`;
  return [`${head}${but}.`, against, baseline, againstAim(say, result)].filter(Boolean).join(" ");
}

/** Changes of less than this are no change, as a fraction. */
const ABOUT = 0.02;
/** A difference from what was expected that is worth a cause, as a fraction. */
const WORTH = 0.05;

function againstAim(say: Say, result: Explained): string {
  const { planned_units: planned, expected_units: expected } = result;
  if (planned === null && expected === null) return "";
  const [aim, gap] =
    planned === null
      ? [`The model expected ${say.fig("/expected_units", "units")}`, "/expected_gap"]
      : [`The plan was ${say.fig("/planned_units", "units")}`, "/plan_gap"];
  return `${aim}; the difference is ${say.fig(gap, "units")} units (${say.fig(`${gap}_share`, "%")}).`;
}

function againstBefore(say: Say, result: Explained): string {
  const change = result.change_against_before;
  if (change === null) return "";
  const way = change < -ABOUT ? "below" : change > ABOUT ? "above" : "about";
  return `A week sold ${say.fig("/weekly_during", "units")} units, ${way} the ${say.fig("/weekly_before", "units")} of the last ${counted(say, "/quiet_weeks_before", "week")} without a promotion (${say.fig("/change_against_before", "%")}).`;
}

function mainCause(say: Say, result: Explained): string {
  const [first, second] = result.causes;
  const short = (result.expected_gap_share ?? 0) < -WORTH;
  if (!short && result.verdict === "short" && (result.plan_above_expected ?? 0) > 0)
    return `**Mainly the plan was too high**: it stood ${say.fig("/plan_distance", "units")} units above what the model expected of such a promotion, and the promotion came close to that or beat it.`;
  if (!first || first.units >= 0 || (result.expected_gap ?? 0) >= 0) return "";
  const also =
    second && second.units < 0
      ? `, then ${lower(causeTitle(second.cause, second.units, second.evidence))} (${say.fig("/causes/1/units", "units")})`
      : "";
  return `**Main cause: ${lower(causeTitle(first.cause, first.units, first.evidence))}**, about ${say.fig("/causes/0/units", "units")} units${also}.`;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function causes(say: Say, result: Explained): void {
  if (result.expected_units === null) return;
  const lines = result.causes.map((cause, at) => {
    const words = evidenceWords(say, cause.cause, `/causes/${at}`);
    return `${causeTitle(cause.cause, cause.units, cause.evidence)}: ${say.fig(`/causes/${at}/units`, "units")} units (${say.fig(`/causes/${at}/share`, "%")} of what was expected)${words ? ` – ${words}` : ""}.`;
  });
  say.p(
    `The model expected ${say.fig("/expected_units", "units")} units of it as planned; it sold ${say.fig("/units", "units")}, a difference of ${say.fig("/expected_gap", "units")}:`,
  );
  if (!lines.length) lines.push("No single cause worth naming was found in the store.");
  lines.push(...rest(say, result));
  say.list(lines);
}

function rest(say: Say, result: Explained): string[] {
  const { unexplained } = result;
  if (!unexplained) return [];
  const usual = say.fig("/unexplained/usual_deviation", "%");
  return [
    `Smaller causes together: ${say.fig("/smaller_causes", "units")} units. Unexplained: ${say.fig("/unexplained/units", "units")} units (${say.figOr("/unexplained/share", "%")}), ${unexplained.usual ? "within" : "more than"} the usual ${usual} by which promotions of the category miss their expectation.`,
    ...(result.plan_above_expected === null
      ? []
      : [
          `The plan itself was ${say.fig("/plan_distance", "units")} units ${result.plan_above_expected >= 0 ? "above" : "below"} what the model expected.`,
        ]),
  ];
}

function learnedFrom(say: Say, result: Explained): string {
  if (result.expected_units === null) return "";
  if (!result.learned_from)
    return "The sizes rest, as the model does, on the promotions of the category at all accounts.";
  return `The sizes rest on ${counted(say, "/learned_from/promotions", "other promotion")} of the category, ${say.fig("/learned_from/beside_competitor", "count")} of them beside a competitor's.`;
}

const PICKED: Readonly<Record<string, string>> = {
  named: "",
  last: "It is the promotion that ended last there.",
  in_period: "It is the last that started in the period you named.",
  over_period: "It is the last that ran in the period you named; none started in it.",
};

/** What was delivered for it, and what of it the retailer bought ahead. */
function supplyWords(say: Say, result: Explained): string {
  if (!result.supply) return "";
  const filled =
    result.supply.fill_rate === null
      ? ""
      : `In the buy-in window ${say.fig("/supply/fill_rate", "%")} of what was ordered was delivered.`;
  const ahead = result.supply.bought_ahead
    ? `The retailer bought ${say.fig("/supply/kept", "units")} units ahead, ${say.fig("/supply/kept_weeks", "units")} weeks of everyday sales, which may be missing in later orders.`
    : "";
  return [filled, ahead].filter(Boolean).join(" ");
}

function ground(say: Say, result: Explained): void {
  const others = result.others.length
    ? `Also in it: ${listed(result.others.map((o) => `${o.promotion}, ${o.name}`))}.`
    : "";
  const learned = learnedFrom(say, result);
  const dip = result.dip > 0 ? `After it, about ${say.fig("/dip", "units")} units were missing (the dip).` : "";
  const taken =
    result.cannibalised > 0
      ? `Beside it, our other products of the category lost about ${say.fig("/cannibalised", "units")} units to it.`
      : "";
  const days = result.holidays.length
    ? `Holidays in its weeks: ${listed([...new Set(result.holidays.map((day) => day.name))])}.`
    : "";
  say.p(
    [
      `**Ground.** ${say.period(result.period)}, at ${result.account}: ${listed(result.products)}.`,
      PICKED[result.picked],
      others,
      dip,
      taken,
      days,
      supplyWords(say, result),
      learned,
      ...result.assumptions,
      ...result.missing,
    ]
      .filter(Boolean)
      .join(" "),
  );
}

function weekTable(say: Say, result: Explained): void {
  say.table(
    ["Week from", "Phase", "Units", "Baseline"],
    result.weeks.map((row, at) => [
      say.date(row.week),
      row.phase === "during" ? "promotion" : `${row.phase}${row.promoted ? " (another promotion)" : ""}`,
      say.fig(`/weeks/${at}/units`, "units"),
      say.figOr(`/weeks/${at}/baseline`, "units"),
    ]),
  );
}

function weekChart(say: Say, result: Explained): void {
  const values = result.weeks.flatMap((row) => [
    { week: row.week, line: "Actual", units: row.units },
    ...(row.baseline === null ? [] : [{ week: row.week, line: "Baseline", units: row.baseline }]),
  ]);
  say.chart(`Units a week, actual and baseline: ${named(result)}`, {
    data: { values },
    mark: { type: "line", point: true, tooltip: true },
    encoding: {
      x: { field: "week", type: "temporal", title: "Week (Monday)" },
      y: { field: "units", type: "quantitative", title: "Units a week" },
      color: { field: "line", type: "nominal", title: "" },
    },
  });
}
