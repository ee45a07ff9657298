import { readFile } from "node:fs/promises";
import type { CellObject, WorkBook, WorkSheet } from "@e965/xlsx";
import { KamError } from "../../common/errors.ts";
import type { Mapping } from "../mapping.ts";
import { excelDate } from "../values/date.ts";
import { formulaWarnings, NOT_RECKONED } from "./formulas.ts";
import { type Cell, CHUNK_ROWS, Percent, type Source, type SourceRow } from "./source.ts";
import { proveEntries, zipEntries } from "./zip.ts";

type SheetMapping = Pick<Mapping, "sheet" | "header_row" | "skip_footer">;

/** A workbook is read whole: its format has the texts of all cells in one place. Its size is bounded by zip.ts. */
export async function openXlsx(path: string, mapping: SheetMapping): Promise<Source> {
  const bytes = await readFile(path);
  const entries = zipEntries(path, bytes);
  if (!entries.some(({ name }) => /^\/?xl\/workbook\.(xml|bin)$/i.test(name)))
    throw new KamError(
      "file_kind",
      `${path} is a zip archive and no workbook; CSV, XLSX, Parquet and JSON files are read.`,
    );
  await proveEntries(path, bytes, entries);
  const { read, SSF } = await import("@e965/xlsx");
  let book: WorkBook;
  try {
    book = read(bytes, {
      type: "buffer",
      dense: true,
      cellNF: true,
      cellHTML: false,
      cellFormula: true,
      cellText: false,
    });
  } catch (thrown) {
    throw new KamError("file_truncated", `${path} is a damaged workbook; save it again.`, {}, thrown);
  }
  const sheet = chooseSheet(path, book, mapping.sheet);
  const warnings = formulaWarnings(path, sheet);
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  const isDate = (format: string) => SSF.is_date(format);
  const rows = sheetRows(sheet, (cell) => valueIn(cell, isDate, from1904));
  return assemble(path, rows, mapping, warnings);
}

/** What Excel shows for its error codes. */
const ERRORS = new Map([
  [0, "#NULL!"],
  [7, "#DIV/0!"],
  [15, "#VALUE!"],
  [23, "#REF!"],
  [29, "#NAME?"],
  [36, "#NUM!"],
  [42, "#N/A"],
]);

function chooseSheet(path: string, book: WorkBook, wanted: string | number | undefined): WorkSheet {
  const names = book.SheetNames;
  const name =
    typeof wanted === "string" ? names.find((n) => n.toLowerCase() === wanted.toLowerCase()) : names[(wanted ?? 1) - 1];
  const sheet = name === undefined ? undefined : book.Sheets[name];
  if (!sheet)
    throw new KamError("file_column", `${path} has no sheet ${wanted ?? 1}; it has ${names.slice(0, 10).join(", ")}.`);
  return sheet;
}

function valueIn(cell: CellObject, isDate: (format: string) => boolean, from1904: boolean): Cell {
  if (cell.f !== undefined && cell.v === undefined) return NOT_RECKONED;
  if (cell.t === "b") return cell.v === true;
  if (cell.t === "e") return ERRORS.get(Number(cell.v)) ?? "#ERROR!";
  if (typeof cell.v !== "number") return cell.v instanceof Date ? cell.v : (cell.v ?? null);
  const format = typeof cell.z === "string" ? cell.z : "";
  if (isDate(format)) {
    const iso = excelDate(cell.v, from1904);
    if (iso !== null) return new Date(`${iso}T00:00:00Z`);
  }
  return format.includes("%") ? new Percent(cell.v) : cell.v;
}

/** The rows of a sheet that hold anything, with their numbers. */
function sheetRows(sheet: WorkSheet, value: (cell: CellObject) => Cell): SourceRow[] {
  const grid = (sheet["!data"] ?? []) as (CellObject | undefined)[][];
  const rows: SourceRow[] = [];
  for (const [i, row] of grid.entries()) {
    const cells = Array.from(row ?? [], (cell) => (cell ? value(cell) : null));
    if (cells.some((cell) => cell !== null && cell !== "")) rows.push({ line: i + 1, cells });
  }
  return rows;
}

function assemble(path: string, rows: SourceRow[], mapping: SheetMapping, warnings: string[]): Source {
  const body = rows.filter((row) => row.line > mapping.header_row);
  const top = rows.find((row) => row.line === Math.max(1, mapping.header_row));
  if (!top) throw new KamError("file_column", `${path} has no column names in row ${Math.max(1, mapping.header_row)}.`);
  const header =
    mapping.header_row === 0 ? top.cells.map((_, i) => String(i + 1)) : top.cells.map((c) => String(c ?? "").trim());
  const kept = mapping.skip_footer > 0 ? body.slice(0, -mapping.skip_footer) : body;
  // A sheet does not store the empty cells at the end of a row.
  const wide = kept.map(({ line, cells }) => ({
    line,
    cells: [...cells, ...Array<null>(Math.max(0, header.length - cells.length)).fill(null)],
  }));
  return {
    format: "xlsx",
    header,
    warnings: () => warnings,
    async *chunks() {
      for (let i = 0; i < wide.length; i += CHUNK_ROWS) yield wide.slice(i, i + CHUNK_ROWS);
    },
  };
}
