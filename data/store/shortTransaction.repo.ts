import { sql } from "kysely";
import { inTransaction, type Store } from "./open.ts";

/** A log that may be left out does not keep an answer waiting for another writer. */
const PATIENCE_MS = 200;

/**
 * Runs `work` in a transaction that gives up soon where another program is writing; inside a transaction it joins that one.
 * The wait is a setting of the connection, so the connection is held meanwhile.
 */
export async function inShortTransaction<T>(store: Store, work: (tx: Store) => Promise<T>): Promise<T> {
  if (store.db.isTransaction) return work(store);
  return store.db.connection().execute(async (db) => {
    const { rows } = await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(db);
    const before = rows[0]!.timeout;
    await sql`PRAGMA busy_timeout = ${sql.raw(String(Math.min(before, PATIENCE_MS)))}`.execute(db);
    try {
      return await inTransaction({ ...store, db }, work);
    } finally {
      await sql`PRAGMA busy_timeout = ${sql.raw(String(before))}`.execute(db);
    }
  });
}
