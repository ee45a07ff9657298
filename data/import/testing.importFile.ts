import type { Store } from "../store/open.ts";
import { inspectFile } from "./inspect.ts";
import type { ImportReport } from "./report.ts";
import { type RunOptions, runImport } from "./run.ts";

export interface ImportOptions extends RunOptions {
  readonly file: string;
  /** Path of a mapping file, name of a preset, or the mapping itself. */
  readonly map: unknown;
}

/** For tests: a file inspected and written in one go, into a store that is open. */
export const importFile = async (store: Store, { file, map, ...options }: ImportOptions): Promise<ImportReport> =>
  runImport(store, await inspectFile(file, map), options);
