import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { KamError, toKamError } from "../common/errors.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema.ts";

/** The open store. Repositories take `db`; services take the store, so that a transaction is one by type. */
export interface Store {
  readonly db: Kysely<Schema>;
  readonly path: string;
  /** ISO date that stands for today, for anything that asks the clock. */
  readonly today: string;
}

export interface OpenOptions {
  /** Path of the SQLite file, or ":memory:". */
  readonly path: string;
  readonly today: string;
  /** Refuse to make a store where there is none. */
  readonly mustExist?: boolean;
  /** How long to wait for another writer, in milliseconds. */
  readonly busyTimeout?: number;
  /** Leave the schema as it is (for `kam migrate` and `kam doctor`). */
  readonly migrate?: boolean;
}

/**
 * Opens (and where there is none, makes) a store and brings its schema up to date, with a backup before each migration.
 * @throws KamError store_missing, store_locked, store_read_only, store_full, store_corrupt, store_newer
 */
export async function openStore(options: OpenOptions): Promise<Store> {
  const { path, today } = options;
  try {
    if (path !== ":memory:") prepareFolder(path, options.mustExist ?? false);
    const sqlite = new Database(path, { timeout: options.busyTimeout ?? 5_000 });
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = FULL");
    sqlite.pragma("foreign_keys = ON");
    sqlite.pragma("cache_size = -65536");
    const db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) });
    const store = { db, path, today };
    if (options.migrate ?? true) {
      try {
        await migrate(store, sqlite);
      } catch (thrown) {
        await db.destroy();
        throw thrown;
      }
    }
    return store;
  } catch (thrown) {
    throw toKamError(thrown, path);
  }
}

function prepareFolder(path: string, mustExist: boolean): void {
  if (existsSync(path)) {
    if (statSync(path).isDirectory())
      throw new KamError("store_missing", `${path} is a folder, not a store; name a file with KAM_DB.`);
    return;
  }
  if (mustExist)
    throw new KamError(
      "store_missing",
      `There is no store at ${path}; make one with \`kam demo\` or \`kam import\`, or set KAM_DB.`,
    );
  mkdirSync(dirname(path), { recursive: true });
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

export const closeStore = (store: Store): Promise<void> => store.db.destroy();
