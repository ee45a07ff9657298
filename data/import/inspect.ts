import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { type Binding, bindColumns } from "./bind.ts";
import type { Mapping } from "./mapping.ts";
import { loadMapping } from "./mappingFile.ts";
import { openSource } from "./readers/index.ts";
import type { Source } from "./readers/source.ts";
import { type Largest, largestOf } from "./rows.ts";

/** A file that was read once from end to end, so that what is wrong with it as a whole is known before anything is written. */
export interface Inspected {
  readonly path: string;
  readonly name: string;
  readonly mapping: Mapping;
  readonly mapHash: string;
  readonly fileHash: string;
  readonly source: Source;
  readonly binding: Binding;
  /** How many rows it has. */
  readonly rows: number;
  readonly largest: Largest;
  readonly warnings: readonly string[];
  /** When its reading began, on the clock of performance.now(). */
  readonly started: number;
}

/** @throws KamError mapping, file_missing, file_kind, file_truncated, file_column */
export async function inspectFile(path: string, map: unknown): Promise<Inspected> {
  const started = performance.now();
  const { mapping, hash: mapHash } = loadMapping(map);
  const source = await openSource(path, mapping);
  const binding = bindColumns(source, mapping, path);
  const auto = largestOf(binding, mapping);
  let rows = 0;
  for await (const chunk of source.chunks()) {
    rows += chunk.length;
    for (const row of chunk) auto.note(row);
  }
  const warnings = [...source.warnings(), ...(rows === 0 ? ["the file has no rows"] : [])];
  const fileHash = await hashOf(path);
  const { largest } = auto;
  return { path, name: basename(path), mapping, mapHash, fileHash, source, binding, rows, largest, warnings, started };
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
