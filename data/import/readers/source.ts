/** What every reader gives: the names of the columns and, chunk by chunk, the rows with the line that a person finds them on. */

/** A spreadsheet's cell that is shown as a percentage: 0.2 shown as 20 %. */
export class Percent {
  readonly fraction: number;
  constructor(fraction: number) {
    this.fraction = fraction;
  }
}

export type Cell = string | number | boolean | Date | Percent | null;

export interface SourceRow {
  /** Line of a text file, row of a sheet, number of a Parquet or JSON record. */
  readonly line: number;
  readonly cells: readonly Cell[];
}

export interface Source {
  readonly format: "csv" | "xlsx" | "parquet" | "json";
  readonly header: readonly string[];
  /** Reads the file from its start; may be called again. @throws KamError file_truncated, file_kind where the file does not hold what it should */
  chunks(): AsyncIterable<readonly SourceRow[]>;
  /** What a person should know of a file that was read to its end. */
  warnings(): readonly string[];
}

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === "string" && cell.trim() === "");

/** A cell as a person would read it in a message or a reject file. */
export function showCell(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().replace("T00:00:00.000Z", "");
  if (cell instanceof Percent) return `${Number((cell.fraction * 100).toPrecision(12))}%`;
  return String(cell);
}

/** Rows given together, to spare an await a row. */
export const CHUNK_ROWS = 1_000;
