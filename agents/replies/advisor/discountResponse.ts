import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import { filterInWords, type Ground, sayGround } from "./ground.ts";
import { fundingWords, type Marginal, marginalChart, pairTable, stopsWords } from "./marginalWords.ts";
import { ALIKE, type MatchedJson, matchedSentence } from "./matchedWords.ts";
import { counted, inWords, PERCENT_AXIS } from "./words.ts";

interface Past {
  readonly level: number;
  readonly promotions: number;
  readonly net_roi: number | null;
  readonly net_roi_range: unknown;
  readonly thin: boolean;
}
interface Expected {
  readonly level: number;
  readonly net_roi: unknown;
  readonly net_profit: { readonly mean: number; readonly low: number; readonly high: number } | null;
  readonly uplift: number;
}
interface Support {
  readonly display: boolean;
  readonly feature: boolean;
}
interface Depth extends Ground {
  readonly currency: string;
  readonly levels: readonly Past[];
  readonly past_best: Past | null;
  readonly past_stops: { readonly level: number; readonly net_profit: number | null } | null;
  readonly expected:
    | (Support & {
        readonly window: { readonly from: string; readonly to: string };
        readonly accounts: readonly string[];
        readonly payments: readonly string[];
        readonly caveats: readonly string[];
        readonly evidence: { readonly unit: string };
        readonly rows: readonly Expected[];
      })
    | null;
  readonly best: {
    readonly by_net_profit: Expected;
    readonly by_net_roi: Expected;
    readonly next: { readonly clear: boolean } | null;
    readonly pays: boolean;
    readonly stops_at: unknown;
  } | null;
  readonly supported:
    | (Support & {
        readonly best: { readonly by_net_profit: Expected; readonly pays: boolean };
        readonly stops: unknown;
      })
    | null;
  readonly marginal: Marginal | null;
  readonly matched: {
    readonly second: number | null;
    readonly basis: string;
    readonly account: string | null;
    readonly product: string | null;
    readonly net_roi: MatchedJson;
    readonly uplift: MatchedJson;
  } | null;
  readonly asked: { readonly net_profit_more: { readonly mean: number } } | null;
  readonly agrees: boolean | null;
  readonly confounders: readonly string[];
}

/** What each depth of a price cut brought, and what it is expected to bring on equal footing. */
export const composeDepth: Composer = (say) => {
  const result = say.call.result as unknown as Depth;
  const named = result.matched?.second != null;
  if (named) say.p([matched(say, result), askedWords(say, result)].filter(Boolean).join(" "));
  for (const words of [
    answer(say, result),
    [supported(say, result), result.best ? "" : pastStops(say, result), past(say, result), differs(say, result)]
      .filter(Boolean)
      .join(" "),
  ])
    if (words) say.p(words);
  if (result.matched && !named) say.p(matched(say, result));
  sayGround(say, result, ground(say, result));
  expectedTable(say, result);
  if (result.marginal) pairTable(say, result.marginal);
  pastTable(say, result);
  chart(say, result);
};

/** Where the promotions were looked for, beyond what was asked about. */
const WIDENED: Readonly<Record<string, string>> = {
  account: "Too few like promotions of it ran there, so all price cuts of the account count",
  product: "Too few like promotions ran there, so those of the same products at every account count",
  everywhere: "Too few like promotions of what was asked about ran, so all price cuts at every account count",
};

