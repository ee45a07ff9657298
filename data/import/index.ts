/** Loads files into the store: `inspectFile` reads one through and maps it, `runImport` writes it. */
export { type Inspected, inspectFile } from "./inspect.ts";
export { receiveVisits, type VisitsReport } from "./json/receiveVisits.ts";
export type { ImportReport } from "./report.ts";
export { runImport } from "./run.ts";
