import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import type { Converse } from "../agents/converse.ts";
import type { Bench } from "./run.ts";

/** The demo market's day in the evals, so that a run is the same on any day. */
const EVALS_TODAY = "2026-11-21";

export interface BenchOptions {
  readonly makeStore: (db: string, today: string) => Promise<unknown>;
  readonly open: (db: string, today: string) => Promise<{ readonly converse: Converse; close(): Promise<void> }>;
}

/** Makes the demo store once; `fresh` opens a copy of it for one task. */
export async function openDemoBench({
  makeStore,
  open,
}: BenchOptions): Promise<{ fresh(): Promise<Bench>; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "kam-evals-"));
  const template = join(folder, "template.db");
  await makeStore(template, EVALS_TODAY);
  let made = 0;
  return {
    async fresh() {
      const db = join(folder, `task-${++made}.db`);
      copyFileSync(template, db);
      const kam = await open(db, EVALS_TODAY);
      const reader = new Database(db, { readonly: true });
      return {
        converse: kam.converse,
        sql: async (query) => reader.prepare(query).pluck().get() ?? null,
        async close() {
          reader.close();
          await kam.close();
          rmSync(db, { force: true });
        },
      };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