/** What past promotions of one depth did against another, or against all others, on equal footing. */
function matched(say: Say, result: Depth): string {
  const found = result.matched!;
  const first = `${say.fig("/matched/first", "%")} off`;
  const other = found.second === null ? "the other depths" : `${say.fig("/matched/second", "%")} off`;
  const pair = { first, other, metric: "net ROI", unit: "ratio", answers: found.second !== null };
  const basis = WIDENED[found.basis];
  return [
    matchedSentence(say, "/matched/net_roi", found.net_roi, pair),
    found.second === null ? "" : upliftWords(say, found.uplift),
    basis ? `${basis}.` : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function upliftWords(say: Say, uplift: MatchedJson): string {
  if (uplift.adjusted === null) return "";
  return `The uplift was ${uplift.adjusted >= 0 ? "higher" : "lower"}: a difference of ${say.fig("/matched/uplift/adjusted", "pp")} (${say.range("/matched/uplift/range", "pp")}).`;
}

/** From which depth on promotions lost money so far, where no forecast says where deeper stops paying. */
function pastStops(say: Say, result: Depth): string {
  if (!result.past_stops)
    return result.past_best
      ? "So far no depth lost money beyond doubt: at the deepest that was run often enough the interval of the net ROI still includes zero."
      : "";
  const lost =
    result.past_stops.net_profit === null
      ? ""
      : `: ${counted(say, "/past_stops/promotions", "promotion")} there and deeper brought ${say.fig("/past_stops/net_profit", result.currency)} of net profit together`;
  return `**From ${say.fig("/past_stops/level", "%")} off on, promotions have not delivered**${lost}, and the ${say.fig("/interval", "%")} interval of the net ROI lies below zero at each such depth.`;
}

/** What the model expects of the two depths that were named. */
function askedWords(say: Say, result: Depth): string {
  if (!result.asked)
    return "What the model expects of the two cannot be said here: one of them was not looked at, or costs are not known.";
  const more = result.asked.net_profit_more.mean >= 0;
  return `For the coming weeks the model expects ${say.fig("/asked/first/level", "%")} off to bring ${more ? "more" : "less"} net profit than ${say.fig("/asked/second/level", "%")}: a difference of ${say.fig("/asked/net_profit_more/mean", result.currency)} (${say.range("/asked/net_profit_more", result.currency)}); it is ahead in ${say.fig("/asked/share_ahead", "%")} of simulated outcomes.`;
}

function answer(say: Say, result: Depth): string {
  const { best, expected } = result;
  if (!best) return expected ? upliftAnswer(say, expected.rows) : "";
  const level = say.fig("/best/by_net_profit/level", "%");
  const net = `${say.fig("/best/by_net_profit/net_profit/mean", result.currency)} (${say.fig("/interval", "%")} interval ${say.range("/best/by_net_profit/net_profit", result.currency)})`;
  const same = best.by_net_profit.level === best.by_net_roi.level;
  const roi =
    best.by_net_roi.net_roi === null
      ? ""
      : same
        ? ` It also has the best net ROI, ${say.fig("/best/by_net_roi/net_roi/mean", "ratio")}.`
        : ` By net ROI ${say.fig("/best/by_net_roi/level", "%")} is best, with ${say.fig("/best/by_net_roi/net_roi/mean", "ratio")}.`;
  const head = best.pays
    ? `**${level} off is expected to bring the most net profit**: ${net}.`
    : `**No depth is expected to earn back its spend**; ${level} off loses least: net profit ${net}.`;
  return [head + roi, stops(say, result), sureness(say, best)].filter(Boolean).join(" ");
}

/** Where no cost is known: what depth does to sales, without what it earns. */
function upliftAnswer(say: Say, rows: readonly Expected[]): string {
  const last = rows.length - 1;
  if (last < 0) return "";
  return `**Deeper sells more**: ${say.fig("/expected/rows/0/level", "%")} off is expected to lift sales by ${say.fig("/expected/rows/0/uplift", "%")}, ${say.fig(`/expected/rows/${last}/level`, "%")} off by ${say.fig(`/expected/rows/${last}/uplift`, "%")}.`;
}

function sureness(say: Say, best: NonNullable<Depth["best"]>): string {
  if (!best.next) return "";
  const level = say.fig("/best/next/level", "%");
  const share = say.fig("/best/next/share_ahead", "%");
  return best.next.clear
    ? `Next is ${level}; the first is ahead in ${share} of simulated outcomes.`
    : `Next is ${level}, and the two can hardly be told apart: the first is ahead in ${share} of simulated outcomes.`;
}

function stops(say: Say, result: Depth): string {
  if (!result.marginal) return "";
  const less = result.best!.stops_at
    ? `At ${say.fig("/best/stops_at/level", "%")} net profit is expected ${say.fig("/best/stops_at/net_profit_less", result.currency)} lower than at the best depth of the table.`
    : "";
  return stopsWords(say, result.marginal, result.currency, less);
}

function past(say: Say, result: Depth): string {
  const best = result.past_best;
  if (!best)
    return `${result.best ? "So far" : "So far,"} no price cut with a stated depth and a known profit is measured for this.`;
  const evidence = best.thin
    ? `, but on ${counted(say, "/past_best/promotions", "promotion")} only, which is not enough evidence`
    : ` over ${counted(say, "/past_best/promotions", "promotion")}`;
  const said = `In the past, ${say.fig("/past_best/level", "%")} off had the best pooled net ROI, ${say.fig("/past_best/net_roi", "ratio")}${evidence}.`;
  return result.best ? said : `**${said}**`;
}

const supportWords = (support: Support): string =>
  listed([support.display ? "a display" : "", support.feature ? "a feature" : ""].filter(Boolean));

function supported(say: Say, result: Depth): string {
  const { supported: with_ } = result;
  if (!with_) return "";
  const path = "/supported/best/by_net_profit";
  const roi = with_.best.by_net_profit.net_roi === null ? "" : `, net ROI ${say.fig(`${path}/net_roi/mean`, "ratio")}`;
  return `With ${supportWords(with_)}, as most of the past ones had, ${say.fig(`${path}/level`, "%")} ${with_.best.pays ? "brings most" : "loses least"}: net profit ${say.fig(`${path}/net_profit/mean`, result.currency)}${roi}.${with_.stops ? ` Deeper stops paying there beyond ${say.fig("/supported/stops/depth", "%")} (${say.range("/supported/stops", "%")}).` : ""}`;
}

const REASONS: Readonly<Record<string, string>> = {
  display: "had a display",
  feature: "had a feature",
  holiday: "ran before holidays",
};

function differs(say: Say, result: Depth): string {
  if (result.agrees !== false) return "";
  const apart = result.confounders.flatMap((name) => REASONS[name] ?? []);
  const reasons = [
    apart.length ? `the promotions of that depth differed from the others in how often they ${listed(apart)}` : "",
    result.confounders.includes("thin") ? "few promotions stand behind it" : "",
  ].filter(Boolean);
  const holiday = result.confounders.includes("holiday")
    ? ` Before a holiday means within ${counted(say, "/holiday_days", "day")} of it.`
    : "";
  return `The past and the expectation differ, for past promotions were not run under equal conditions${reasons.length ? `: ${listed(reasons)}` : ""}.${holiday}`;
}

function ground(say: Say, result: Depth): string {
  const counts = `${counted(say, "/events", "past price cut")} counted.${result.matched ? ` ${ALIKE}` : ""}`;
  const { expected } = result;
  if (!expected) return counts;
  const filter = filterInWords(result);
  return [
    counts,
    `Expected: the fitted model for ${say.period(expected.window)}, ${counted(say, "/expected/weeks", "week")}, ${expected.display || expected.feature ? `with ${supportWords(expected)}` : "without support"}, paid by ${listed(expected.payments.map(inWords))}, ${counted(say, "/expected/products", "product")}${result.account ? "" : ` at ${listed(expected.accounts)}`}${filter ? "" : ", all brands"}.`,
    `It rests on ${counted(say, "/expected/evidence/here", expected.evidence.unit === "weeks" ? "week with a discount or support" : "past promotion", expected.evidence.unit === "weeks" ? "weeks with a discount or support" : "past promotions")} there and ${say.fig("/expected/evidence/elsewhere", "count")} elsewhere.`,
    result.marginal ? fundingWords(say, result.marginal) : "",
    ...expected.caveats,
    "Other weeks or other support would change it.",
  ]
    .filter(Boolean)
    .join(" ");
}

function expectedTable(say: Say, result: Depth): void {
  if (!result.expected) return;
  const money = result.currency;
  say.p("**Expected, on equal footing**");
  say.table(
    ["Discount", "Uplift", "Spend", "Net profit", "Interval", "Net ROI", "Chance of a loss"],
    result.expected.rows.map((row, at) => {
      const path = `/expected/rows/${at}`;
      return [
        say.fig(`${path}/level`, "%"),
        say.fig(`${path}/uplift`, "%"),
        say.figOr(`${path}/spend`, money),
        say.figOr(`${path}/net_profit/mean`, money),
        row.net_profit ? say.range(`${path}/net_profit`, money) : "–",
        say.figOr(`${path}/net_roi/mean`, "ratio"),
        say.figOr(`${path}/loss_probability`, "%"),
      ];
    }),
  );
}

function pastTable(say: Say, result: Depth): void {
  if (!result.levels.length) return;
  const money = result.currency;
  say.p("**What was run so far**");
  say.table(
    ["Discount", "Promotions", "Uplift", "Net ROI", "Interval", "Net profit a week", "With display", "Before holidays"],
    result.levels.map((level, at) => {
      const path = `/levels/${at}`;
      return [
        say.fig(`${path}/level`, "%"),
        `${say.fig(`${path}/promotions`, "count")}${level.thin ? " (thin)" : ""}`,
        say.figOr(`${path}/uplift`, "%"),
        say.figOr(`${path}/net_roi`, "ratio"),
        level.net_roi_range ? say.range(`${path}/net_roi_range`, "ratio") : "–",
        say.figOr(`${path}/net_profit_per_week`, money),
        say.fig(`${path}/with_display`, "%"),
        say.fig(`${path}/before_holiday`, "%"),
      ];
    }),
  );
}

function chart(say: Say, result: Depth): void {
  if (!result.expected) return;
  const x = { field: "discount", type: "quantitative", title: "Discount", axis: PERCENT_AXIS };
  const line = { type: "line", point: true, tooltip: true };
  const values = result.expected.rows.map((row) => ({
    discount: row.level,
    uplift: row.uplift,
  }));
  if (!result.best) {
    const y = { field: "uplift", type: "quantitative", title: "Expected uplift", axis: PERCENT_AXIS };
    say.chart("Expected uplift by depth of the discount", { data: { values }, mark: line, encoding: { x, y } });
    return;
  }
  marginalChart(say, result.marginal, result.currency);
}
