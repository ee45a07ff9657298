import { formatFigure } from "../../../data/common/format.ts";
import { capital } from "../../../data/common/words.ts";
import type { Increased } from "../../../tools/advisor/increased.ts";
import type { Composer, Say } from "../say.ts";
import { filterInWords, type Ground, sayGround } from "./ground.ts";
import { increasedTables, increasedWords } from "./increasedWords.ts";
import { ALIKE, type MatchedJson, matchedSentence, matchedTable } from "./matchedWords.ts";
import { counted, GROUP_WORDS, inWords, METRIC_WORDS, PERCENT_AXIS, unitOf } from "./words.ts";

interface Row {
  readonly group: string;
  readonly value: number | null;
  readonly interval?: { low: number; high: number } | null;
  readonly level?: number | null;
  readonly least?: number;
  readonly most?: number;
  readonly time?: string;
  readonly thin?: boolean;
  readonly promotions?: number;
  readonly matched?: MatchedJson | null;
}
interface Compared extends Ground {
  readonly metric: string;
  readonly by: string;
  readonly unit: string;
  readonly first: "highest" | "lowest";
  readonly currency: string;
  readonly basis: "events" | "sell_out";
  readonly groups: number;
  readonly rows: readonly Row[];
  readonly last: Row | null;
  readonly total: Row | null;
  readonly lead?: { readonly clear: boolean } | null;
  readonly increased?: Increased | null;
  readonly enough_evidence?: Row | null;
}

/** What adds up over groups: asked how much, people mean all of it. */
const SUMMED = new Set(["spend", "units", "net_sales", "incremental_units", "incremental_profit"]);

const MOST = 10;
/** Groups of time are read along the calendar, so that all that the result holds are listed. */
const MOST_OF_TIME = 24;

/** A group's name; a level of discount is a number and is bound as one. */
function nameOf(say: Say, path: string, row: Row): string {
  if (row.level === undefined) return inWords(row.group);
  if (row.level === null) return row.group;
  return formatFigure(row.least!, "%") === formatFigure(row.most!, "%")
    ? say.fig(`${path}/least`, "%")
    : `${say.fig(`${path}/least`, "%")} to ${say.fig(`${path}/most`, "%")}`;
}

/** Ranking of groups by a metric. */
export const composeComparison: Composer = (say) => {
  const result = say.call.result as unknown as Compared;
  const best = result.rows[0];
  if (!best || best.value === null) return sayNothing(say, result);
  const words = METRIC_WORDS[result.metric]!;
  const unit = unitOf(result.unit, result.currency);
  const value = (path: string): string => say.figOr(`${path}/value`, unit, "not defined (nothing incremental)");
  const alone = result.groups === 1;
  const verb = alone ? `: ${words.name}` : ` ${words[result.first]}:`;
  const lines = [
    `**${capital(nameOf(say, "/rows/0", best))}**${verb} ${value("/rows/0")}${restsOn(say, result, "/rows/0")}.`,
    ...verdictOf(result, best),
    ...rivalsOf(say, result, value),
  ];
  // A list of promotions that asks for no end of it is a question about all of them.
  const { top, order } = say.call.args;
  const allFirst = (result.by === "promotion" || SUMMED.has(result.metric)) && top === undefined && order === undefined;
  const all = alone || !result.total ? "" : together(say, result, value, allFirst);
  const increased = allFirst && !alone ? result.increased : null;
  if (increased) say.p(increasedWords(say, increased));
  say.p([allFirst ? all : "", ...lines].filter(Boolean).join(" "));
  const footing = equalFooting(say, result);
  if (footing) say.p(footing);
  sayGround(say, result, [allFirst ? "" : all, footing ? ALIKE : ""].filter(Boolean).join(" "));
  if (increased && result.metric === "incremental_units") return increasedTables(say, increased);
  table(say, result, value);
  if (footing) matchedRows(say, result);
  chart(say, result);
};

/** A difference of a share is one of points. */
const differenceUnit = (result: Compared): string =>
  result.unit === "%" ? "pp" : unitOf(result.unit, result.currency);

const othersOf = (result: Compared): string => (result.by === "support" ? "no support" : "the others");

