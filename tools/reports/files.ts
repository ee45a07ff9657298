import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as XLSX from "@e965/xlsx";
import { csvField, notFormula } from "../../data/common/csv.ts";
import { KamError } from "../../data/common/errors.ts";
import { foldName } from "../../data/common/names.ts";
import type { Store } from "../../data/store/open.ts";
import type { Actor } from "../../data/users/actor.ts";
import type { Cell, Column, Report, Row, Section } from "./report.ts";

const FORMATS: Partial<Record<Column["unit"], string>> = {
  money: "#,##0.00",
  units: "#,##0",
  count: "#,##0",
  "%": "0.0%",
  ratio: "0.00",
};

/** Money stands with its currency in a column of its own, so that the cells stay numbers. */
function columnsOf(section: Section): readonly Column[] {
  const money = section.columns.some((c) => c.unit === "money");
  return money ? [...section.columns, { key: "currency", label: "Currency", unit: "text" }] : section.columns;
}

/** Digits after the point that a figure of a unit is worth. */
const DIGITS: Partial<Record<Column["unit"], number>> = { money: 2, units: 1, count: 0, "%": 4, ratio: 4 };

const csvCell = (cell: Cell | undefined, unit: Column["unit"] = "text"): string => {
  if (typeof cell === "number") return String(Number(cell.toFixed(DIGITS[unit] ?? 4)));
  return csvField(notFormula(cell ?? ""));
};

/** All sections under their titles, an empty line between them; UTF-8 with a mark, so that Excel reads it as such. */
export function toCsv(report: Report): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => csvCell(cell)).join(",");
  const blocks = report.sections.map((section) => {
    const columns = columnsOf(section);
    const rows = [...section.rows, ...(section.total ? [{ [columns[0]!.key]: "Total", ...section.total }] : [])];
    const body = rows.map((row: Row) => columns.map((c) => csvCell(row[c.key], c.unit)).join(","));
    return [line([section.title]), line(columns.map((c) => c.label)), ...body].join("\r\n");
  });
  return `\uFEFF${[line([report.title, report.period.from, report.period.to]), ...blocks].join("\r\n\r\n")}\r\n`;
}

const xlsxCell = (cell: Cell | undefined, column: Column): XLSX.CellObject => {
  if (cell === null || cell === undefined) return { t: "z" };
  if (typeof cell === "number") return { t: "n", v: cell, z: FORMATS[column.unit] ?? "General" };
  if (column.unit === "date") return { t: "d", v: new Date(`${cell}T00:00:00Z`), z: "yyyy-mm-dd" };
  return { t: "s", v: notFormula(cell) };
};

/** Sums are live formulas with their value beside them; ratios of sums are values, since the rows do not hold their parts. */
function totalCell(section: Section, column: Column, index: number): XLSX.CellObject {
  if (index === 0) return { t: "s", v: "Total" };
  const value = section.total?.[column.key];
  if (!column.adds || typeof value !== "number") return xlsxCell(value, column);
  const letter = XLSX.utils.encode_col(index);
  return {
    t: "n",
    v: value,
    f: `SUM(${letter}2:${letter}${section.rows.length + 1})`,
    z: FORMATS[column.unit] ?? "General",
  };
}

function sheetOf(section: Section): XLSX.WorkSheet {
  const columns = columnsOf(section);
  const cells: XLSX.CellObject[][] = [
    columns.map((c) => ({ t: "s", v: c.label })),
    ...section.rows.map((row) => columns.map((c) => xlsxCell(row[c.key], c))),
    ...(section.total ? [columns.map((c, i) => totalCell(section, c, i))] : []),
  ];
  const sheet: XLSX.WorkSheet = {};
  cells.forEach((row, r) => {
    row.forEach((cell, c) => {
      sheet[XLSX.utils.encode_cell({ r, c })] = cell;
    });
  });
  const last = XLSX.utils.encode_cell({ r: cells.length - 1, c: columns.length - 1 });
  sheet["!ref"] = `A1:${last}`;
  sheet["!autofilter"] = {
    ref: `A1:${XLSX.utils.encode_cell({ r: section.rows.length, c: columns.length - 1 })}`,
  };
  sheet["!cols"] = columns.map((c) => ({
    wch: Math.min(48, Math.max(c.label.length, ...section.rows.map((row) => String(row[c.key] ?? "").length)) + 2),
  }));
  return sheet;
}

/** A workbook, one sheet a section. */
export function toXlsx(report: Report): Buffer {
  const book = XLSX.utils.book_new();
  const used = new Set<string>();
  for (const section of report.sections) {
    // Excel allows 31 characters, none of \ / ? * [ ] :, and each name once.
    const name = section.title.replace(/[\\/?*[\]:]/g, " ").slice(0, 31);
    XLSX.utils.book_append_sheet(book, sheetOf(section), used.has(name) ? `${name.slice(0, 28)} ${used.size}` : name);
    used.add(name);
  }
  if (!report.sections.length) XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[report.title]]), "Report");
  return XLSX.write(book, { type: "buffer", bookType: "xlsx" }) as Buffer;
}

/**
 * Writes a report beside the store, in a folder of the person's own: a colleague's report is never overwritten or handed out.
 * @returns the path of the file
 * @throws KamError bad_input where the store has no folder
 */
export async function writeReport(store: Store, actor: Actor, report: Report, format: "csv" | "xlsx"): Promise<string> {
  if (store.path === ":memory:") {
    throw new KamError("bad_input", "A store in memory has no folder for files; ask for the report as a page.");
  }
  const folder = join(dirname(store.path), "reports", foldName(actor.id).replaceAll(" ", "-"));
  const name = `${foldName(report.title).replaceAll(" ", "-")}-${report.period.from}-to-${report.period.to}.${format}`;
  const path = join(folder, name);
  await mkdir(folder, { recursive: true });
  // Written aside first, so that a stopped run leaves no half file under the name.
  await writeFile(`${path}.part`, format === "csv" ? toCsv(report) : toXlsx(report));
  await rename(`${path}.part`, path);
  return path;
}
