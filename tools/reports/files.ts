import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { KamError } from "../../data/common/errors.ts";
import { foldName } from "../../data/common/names.ts";
import type { Store } from "../../data/store/open.ts";
import type { Actor } from "../../data/users/actor.ts";
import type { Report } from "./report.ts";

/** One writer a format, loaded when it is asked for: a turn that makes no file pays for none. */
const WRITERS: Readonly<Record<FileFormat, (report: Report) => Promise<string | Buffer>>> = {
  csv: async (report) => (await import("./csv.ts")).toCsv(report),
  xlsx: async (report) => (await import("./xlsx/workbook.ts")).toXlsx(report),
  pptx: async (report) => (await import("./pptx/deck.ts")).toPptx(report),
  pdf: async (report) => (await import("./pdf/document.ts")).toPdf(report),
  ics: async (report) => (await import("./ical.ts")).toIcs(report),
};
export type FileFormat = "csv" | "xlsx" | "pptx" | "pdf" | "ics";

/** The folder of a person's own reports, beside the store. */
export const reportFolder = (storePath: string, actor: Actor): string =>
  join(dirname(storePath), "reports", foldName(actor.id).replaceAll(" ", "-"));

/**
 * Writes a report beside the store, in a folder of the person's own: a colleague's report is never overwritten or handed out.
 * @returns the path of the file
 * @throws KamError bad_input where the store has no folder
 */
export async function writeReport(store: Store, actor: Actor, report: Report, format: FileFormat): Promise<string> {
  if (store.path === ":memory:") {
    throw new KamError("bad_input", "A store in memory has no folder for files; ask for the report as a page.");
  }
  const folder = reportFolder(store.path, actor);
  const name = `${foldName(report.title).replaceAll(" ", "-").slice(0, 80)}-${report.period.from}-to-${report.period.to}.${format}`;
  const path = join(folder, name);
  const content = await WRITERS[format](report);
  await mkdir(folder, { recursive: true });
  // Written aside first, so that a stopped run leaves no half file under the name.
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  return path;
}

/** What `writeReport` calls its files: letters, digits, hyphens, and the format. */
const FILE_NAME = /^[\p{L}\p{N}][\p{L}\p{N}-]*\.(?:csv|xlsx|pptx|pdf|ics)$/u;

/**
 * A report that this person made, to be handed to her again. Another's is not found, as one that was never made.
 * @throws KamError not_found
 */
export async function readReport(
  store: Store,
  actor: Actor,
  name: string,
): Promise<{ name: string; content: Uint8Array<ArrayBuffer> }> {
  const missing = new KamError("not_found", "There is no report of yours by this name; ask for it again.");
  if (store.path === ":memory:" || !FILE_NAME.test(name)) throw missing;
  try {
    return { name, content: new Uint8Array(await readFile(join(reportFolder(store.path, actor), name))) };
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") throw missing;
    throw thrown;
  }
}
