import { openStore } from "../store/open.ts";
import { importFile } from "./testing.importFile.ts";
import { KILL_BATCH, KILL_MAP } from "./testing.kill.ts";

/** Imports a file and tells its progress, until it is killed: `node kill.child.ts STORE FILE`. */
const [path, file] = process.argv.slice(2) as [string, string];
const store = await openStore({ path, today: "2026-11-21" });
const report = await importFile(store, {
  file,
  map: KILL_MAP,
  batchRows: KILL_BATCH,
  onProgress: (rows) => process.stdout.write(`${rows}\n`),
});
process.stdout.write(`done ${report.written} ${report.unchanged}\n`);
