import { sql } from "kysely";
import { toKamError } from "../common/errors.ts";
import type { Store } from "../store/open.ts";

/**
 * One transaction that keeps its own error. A full or failing disk is found when SQLite commits, and SQLite then rolls back by itself; a roll-back after that
 * fails with an error that would take the place of the one that says what happened.
 * @throws KamError store_full, store_locked, store_read_only …
 */
export async function inBatch<T>(store: Store, work: (tx: Store) => Promise<T>): Promise<T> {
  const trx = await store.db.startTransaction().execute();
  try {
    const result = await work({ ...store, db: trx });
    await trx.commit().execute();
    return result;
  } catch (thrown) {
    // Where SQLite has rolled back already there is nothing to roll back; then this begins it, and otherwise it fails and changes nothing.
    await sql`BEGIN`.execute(trx).catch(() => undefined);
    await trx.rollback().execute();
    throw toKamError(thrown, store.path);
  }
}