/** The first group against the others between like promotions; of supports each against having none. */
function equalFooting(say: Say, result: Compared): string {
  const matched = result.rows.flatMap((row, at) => (row.matched ? [{ row, at, matched: row.matched }] : []));
  const two = result.by !== "support" && result.groups === 2;
  return matched
    .slice(0, result.by === "support" ? matched.length : 1)
    .map(({ row, at, matched: found }) =>
      matchedSentence(say, `/rows/${at}/matched`, found, {
        first: nameOf(say, `/rows/${at}`, row),
        other: two ? nameOf(say, "/rows/1", result.rows[1]!) : othersOf(result),
        metric: METRIC_WORDS[result.metric]!.name,
        unit: differenceUnit(result),
      }),
    )
    .join(" ");
}

function matchedRows(say: Say, result: Compared): void {
  matchedTable(
    say,
    [GROUP_WORDS[result.by]!, othersOf(result)],
    listedRows(result).rows.flatMap(({ row, at }) =>
      row.matched ? [{ name: nameOf(say, `/rows/${at}`, row), path: `/rows/${at}/matched`, matched: row.matched }] : [],
    ),
    differenceUnit(result),
  );
}

/** "All 12 promotions together: net ROI 0.20." */
function together(say: Say, result: Compared, value: (path: string) => string, withFilter: boolean): string {
  if (result.basis === "sell_out")
    return `Altogether: ${value("/total")}, ${say.figOr("/total/promoted_share", "%")} of the units in promoted weeks.`;
  const filter = withFilter ? filterInWords(result) : null;
  const which = filter ? ` (${filter})` : "";
  return `All ${counted(say, "/events", "promotion")} together${which}: ${METRIC_WORDS[result.metric]!.name} ${value("/total")}.`;
}

function sayNothing(say: Say, result: Compared): void {
  const filter = filterInWords(result);
  say.p(
    result.rows.length
      ? `None of these has a ${METRIC_WORDS[result.metric]!.name} that means anything: nothing incremental was sold, or nothing was spent.`
      : `There is nothing to compare: no ${result.basis === "events" ? "promotion that ended and has a result" : "sales"} in this period${filter ? ` (${filter})` : ""}.`,
  );
  sayGround(say, result, "");
}

/** ", over 12 promotions, 80 % interval 0.10 to 0.40" */
function restsOn(say: Say, result: Compared, path: string): string {
  if (result.basis === "sell_out") {
    const share = result.groups === 1 ? "" : say.figOr(`${path}/share`, "%", "");
    return `${share ? `, ${share} of the total` : ""}, of which ${say.fig(`${path}/promoted_units`, "units")} units in promoted weeks`;
  }
  const over = result.by === "promotion" ? "" : `, over ${counted(say, `${path}/promotions`, "promotion")}`;
  const row = result.rows[0]!;
  return row.interval
    ? `${over} (${say.fig("/interval", "%")} interval ${say.range(`${path}/interval`, unitOf(result.unit, result.currency))})`
    : over;
}

/** What the number means, where a reader needs to be told. */
function verdictOf(result: Compared, best: Row): string[] {
  if (best.value === null) return [];
  if (result.metric === "net_roi" && best.value < 0)
    return [
      result.first === "highest" ? "Even the best did not earn back its spend." : "It did not earn back its spend.",
    ];
  if (result.metric === "net_roi" && result.first === "highest") return ["It earned back more than its spend."];
  return [];
}

function rivalsOf(say: Say, result: Compared, value: (path: string) => string): string[] {
  const said: string[] = [];
  const [, second] = result.rows;
  if (second?.value != null) said.push(`Next is ${nameOf(say, "/rows/1", second)} with ${value("/rows/1")}.`);
  const best = capital(nameOf(say, "/rows/0", result.rows[0]!));
  if (result.enough_evidence)
    said.push(
      `${best} rests on fewer than ${counted(say, "/few", "promotion")}; among those with more, ${nameOf(say, "/enough_evidence", result.enough_evidence)} comes first with ${value("/enough_evidence")} over ${counted(say, "/enough_evidence/promotions", "promotion")}.`,
    );
  else if (result.lead) {
    const share = say.fig("/lead/share_ahead", "%");
    said.push(
      result.lead.clear
        ? `The lead is clear: it holds in ${share} of samples drawn again from these promotions.`
        : `The lead may be chance: it holds in ${share} of samples drawn again from these promotions, and more promotions would settle it.`,
    );
  }
  const last = result.last;
  if (last && last.group !== second?.group && result.groups > 2)
    said.push(`At the other end is ${nameOf(say, "/last", last)} with ${value("/last")}.`);
  return said;
}

