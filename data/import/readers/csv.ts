import { Readable } from "node:stream";
import { type CsvError, type Info, parse } from "csv-parse";
import { KamError } from "../../common/errors.ts";
import type { Mapping } from "../mapping.ts";
import { decodedText, type TextEnd } from "./decode.ts";
import { CHUNK_ROWS, type Source, type SourceRow } from "./source.ts";

/** A record longer than this is a quote that was never closed. */
const MAX_RECORD = 1 << 20;

type CsvMapping = Pick<Mapping, "encoding" | "delimiter" | "header_row" | "skip_footer">;

interface Parsed {
  readonly record: string[];
  readonly info: Info;
}

export async function openCsv(path: string, gzip: boolean, mapping: CsvMapping): Promise<Source> {
  const delimiter = mapping.delimiter === "auto" ? await guessDelimiter(path, gzip, mapping) : mapping.delimiter;
  let header: string[] | null = null;
  for await (const { record } of records(path, gzip, mapping, delimiter, { newline: true })) {
    header = mapping.header_row === 0 ? record.map((_, i) => String(i + 1)) : record.map((name) => name.trim());
    break;
  }
  if (!header) throw new KamError("file_truncated", `${path} has no line ${Math.max(1, mapping.header_row)}.`);
  const end: TextEnd = { newline: true };
  return {
    format: "csv",
    header,
    chunks: () => rows(path, gzip, mapping, delimiter, header.length, end),
    warnings: () =>
      end.newline ? [] : ["the last line has no line break; if the file was cut off there, its last value is short"],
  };
}

/** The separator that the header line holds most of, outside quotes. */
async function guessDelimiter(path: string, gzip: boolean, mapping: CsvMapping): Promise<string> {
  let text = "";
  for await (const piece of decodedText(path, gzip, mapping.encoding, { newline: true })) {
    text += piece;
    if (text.split("\n", mapping.header_row + 2).length > mapping.header_row + 1 || text.length > MAX_RECORD) break;
  }
  const line = (text.split("\n")[Math.max(0, mapping.header_row - 1)] ?? "").replace(/"[^"]*"/g, "");
  const counts = [",", ";", "\t", "|"].map((d) => ({ d, n: line.split(d).length }));
  return counts.reduce((best, next) => (next.n > best.n ? next : best)).d;
}

async function* records(
  path: string,
  gzip: boolean,
  mapping: CsvMapping,
  delimiter: string,
  end: TextEnd,
): AsyncGenerator<{ record: string[]; line: number }> {
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    from_line: Math.max(1, mapping.header_row),
    max_record_size: MAX_RECORD,
    record_delimiter: "\n",
  });
  const text = Readable.from(decodedText(path, gzip, mapping.encoding, end));
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let last = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      // csv-parse counts the line that a record ends on; a person looks for the one that it starts on.
      const inner = info.lines - last > 1 ? record.reduce((n, cell) => n + (cell.match(/\n/g)?.length ?? 0), 0) : 0;
      last = info.lines;
      yield { record, line: info.lines - inner };
    }
  } catch (thrown) {
    throw csvProblem(thrown, path, last);
  } finally {
    text.destroy();
    parser.destroy();
  }
}

function csvProblem(thrown: unknown, path: string, last: number): unknown {
  const code = (thrown as CsvError | null)?.code;
  if (code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE")
    return new KamError(
      "file_truncated",
      `${path} is cut off, or has a stray quote: one opened after line ${last} is never closed.`,
      { line: last + 1 },
      thrown,
    );
  return thrown;
}

async function* rows(
  path: string,
  gzip: boolean,
  mapping: CsvMapping,
  delimiter: string,
  width: number,
  end: TextEnd,
): AsyncGenerator<readonly SourceRow[]> {
  const footer: SourceRow[] = [];
  let chunk: SourceRow[] = [];
  let last: SourceRow | null = null;
  let header = mapping.header_row > 0;
  for await (const { record, line } of records(path, gzip, mapping, delimiter, end)) {
    if (header) {
      header = false;
      continue;
    }
    footer.push({ line, cells: record });
    if (footer.length <= mapping.skip_footer) continue;
    last = footer.shift()!;
    // A line of separators only is what spreadsheets leave behind, not a row.
    if (last.cells.length > 1 && last.cells.every((cell) => cell === "")) continue;
    chunk.push(last);
    if (chunk.length < CHUNK_ROWS) continue;
    yield chunk;
    chunk = [];
  }
  if (mapping.skip_footer === 0 && last && !end.newline && last.cells.length < width)
    throw new KamError(
      "file_truncated",
      `${path} is cut off: its last line, ${last.line}, has ${last.cells.length} of ${width} cells and no line break.`,
      { line: last.line },
    );
  if (chunk.length > 0) yield chunk;
}
