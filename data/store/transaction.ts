import type Database from "better-sqlite3";
import { CompiledQuery, type DatabaseConnection, type Driver, SqliteDialect, sql } from "kysely";
import { toKamError } from "../common/errors.ts";
import type { Store } from "./store.ts";

/**
 * SQLite whose transactions take the write lock as they begin. One that reads first and then writes is refused at once where
 * another process wrote meanwhile, whatever the busy timeout; one that begins with the lock waits for it.
 */
export class ImmediateDialect extends SqliteDialect {
  constructor(database: Database.Database) {
    super({ database });
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection: DatabaseConnection) => {
      await connection.executeQuery(CompiledQuery.raw("begin immediate"));
    };
    return driver;
  }
}

/**
 * Runs `work` in one transaction: all of it or nothing. Inside another transaction it joins that one.
 *
 * A full or failing disk is found when SQLite commits, and SQLite then rolls back by itself; a roll-back after that fails with
 * an error that would take the place of the one that says what happened, so it is begun again just to be rolled back.
 * @throws KamError store_full, store_locked, store_read_only …
 */
export async function inTransaction<T>(store: Store, work: (tx: Store) => Promise<T>): Promise<T> {
  if (store.db.isTransaction) return work(store);
  try {
    const trx = await store.db.startTransaction().execute();
    try {
      const result = await work({ ...store, db: trx });
      await trx.commit().execute();
      return result;
    } catch (thrown) {
      await sql`BEGIN`.execute(trx).catch(() => undefined);
      await trx.rollback().execute();
      throw thrown;
    }
  } catch (thrown) {
    throw toKamError(thrown, store.path);
  }
}
