import { daysBetween } from "../../../data/common/dates.ts";
import { type Chart, drawnRows } from "../chart.ts";
import type { Report, Row, Section } from "../report.ts";
import { clean } from "../text.ts";
import { writtenWords } from "../written.ts";
import { serialOf } from "../xlsx/cells.ts";
import type { Deck, Slide } from "./library.ts";
import { addFrame, COLOURS, INK, MARGIN, WIDTH } from "./theme.ts";

const BOX = { x: MARGIN, y: 1.55, w: WIDTH - 2 * MARGIN, h: 5.3 };
/** Few bars are no thicker for being few. */
const lying = (bars: number) => ({ ...BOX, h: Math.min(BOX.h, 1.2 + 0.5 * bars) });
const LONGEST_LABEL = 44;

type Series = { name: string; labels: string[]; values: number[] };

/** One bar is no picture. */
export const drawsWell = (section: Section): boolean =>
  section.chart !== null && drawnRows(section.rows, section.chart).length > 1;

const labelsOf = (chart: Chart, rows: readonly Row[]): string[] =>
  rows.map((row) => clean(String(row[chart.label] ?? ""), LONGEST_LABEL));

/** A section's chart on a slide of its own, native, so that its figures can be seen and edited. */
export function addSectionChart(deck: Deck, report: Report, section: Section): void {
  const chart = section.chart!;
  const rows = drawnRows(section.rows, chart);
  const slide = deck.addSlide();
  const cut = rows.length < section.rows.length ? " (the first of them)" : "";
  addFrame(slide, `${chart.title}${cut}`, report, section.source);
  const words = writtenWords(section);
  if (words)
    slide.addText(words, { x: MARGIN, y: 1.0, w: WIDTH - 2 * MARGIN, h: 0.5, fontSize: 14, color: INK, margin: 0 });
  // Bars are drawn from the foot up.
  if (chart.kind === "timeline") addTimeline(deck, slide, chart, rows.toReversed());
  else addBars(deck, slide, section, chart, chart.kind === "bar" ? rows.toReversed() : rows);
}

function addBars(deck: Deck, slide: Slide, section: Section, chart: Chart, rows: readonly Row[]): void {
  const columns = chart.values.map((key) => section.columns.find((c) => c.key === key)!);
  const series: Series[] = columns.map((column) => ({
    name: column.label,
    labels: labelsOf(chart, rows),
    values: rows.map((row) => Number(row[column.key])),
  }));
  const format = { "%": "0%", ratio: "0.00" }[columns[0]!.unit as string] ?? "#,##0";
  const bar = chart.kind === "bar";
  slide.addChart(chart.kind === "line" ? deck.ChartType.line : deck.ChartType.bar, series, {
    ...(bar ? lying(rows.length) : BOX),
    barDir: bar ? "bar" : "col",
    barGapWidthPct: 50,
    chartColors: COLOURS.slice(0, Math.max(series.length, 1)),
    catAxisLabelPos: "low",
    catAxisLabelFontSize: 11,
    valAxisLabelFontSize: 11,
    valAxisLabelFormatCode: format,
    valGridLine: { color: "DDDDDD", size: 0.5 },
    showLegend: series.length > 1,
    legendPos: "b",
    showValue: series.length === 1 && chart.kind !== "line",
    dataLabelFormatCode: format,
    dataLabelFontSize: 10,
  });
}

/** Bars from a start to an end: bars of days stacked on an unseen bar that reaches to the start. */
function addTimeline(deck: Deck, slide: Slide, chart: Chart, rows: readonly Row[]): void {
  const [from, to] = chart.values as readonly [string, string];
  const labels = labelsOf(chart, rows);
  const start = (row: Row): number => serialOf(String(row[from]));
  const days = (row: Row): number => daysBetween(String(row[from]), String(row[to])) + 1;
  const groups = chart.colour ? [...new Set(rows.map((row) => String(row[chart.colour!] ?? "")))] : [""];
  const lead: Series = { name: "\u00a0", labels, values: rows.map(start) };
  const series: Series[] = groups.map((name) => ({
    name: name || "Days",
    labels,
    values: rows.map((row) => (!chart.colour || String(row[chart.colour] ?? "") === name ? days(row) : 0)),
  }));
  slide.addChart(deck.ChartType.bar, [lead, ...series], {
    ...lying(rows.length),
    barDir: "bar",
    barGrouping: "stacked",
    barGapWidthPct: 35,
    chartColors: ["FFFFFF", ...groups.map((_, i) => COLOURS[i % COLOURS.length]!)],
    catAxisLabelFontSize: 11,
    valAxisLabelFontSize: 11,
    valAxisLabelFormatCode: "d mmm yy",
    valAxisMinVal: Math.min(...rows.map(start)) - 2,
    valAxisMaxVal: Math.max(...rows.map((row) => start(row) + days(row))) + 2,
    valGridLine: { style: "none" },
    showLegend: groups.length > 1,
    legendPos: "b",
  });
}
