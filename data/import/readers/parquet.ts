import { open } from "node:fs/promises";
import type { AsyncBuffer, FileMetaData } from "hyparquet";
import { KamError } from "../../common/errors.ts";
import { type Cell, CHUNK_ROWS, type Source, type SourceRow } from "./source.ts";

/** A columnar file is read one row group after another, so that memory holds one of them. */
export async function openParquet(path: string): Promise<Source> {
  await checkEnd(path);
  const { asyncBufferFromFile, parquetMetadataAsync } = await import("hyparquet");
  const file = await asyncBufferFromFile(path);
  let metadata: FileMetaData;
  try {
    metadata = await parquetMetadataAsync(file);
  } catch (thrown) {
    throw damaged(path, "its table of contents cannot be read", thrown);
  }
  const header = topColumns(metadata);
  return { format: "parquet", header, chunks: () => groups(path, file, metadata, header), warnings: () => [] };
}

const damaged = (path: string, why: string, cause?: unknown): KamError =>
  new KamError("file_truncated", `${path} is cut off or damaged (${why}); get it again.`, {}, cause);

/** A Parquet file ends with the length of its table of contents and its mark; one that was cut off does not. */
async function checkEnd(path: string): Promise<void> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  const tail = Buffer.alloc(8);
  if (size < 12) throw damaged(path, "it ends too soon");
  await file.read(tail, 0, 8, size - 8);
  const mark = tail.toString("latin1", 4);
  if (mark === "PARE")
    throw new KamError(
      "file_kind",
      `${path} is an encrypted Parquet file; CSV, XLSX, Parquet and JSON files are read.`,
    );
  if (mark !== "PAR1" || tail.readUInt32LE(0) + 12 > size) throw damaged(path, "it has no table of contents");
}

/** Names of the columns in the order that the reader gives them: the children of the schema's root. */
function topColumns(metadata: FileMetaData): string[] {
  const [root, ...rest] = metadata.schema;
  const names: string[] = [];
  let skip = 0;
  for (const element of rest) {
    if (skip > 0) {
      skip += (element.num_children ?? 0) - 1;
      continue;
    }
    names.push(element.name);
    skip = element.num_children ?? 0;
  }
  return names.slice(0, root?.num_children ?? names.length);
}

async function* groups(
  path: string,
  file: AsyncBuffer,
  metadata: FileMetaData,
  header: readonly string[],
): AsyncGenerator<readonly SourceRow[]> {
  const [{ parquetRead }, { compressors }] = await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    let rows: unknown[][] = [];
    try {
      await parquetRead({
        file,
        metadata,
        compressors,
        columns: [...header],
        rowStart: start,
        rowEnd: end,
        rowFormat: "array",
        onComplete: (read) => {
          rows = read;
        },
      });
    } catch (thrown) {
      throw damaged(path, `rows ${start + 1} to ${end}`, thrown);
    }
    if (rows.length !== end - start) throw damaged(path, `rows ${start + 1} to ${end}`);
    for (let i = 0; i < rows.length; i += CHUNK_ROWS) {
      const first = start + i + 1;
      yield rows.slice(i, i + CHUNK_ROWS).map((row, j) => ({ line: first + j, cells: row.map(toCell) }));
    }
    start = end;
  }
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return Number(value);
  return value instanceof Date ? value : "[nested value]";
}
