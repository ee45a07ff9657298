import type { Store } from "../store/open.ts";
import { inspectFile } from "./inspect.ts";
import type { ImportReport } from "./report.ts";
import { type RunOptions, runImport } from "./run.ts";

export { type Inspected, inspectFile } from "./inspect.ts";
export { presetNames } from "./mappingFile.ts";
export type { ImportReport } from "./report.ts";
export type { Reject } from "./rows.ts";
export { type RunOptions, runImport } from "./run.ts";

export interface ImportOptions extends RunOptions {
  readonly file: string;
  /** Path of a mapping file, name of a preset, or the mapping itself. */
  readonly map: unknown;
}

/**
 * Loads a file into the store. Rows that cannot be taken are rejected, one by one, and the rest is written; a file that is wrong as a whole writes nothing.
 * @throws KamError mapping, file_missing, file_kind, file_truncated, file_column, store_*
 */
export const importFile = async (store: Store, { file, map, ...options }: ImportOptions): Promise<ImportReport> =>
  runImport(store, await inspectFile(file, map), options);
