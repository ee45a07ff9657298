import { dateInWords, periodInWords } from "../../../data/common/format.ts";
import type { ColumnUnit, KeyFigure, Report } from "../report.ts";
import { type Cell, cellXml, quotedSheet } from "./cells.ts";
import { figureFormula, type Place } from "./formulas.ts";
import { namedStyle, styleOf } from "./styles.ts";

const UNITS: readonly string[] = ["units", "count", "%", "ratio"];
const unitOf = (figure: KeyFigure): ColumnUnit => (UNITS.includes(figure.unit) ? (figure.unit as ColumnUnit) : "money");

const words = (value: string, style: "general" | "strong" | "title" | "wrapped" = "general"): Cell => ({
  value,
  style: namedStyle(style),
});
const header = (...labels: readonly string[]): Cell[] =>
  labels.map((value) => ({ value, style: namedStyle("header") }));

/** Key figures as formulas into the data sheets, what each sheet holds, and what was taken and is missing. */
export function summaryLines(report: Report, places: ReadonlyMap<string, Place>): readonly (readonly Cell[])[] {
  const list = (title: string, items: readonly string[]): Cell[][] =>
    items.length ? [[], [words(title, "strong")], ...items.map((item) => [words(item)])] : [];
  const figures = report.figures.map((figure) => {
    const place = places.get(figure.section)!;
    const unit = unitOf(figure);
    const formula = place.rows.length ? figureFormula(place, figure.column) : undefined;
    return [
      words(figure.label),
      { value: figure.value, style: styleOf(unit, "total"), formula },
      words(unit === "money" ? figure.unit : unit === "%" ? "" : unit),
      words(place.sheet),
    ];
  });
  const contents = report.sections.map((section) => {
    const place = places.get(section.id)!;
    return [
      words(place.sheet),
      {
        value: section.rows.length,
        style: styleOf("count", "plain"),
        formula: section.rows.length
          ? `ROWS(${quotedSheet(place.sheet)}!$A$2:$A$${section.rows.length + 1})`
          : undefined,
      },
      words(section.source),
      words(section.rows.length ? section.title : section.empty),
    ];
  });
  return [
    [words(report.title, "title")],
    [words(`${periodInWords(report.period)}. As of ${dateInWords(report.asOf)}.`)],
    [],
    ...(figures.length ? [header("Key figure", "Value", "Unit", "Sheet"), ...figures, []] : []),
    header("Sheet", "Rows", "Source", "Holds"),
    ...contents,
    ...list("Taken", report.assumptions),
    ...list("Missing", report.missing),
    ...list("How to read it", [...new Set(report.sections.flatMap((s) => s.notes))]),
  ];
}

/** The first sheet; its charts stand beside the figures. */
export function summarySheetXml(lines: readonly (readonly Cell[])[], hasCharts: boolean): string {
  const body = lines.map(
    (cells, r) => `<row r="${r + 1}">${cells.map((cell, c) => cellXml(c, r + 1, cell)).join("")}</row>`,
  );
  const widths = [34, 18, 18, 44];
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:D${lines.length}"/><sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join(
      "",
    )}</cols><sheetData>${body.join("")}</sheetData><pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="1"/>${hasCharts ? '<drawing r:id="rId1"/>' : ""}</worksheet>`;
}
