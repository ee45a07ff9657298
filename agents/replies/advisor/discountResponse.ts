import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import { filterInWords, type Ground, sayGround } from "./ground.ts";
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
    | (Support & { readonly best: { readonly by_net_profit: Expected; readonly pays: boolean } })
    | null;
  readonly agrees: boolean | null;
  readonly confounders: readonly string[];
}

/** What each depth of a price cut brought, and what it is expected to bring on equal footing. */
export const composeDepth: Composer = (say) => {
  const result = say.call.result as unknown as Depth;
  say.p(
    [answer(say, result), supported(say, result), past(say, result), differs(say, result)].filter(Boolean).join(" "),
  );
  sayGround(say, result, ground(say, result));
  expectedTable(say, result);
  pastTable(say, result);
  chart(say, result);
};

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
  return [head + roi, sureness(say, best), stops(say, result)].filter(Boolean).join(" ");
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
  if (!result.best!.stops_at)
    return `${result.best!.pays ? "Up to there, deeper never stopped adding net profit. " : ""}Deeper than the contract allows was not looked at.`;
  const from = say.fig("/best/stops_at/level", "%");
  return `Deeper stops delivering from ${from} on: it brings ${say.fig("/best/stops_at/net_profit_less", result.currency)} less net profit.`;
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
  return `With ${supportWords(with_)}, as most of the past ones had, ${say.fig(`${path}/level`, "%")} ${with_.best.pays ? "brings most" : "loses least"}: net profit ${say.fig(`${path}/net_profit/mean`, result.currency)}${roi}.`;
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
  const counts = `${counted(say, "/events", "past price cut")} counted.`;
  const { expected } = result;
  if (!expected) return counts;
  const filter = filterInWords(result);
  return [
    counts,
    `Expected: the fitted model for ${say.period(expected.window)}, ${counted(say, "/expected/weeks", "week")}, ${expected.display || expected.feature ? `with ${supportWords(expected)}` : "without support"}, paid by ${listed(expected.payments.map(inWords))}, ${counted(say, "/expected/products", "product")}${result.account ? "" : ` at ${listed(expected.accounts)}`}${filter ? "" : ", all brands"}.`,
    `It rests on ${counted(say, "/expected/evidence/here", expected.evidence.unit === "weeks" ? "week with a discount or support" : "past promotion", expected.evidence.unit === "weeks" ? "weeks with a discount or support" : "past promotions")} there and ${say.fig("/expected/evidence/elsewhere", "count")} elsewhere.`,
    ...expected.caveats,
    "Other weeks or other support would change it.",
  ].join(" ");
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
    mean: row.net_profit?.mean ?? null,
    low: row.net_profit?.low ?? null,
    high: row.net_profit?.high ?? null,
  }));
  if (!result.best) {
    const y = { field: "uplift", type: "quantitative", title: "Expected uplift", axis: PERCENT_AXIS };
    say.chart("Expected uplift by depth of the discount", { data: { values }, mark: line, encoding: { x, y } });
    return;
  }
  const y = { type: "quantitative", title: `Expected net profit (${result.currency})` };
  say.chart("Expected net profit by depth of the discount", {
    data: { values },
    encoding: { x },
    layer: [
      { mark: { type: "area", opacity: 0.25 }, encoding: { y: { ...y, field: "low" }, y2: { field: "high" } } },
      { mark: line, encoding: { y: { ...y, field: "mean" } } },
    ],
  });
}
