import { dateInWords, formatFigure, type Unit } from "../../data/common/format.ts";
import type { Column, KeyFigure, Row, Section, Words } from "./report.ts";
import { wholeOf } from "./section.ts";
import { clean } from "./text.ts";

/** Longer texts are cut where there is little room: slides and printed pages. */
const LONGEST = 220;

const unitOf = (column: Pick<Column, "unit">, row: Row): Unit =>
  column.unit === "money" ? String(row.currency ?? "") : column.unit;

/** A cell as a person reads it, the way the replies write figures. */
export function writtenCell(column: Column, row: Row): string {
  const value = row[column.key];
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "number") return formatFigure(value, unitOf(column, row));
  return column.unit === "date" ? shortDate(value) : clean(value.replace(/\s+/g, " "), LONGEST);
}

/** "5 Jan 2026" */
export function shortDate(iso: string): string {
  const [day, month, year] = dateInWords(iso).split(" ");
  return `${day} ${month!.slice(0, 3)} ${year}`;
}

export const writtenFigure = (figure: KeyFigure): string => formatFigure(figure.value, figure.unit);

/** The sentence that leads a section; empty where it has no totals to speak of. */
export function writtenWords(section: Section): string {
  const sums = wholeOf(section);
  if (!sums) return "";
  const piece = (words: Words): string => {
    if (typeof words === "string") return words;
    if ("rows" in words) return formatFigure(section.rows.length, "count");
    const column = section.columns.find((c) => c.key === words.column);
    return column && typeof sums[column.key] === "number" ? writtenCell(column, sums) : words.unknown;
  };
  return section.words.map(piece).join("");
}

/** The columns that a slide or a printed page holds; the account is left out where all rows have the same. */
export function shownColumns(section: Section): readonly Column[] {
  const oneAccount = new Set(section.rows.map((row) => row.account)).size === 1 && section.rows.length > 1;
  return section.columns.filter((c) => !c.detail && !(oneAccount && c.key === "account"));
}

/** Characters that a column of text may at least keep, and takes at most. */
const TEXT = { least: 12, most: 40 };
/** Room beside a cell's characters, in characters. */
const PADDING = 3;

/**
 * Widths of columns as shares of `room` characters: figures and dates never break, names share what is left by their length.
 */
export function columnShares(section: Section, columns: readonly Column[], room: number): number[] {
  const rows = section.total ? [...section.rows, section.total] : section.rows;
  const longest = (column: Column): number =>
    Math.max(
      ...rows.map((row) => writtenCell(column, row).length),
      ...column.label.split(" ").map((w) => w.length + 1),
    );
  const needs = columns.map((column) => ({ column, need: longest(column) + PADDING }));
  const fixed = needs.filter(({ column }) => !flexible(column)).reduce((sum, { need }) => sum + need, 0);
  const texts = needs.filter(({ column }) => flexible(column));
  const wanted = texts.reduce((sum, { need }) => sum + Math.min(need, TEXT.most), 0);
  const scale = wanted ? Math.min(1, Math.max(0, room - fixed) / wanted) : 1;
  const widths = needs.map(({ column, need }) =>
    flexible(column) ? Math.max(Math.min(need, TEXT.least), Math.min(need, TEXT.most) * scale) : need,
  );
  const all = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => width / all);
}

const flexible = (column: Column): boolean => column.unit === "text" || column.unit === "quote";
export const isNumeric = (column: Column): boolean => !["text", "quote", "date"].includes(column.unit);
