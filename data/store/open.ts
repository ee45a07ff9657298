import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { Kysely } from "kysely";
import { KamError, toKamError } from "../common/errors.ts";
import { migrate } from "./migrate.ts";
import type { Schema } from "./schema/index.ts";
import type { Store } from "./store.ts";
import { ImmediateDialect } from "./transaction.ts";

export type { Store } from "./store.ts";
export { inTransaction } from "./transaction.ts";

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
    const db = new Kysely<Schema>({ dialect: new ImmediateDialect(sqlite) });
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

export const closeStore = (store: Store): Promise<void> => store.db.destroy();
