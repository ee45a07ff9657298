import { mkdir, rename, writeFile } from "node:fs/promises";
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
};
export type FileFormat = "csv" | "xlsx" | "pptx" | "pdf";

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
  const name = `${foldName(report.title).replaceAll(" ", "-")}-${report.period.from}-to-${report.period.to}.${format}`;
  const path = join(folder, name);
  const content = await WRITERS[format](report);
  await mkdir(folder, { recursive: true });
  // Written aside first, so that a stopped run leaves no half file under the name.
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
  return path;
}
