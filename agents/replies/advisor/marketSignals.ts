import { listed } from "../../../data/common/words.ts";
import { quote } from "../assistant/accounts/quote.ts";
import type { Composer, Say } from "../say.ts";
import { type Ground, sayGround } from "./ground.ts";
import { counted, PERCENT_AXIS } from "./words.ts";

interface SignalRow {
  readonly start: string;
  readonly end: string;
  readonly when: "ahead" | "now" | "past";
  readonly kind: string;
  readonly competitor: string | null;
  readonly account: string | null;
  readonly category: string | null;
  readonly reported: string;
}
interface Holiday {
  readonly date: string;
  readonly name: string;
  readonly accounts: readonly string[];
}
interface Signals extends Ground {
  readonly holidays_asked: boolean;
  readonly holidays: readonly Holiday[];
  readonly events: readonly SignalRow[];
  readonly signals: number;
  readonly shown: number;
  readonly categories: readonly { readonly category: string; readonly competitor_promotions: number }[];
  readonly rows: readonly SignalRow[];
  readonly shares: readonly {
    readonly category: string;
    readonly private_label: number | null;
    readonly private_label_change: number | null;
  }[];
  readonly price_index: readonly { readonly category: string; readonly change: number }[];
}

const KINDS: Readonly<Record<string, string>> = {
  competitor_promotion: "competitor promotion",
  competitor_price: "competitor price",
  category_price: "category price move",
  event: "event",
  news: "news",
};
const MOST = 10;

/** Signals of the market by category, dated, quoted and sourced. */
export const composeSignals: Composer = (say) => {
  const result = say.call.result as unknown as Signals;
  if (result.holidays_asked) return holidaysAndEvents(say, result);
  if (!result.signals) {
    say.p("Nothing is reported from the market for this.");
    sharesTable(say, result);
    sayGround(say, result, "");
    return;
  }
  const label = say.call.args.private_label ? privateLabel(say, result) : "";
  if (label) say.p(label);
  say.p([summary(say, result), nowSentence(result), indexSentence(say, result)].filter(Boolean).join(" "));
  const shown = result.rows.slice(0, MOST);
  for (const [category, rows] of Map.groupBy(shown, (row) => row.category ?? "All categories")) {
    say.p(`**${category}**`);
    say.list(rows.map((row) => signalLine(say, row, `/rows/${result.rows.indexOf(row)}`)));
  }
  if (result.signals > shown.length) say.p(`These are the newest of ${counted(say, "/signals", "signal")}.`);
  if (result.holidays.length)
    say.p(`Holidays in the period: ${listed(result.holidays.map((day) => `${day.name} (${say.date(day.date)})`))}.`);
  sharesTable(say, result);
  sayGround(say, result, "");
  chart(say, result);
};

/** Which holidays there are in the period, at which accounts, and what else is reported for it. */
function holidaysAndEvents(say: Say, result: Signals): void {
  if (!result.holidays.length)
    say.p(`No holiday falls into ${say.period(result.period)}${result.account ? ` at ${result.account}` : ""}.`);
  else {
    say.p(`**${counted(say, "/holiday_count", "holiday")}** in ${say.period(result.period)}:`);
    say.list(
      result.holidays.map(
        (day) => `${say.date(day.date)}, ${day.name}${result.account ? "" : `: ${listed(day.accounts)}`}`,
      ),
    );
  }
  if (result.events.length) {
    say.p("**Events** reported for these days:");
    say.list(result.events.map((row, i) => signalLine(say, row, `/events/${i}`)));
  } else say.p("No event is reported for these days.");
  sayGround(say, result, "");
}

const signed = (say: Say, path: string): string => say.figOr(path, "pp");

/** What retailers' own brands do, where that was asked. */
function privateLabel(say: Say, result: Signals): string {
  const parts = result.shares.flatMap((row, at) => {
    if (row.private_label === null || row.private_label_change === null) return [];
    const path = `/shares/${at}`;
    const moved =
      Math.abs(row.private_label_change) < STEADY
        ? "about as before"
        : row.private_label_change > 0
          ? "gaining"
          : "losing";
    return [
      `in ${row.category} ${say.fig(`${path}/private_label`, "%")} of the category's value, ${moved} (${signed(say, `${path}/private_label_change`)}; ours ${signed(say, `${path}/own_change`)})`,
    ];
  });
  return parts.length
    ? `**Private label holds** ${listed(parts)}: the last ${counted(say, "/price_index_weeks", "week")} measured against the first of the period.`
    : "";
}
/** A move of fewer points is none. */
const STEADY = 0.005;

/** Whose the value of each category is. */
function sharesTable(say: Say, result: Signals): void {
  if (!result.shares.length) return;
  say.p(
    `Shares of each category's value in the last ${counted(say, "/price_index_weeks", "week")} measured, and their move since the first of the period:`,
  );
  say.table(
    ["Category", "Ours", "Move", "Competitors", "Move", "Private label", "Move"],
    result.shares.map((row, at) => {
      const path = `/shares/${at}`;
      return [
        row.category,
        ...["own", "competitors", "private_label"].flatMap((part) => [
          say.figOr(`${path}/${part}`, "%"),
          signed(say, `${path}/${part}_change`),
        ]),
      ];
    }),
  );
}

function summary(say: Say, result: Signals): string {
  const parts = result.categories.map((row, at) => {
    const moves = row.competitor_promotions
      ? `, ${counted(say, `/categories/${at}/competitor_promotions`, "competitor promotion")} among them`
      : "";
    return `${row.category}: ${counted(say, `/categories/${at}/signals`, "signal")}${moves}`;
  });
  const quiet = result.categories.some((row) => row.competitor_promotions)
    ? ""
    : " No promotion of a competitor is reported for it.";
  return `**${counted(say, "/signals", "signal")}** from the market (${parts.join("; ")}).${quiet}`;
}

function nowSentence(result: Signals): string {
  const told = (when: string): string =>
    listed([...new Set(result.rows.filter((r) => r.when === when && r.competitor).map((r) => r.competitor!))]);
  const [now, ahead] = [told("now"), told("ahead")];
  return [now && `Active now: ${now}.`, ahead && `Announced ahead: ${ahead}.`].filter(Boolean).join(" ");
}

function indexSentence(say: Say, result: Signals): string {
  if (!result.price_index.length) return "";
  const moves = result.price_index.map((row, at) => `${row.category} ${say.fig(`/price_index/${at}/change`, "%")}`);
  return `The category price index moved, from the first to the last ${counted(say, "/price_index_weeks", "week")} measured: ${moves.join(", ")}.`;
}

/** "15–28 June 2026, competitor promotion by Nordkaffee at Albion Fresh: “…” (source “…”, reported 14 June 2026)" */
export function signalLine(say: Say, row: SignalRow, path: string): string {
  const who = [row.competitor && `by ${row.competitor}`, row.account && `at ${row.account}`].filter(Boolean).join(" ");
  const when = say.period({ from: row.start, to: row.end });
  return `${when}, ${KINDS[row.kind] ?? row.kind}${who ? ` ${who}` : ""}: ${quote(say, `${path}/quote`)} (source ${quote(say, `${path}/source_quote`)}, reported ${say.date(row.reported)})`;
}

function chart(say: Say, result: Signals): void {
  if (result.price_index.length < 2) return;
  say.chart("Move of the category price index", {
    data: { values: result.price_index.map((row) => ({ category: row.category, change: row.change })) },
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: { field: "category", type: "nominal", sort: "-x", title: "Category" },
      x: { field: "change", type: "quantitative", title: "Change of the price index", axis: PERCENT_AXIS },
    },
  });
}
