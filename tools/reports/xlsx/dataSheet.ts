import type { Column, Row, Section } from "../report.ts";
import { type Cell, cellXml, letters, serialOf } from "./cells.ts";
import { lastRow, type Place, rowFormula, totalFormula, totalRow } from "./formulas.ts";
import { namedStyle, styleOf } from "./styles.ts";

/** The widest a column of text gets, in characters; quotations wrap. */
const WIDEST = 48;
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** All columns, and the currency of the money in one of its own, so that the cells stay numbers. */
export function sheetColumns(section: Section): readonly Column[] {
  const money = section.columns.some((c) => c.unit === "money");
  return money ? [...section.columns, { key: "currency", label: "Currency", unit: "text" }] : section.columns;
}

const cellValue = (row: Row, { key, unit }: Column): Cell["value"] => {
  const value = row[key] ?? null;
  return unit === "date" && typeof value === "string" && value !== "" ? serialOf(value) : value;
};

function dataRow(place: Place, row: Row, index: number, places: ReadonlyMap<string, Place>): readonly Cell[] {
  return place.columns.map((column) => ({
    value: cellValue(row, column),
    style: styleOf(column.unit, "plain"),
    formula: rowFormula(place, column, index, places),
  }));
}

const totalCells = (place: Place, total: Row): readonly Cell[] =>
  place.columns.map((column, i) => {
    const style = styleOf(column.unit, "total");
    if (i === 0) return { value: "Total of the rows shown", style };
    if (column.key === "currency") return { value: total.currency ?? null, style };
    const value = total[column.key] ?? null;
    return { value, style, formula: value === null ? undefined : totalFormula(place, column) };
  });

function width(column: Column, rows: readonly Row[]): number {
  if (column.unit === "quote") return WIDEST;
  if (column.unit === "date") return 12;
  const longest = (text: string): number => Math.max(...text.split(/\s/).map((word) => word.length));
  if (column.unit !== "text") return Math.max(13, longest(column.label) + 3);
  const cells = rows.map((row) => String(row[column.key] ?? "").length);
  return Math.min(WIDEST, Math.max(longest(column.label) + 3, ...cells.map((n) => n + 2), 10));
}

/** A section as a sheet: a frozen header, filters, typed cells, live formulas. */
export function dataSheetXml(section: Section, place: Place, places: ReadonlyMap<string, Place>): string {
  const { columns } = place;
  const header = columns.map((c) => ({ value: c.label, style: namedStyle("header") }));
  const lines: (readonly Cell[])[] = [header, ...section.rows.map((row, i) => dataRow(place, row, i, places))];
  if (section.total) lines.push(totalCells(place, section.total));
  if (!section.rows.length) lines.push([{ value: section.empty, style: namedStyle("general") }]);
  const end = letters(columns.length - 1);
  const body = lines.map(
    (cells, r) =>
      `<row r="${r + 1}"${r === 0 ? ' ht="32" customHeight="1"' : ""}>${cells.map((cell, c) => cellXml(c, r + 1, cell)).join("")}</row>`,
  );
  const filter = section.rows.length ? `<autoFilter ref="A1:${end}${lastRow(place)}"/>` : "";
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet ${MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:${end}${section.total ? totalRow(place) : lines.length}"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${columns
    .map((c, i) => `<col min="${i + 1}" max="${i + 1}" width="${width(c, section.rows)}" customWidth="1"/>`)
    .join(
      "",
    )}</cols><sheetData>${body.join("")}</sheetData>${filter}<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}
