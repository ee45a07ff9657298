import type { Mapping } from "../mapping.ts";
import { fileKind } from "./kind.ts";
import type { Source } from "./source.ts";

/**
 * Opens a file with the reader that its bytes ask for; the readers are loaded when they are needed.
 * @throws KamError file_missing, file_kind, file_truncated, file_column
 */
export async function openSource(path: string, mapping: Mapping): Promise<Source> {
  const kind = await fileKind(path, mapping.encoding.startsWith("utf-16"));
  if (kind === "zip") return (await import("./xlsx.ts")).openXlsx(path, mapping);
  if (kind === "parquet") return (await import("./parquet.ts")).openParquet(path);
  if (kind === "json") return (await import("./json.ts")).openJson(path);
  return (await import("./csv.ts")).openCsv(path, kind === "gzip", mapping);
}