/** Columns beside the metric's own, with the metric that each of them is. */
const SUMS = [
  { metric: "spend", head: "Spend", key: "spend", unit: "money" },
  { metric: "incremental_profit", head: "Incremental profit", key: "incremental_profit", unit: "money" },
  { metric: "incremental_units", head: "Incremental units", key: "gross_incremental", unit: "units" },
  { metric: "", head: "After dip and cannibalisation", key: "true_incremental", unit: "units" },
] as const;

function table(say: Say, result: Compared, value: (path: string) => string): void {
  const unit = unitOf(result.unit, result.currency);
  const head = METRIC_WORDS[result.metric]!.name;
  const { rows, shown } = listedRows(result);
  const label = (row: Row, at: number): string => `${nameOf(say, `/rows/${at}`, row)}${row.thin ? " (thin)" : ""}`;
  if (result.basis === "sell_out") {
    say.table(
      [GROUP_WORDS[result.by]!, capital(head), "Share", "Units in promoted weeks"],
      rows.map(({ row, at }) => [
        label(row, at),
        value(`/rows/${at}`),
        say.figOr(`/rows/${at}/share`, "%"),
        say.fig(`/rows/${at}/promoted_units`, "units"),
      ]),
    );
    return;
  }
  const sums = SUMS.filter((column) => column.metric !== result.metric);
  const ranges = result.rows.some((row) => row.interval);
  const each = result.by !== "promotion";
  say.table(
    [
      GROUP_WORDS[result.by]!,
      capital(head),
      ...(ranges ? ["Interval"] : []),
      ...(each ? ["Promotions"] : []),
      ...sums.map((column) => column.head),
    ],
    rows.map(({ row, at }) => {
      const path = `/rows/${at}`;
      return [
        label(row, at),
        say.figOr(`${path}/value`, unit),
        ...(ranges ? [row.interval ? say.range(`${path}/interval`, unit) : "–"] : []),
        ...(each ? [say.fig(`${path}/promotions`, "count")] : []),
        ...sums.map((column) => say.figOr(`${path}/${column.key}`, unitOf(column.unit, result.currency))),
      ];
    }),
  );
  if (result.groups > shown)
    say.p(`Shown: ${shown === MOST ? "the first ten" : "the first"} of ${counted(say, "/groups", "group")}.`);
}

/** The rows of the table with their place in the result; groups of time stand along the calendar. */
function listedRows(result: Compared): { rows: { row: Row; at: number }[]; shown: number } {
  const rows = result.rows.map((row, at) => ({ row, at }));
  const [first] = result.rows;
  if (first?.time === undefined) return { rows: rows.slice(0, MOST), shown: Math.min(MOST, rows.length) };
  const along = rows.toSorted((a, b) => a.row.time!.localeCompare(b.row.time!)).slice(0, MOST_OF_TIME);
  return { rows: along, shown: along.length };
}

function chart(say: Say, result: Compared): void {
  if (result.rows.length < 2) return;
  const words = METRIC_WORDS[result.metric]!;
  const title = `${capital(words.name)}${result.unit.startsWith("money") ? ` (${result.currency})` : ""}`;
  const axis = result.unit === "%" ? { axis: PERCENT_AXIS } : {};
  const values = listedRows(result).rows.map(({ row }) => ({
    group: row.level == null ? inWords(row.group) : formatFigure(row.level, "%"),
    value: row.value,
    low: row.interval?.low ?? null,
    high: row.interval?.high ?? null,
    order: row.time ?? "",
  }));
  const time = values[0]!.order !== "";
  if (time) values.sort((a, b) => (a.order < b.order ? -1 : 1));
  const x = { field: "group", type: "nominal", title: GROUP_WORDS[result.by], sort: null };
  const ranges = {
    mark: { type: "rule", color: "black" },
    encoding: time
      ? { y: { field: "low", type: "quantitative", ...axis }, y2: { field: "high" } }
      : { x: { field: "low", type: "quantitative", ...axis }, x2: { field: "high" } },
  };
  say.chart(`${capital(words.name)} by ${GROUP_WORDS[result.by]!.toLowerCase()}, ${say.period(result.period)}`, {
    data: { values },
    encoding: { [time ? "x" : "y"]: x },
    layer: [
      {
        mark: { type: "bar", tooltip: true },
        encoding: { [time ? "y" : "x"]: { field: "value", type: "quantitative", title, ...axis } },
      },
      // What is recorded has no range.
      ...(values.some((v) => v.low !== null) ? [ranges] : []),
    ],
  });
}
