import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { KamError } from "../../common/errors.ts";
import { type Cell, CHUNK_ROWS, type Source, type SourceRow } from "./source.ts";

/** A file is read whole; larger ones belong into CSV or Parquet. */
const MOST_BYTES = 64 * 1024 * 1024;

const record = z.record(z.string(), z.unknown());
type Json = z.infer<typeof record>;

/**
 * A JSON list of records, or an object with one such list in it ({ "orders": […] }). Objects inside a record are columns with a
 * dot (customer.name); a list of objects inside it (its line items) makes a row of each. A row's line is its place in the file.
 * @throws KamError file_kind, file_truncated
 */
export async function openJson(path: string): Promise<Source> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new KamError("file_kind", `${path} is larger than 64 MB; export it as CSV or Parquet.`);
  const rows = listIn(parsed(await readFile(path, "utf8"), path), path).flatMap(flatRows);
  const header = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  if (!header.length) throw new KamError("file_truncated", `${path} holds no record.`);
  const cells = rows.map((row, i): SourceRow => ({ line: i + 1, cells: header.map((name) => row.get(name) ?? null) }));
  return {
    format: "json",
    header,
    async *chunks() {
      for (let at = 0; at < cells.length; at += CHUNK_ROWS) yield cells.slice(at, at + CHUNK_ROWS);
    },
    warnings: () => [],
  };
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (thrown) {
    throw new KamError("file_truncated", `${path} is no whole JSON file; get it again.`, {}, thrown);
  }
}

function listIn(json: unknown, path: string): Json[] {
  const lists = Array.isArray(json) ? [json] : Object.values(record.safeParse(json).data ?? {}).filter(Array.isArray);
  const list = z.array(record).min(1).safeParse(lists[0]);
  if (lists.length !== 1 || !list.success)
    throw new KamError("file_kind", `${path} is a JSON file without one list of records in it.`);
  return list.data;
}

/** A record as rows of named cells. */
function flatRows(json: Json): Map<string, Cell>[] {
  const own = new Map<string, Cell>();
  const children: Map<string, Cell>[] = [];
  const walk = (value: unknown, name: string): void => {
    const inner = record.safeParse(value);
    if (Array.isArray(value)) {
      const records = z.array(record).safeParse(value);
      if (records.success && records.data.length)
        for (const child of records.data)
          for (const row of flatRows(child)) children.push(new Map([...row].map(([k, v]) => [`${name}.${k}`, v])));
      else own.set(name, value.map(String).join(";"));
    } else if (inner.success) for (const [key, v] of Object.entries(inner.data)) walk(v, `${name}.${key}`);
    else own.set(name, cellOf(value));
  };
  for (const [key, value] of Object.entries(json)) walk(value, key);
  return children.length ? children.map((child) => new Map([...own, ...child])) : [own];
}

const cellOf = (value: unknown): Cell =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
