import type Database from "better-sqlite3";
import { sql } from "kysely";
import { KamError } from "../common/errors.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Store } from "./store.ts";
import { inTransaction } from "./transaction.ts";

/** Names of the migrations that a store still lacks, in order. A store from a newer release is refused. */
export async function pendingMigrations(store: Store): Promise<string[]> {
  await sql`CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT`.execute(store.db);
  const { rows } = await sql<{ name: string }>`SELECT name FROM migration`.execute(store.db);
  const done = new Set(rows.map((row) => row.name));
  for (const name of done) {
    if (!(name in MIGRATIONS)) {
      throw new KamError("store_newer", `${store.path} was written by a newer release (${name}); update this program.`);
    }
  }
  return Object.keys(MIGRATIONS).filter((name) => !done.has(name));
}

/**
 * Applies what is pending, each migration in a transaction of its own, after a backup of a store that already holds something.
 * @returns the names applied
 */
export async function migrate(store: Store, sqlite: Database.Database): Promise<string[]> {
  const pending = await pendingMigrations(store);
  const filled = Object.keys(MIGRATIONS).length > pending.length;
  for (const name of pending) {
    if (filled && store.path !== ":memory:") await sqlite.backup(`${store.path}.before-${name}`);
    await inTransaction(store, async (tx) => {
      // Another process that opened the store at the same moment may have been first.
      const made = await sql`INSERT INTO migration (name) VALUES (${name}) ON CONFLICT DO NOTHING`.execute(tx.db);
      if (made.numAffectedRows) await MIGRATIONS[name]!.up(tx.db as never);
    });
  }
  return pending;
}
