/**
 * Started by tests in a process of its own: approves what waits in a thread, or says something in it, and kills itself
 * (SIGKILL) at the n-th statement that it prepares from then on. Arguments: store, thread, n, and what is said.
 */
import Database from "better-sqlite3";
import { openStore } from "../data/store/open.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { openThreads } from "../data/threads/threads.repo.ts";
import { createFittedModels } from "../tools/fitting/fittedModels.ts";
import { buildConverse } from "./converse.ts";

const [path, thread, at, text] = process.argv.slice(2) as [string, string, string, string?];
const store = await openStore({ path, today: TEST_TODAY });
const converse = buildConverse({
  store,
  threads: openThreads(path),
  models: createFittedModels(),
  model: null,
  clock: () => 0,
  dayFirst: true,
  today: () => TEST_TODAY,
});

let left = Number(at);
const prepare = Database.prototype.prepare;
Database.prototype.prepare = function counted(this: Database.Database, source: string) {
  if (--left === 0) process.kill(process.pid, "SIGKILL");
  return prepare.call(this, source);
} as typeof prepare;

await converse(text ? { thread, text } : { thread, resume: { decisions: [{ id: "w1", approve: true }] } });
process.stdout.write(`done with ${left} left\n`);
process.exit(0);
