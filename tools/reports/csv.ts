import { csvField, notFormula } from "../../data/common/csv.ts";
import type { Cell, Column, ColumnUnit, Report, Row } from "./report.ts";
import { sheetColumns } from "./xlsx/dataSheet.ts";

/** Digits after the point that a figure of a unit is worth. */
const DIGITS: Partial<Record<ColumnUnit, number>> = { money: 2, units: 1, count: 0, "%": 4, ratio: 4 };

const csvCell = (cell: Cell | undefined, unit: Column["unit"] = "text"): string => {
  if (typeof cell === "number") return String(Number(cell.toFixed(DIGITS[unit] ?? 4)));
  return csvField(notFormula(cell ?? ""));
};

/** All sections under their titles, an empty line between them; UTF-8 with a mark, so that Excel reads it as such. */
export function toCsv(report: Report): string {
  const line = (cells: readonly string[]): string => cells.map((cell) => csvCell(cell)).join(",");
  const blocks = report.sections.map((section) => {
    const columns = sheetColumns(section);
    const rows = [...section.rows, ...(section.total ? [{ ...section.total, [columns[0]!.key]: "Total" }] : [])];
    const body = rows.map((row: Row) => columns.map((c) => csvCell(row[c.key], c.unit)).join(","));
    return [line([section.title]), line(columns.map((c) => c.label)), ...body].join("\r\n");
  });
  return `\uFEFF${[line([report.title, report.period.from, report.period.to]), ...blocks].join("\r\n\r\n")}\r\n`;
}
