import { SqliteSaver } from "@langchain/langgraph-checkpoint-sqlite";
import Database from "better-sqlite3";
import { toKamError } from "../common/errors.ts";

/** How long a turn waits for another program, in milliseconds. */
const BUSY_TIMEOUT = 5_000;
/** Pages that the write-ahead log may hold before it goes into the file. */
const LOG_PAGES = 100;

export interface Threads {
  readonly path: string;
  readonly saver: SqliteSaver;
  /** Keeps only the newest checkpoint of a thread: older ones are never gone back to, and they would grow with every turn. */
  prune(thread: string): void;
  /** Keys of the threads that begin so, in order. */
  keys(prefix: string): string[];
  /** Takes a thread away with all that it holds. */
  remove(thread: string): void;
  close(): void;
}

/** A file beside the store: conversations, so that they neither wait for the store's transactions nor grow its backups. */
export const threadsPath = (storePath: string): string =>
  storePath === ":memory:" ? storePath : `${storePath.replace(/\.db$/, "")}.threads.db`;

export function openThreads(storePath: string): Threads {
  try {
    const sqlite = new Database(threadsPath(storePath), { timeout: BUSY_TIMEOUT });
    sqlite.pragma("synchronous = NORMAL");
    // Every turn writes its thread anew: left to itself the log of the last writes would outgrow all threads together.
    sqlite.pragma(`wal_autocheckpoint = ${LOG_PAGES}`);
    sqlite.pragma(`journal_size_limit = ${LOG_PAGES * 4096}`);
    const saver = new SqliteSaver(sqlite);
    return {
      path: threadsPath(storePath),
      saver,
      prune(thread) {
        try {
          sqlite.pragma("busy_timeout = 0");
          prune(sqlite, thread);
        } catch {
          // The turn is done and kept; what was left (a full disk, another program's lock) goes with a later one.
        } finally {
          sqlite.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
        }
      },
      keys(prefix) {
        // The saver makes its tables with the first turn.
        if (!sqlite.prepare("SELECT 1 FROM sqlite_master WHERE name = 'checkpoints'").get()) return [];
        const rows = sqlite
          .prepare(
            "SELECT DISTINCT thread_id AS key FROM checkpoints WHERE substr(thread_id, 1, ?) = ? ORDER BY thread_id",
          )
          .all(prefix.length, prefix) as { key: string }[];
        return rows.map(({ key }) => key);
      },
      remove(thread) {
        sqlite.transaction(() => {
          for (const table of ["checkpoints", "writes"])
            sqlite.prepare(`DELETE FROM ${table} WHERE thread_id = ?`).run(thread);
        })();
      },
      close: () => sqlite.close(),
    };
  } catch (thrown) {
    throw toKamError(thrown, threadsPath(storePath));
  }
}

function prune(sqlite: Database.Database, thread: string): void {
  const { newest } = sqlite
    .prepare("SELECT max(checkpoint_id) AS newest FROM checkpoints WHERE thread_id = ? AND checkpoint_ns = ''")
    .get(thread) as { newest: string | null };
  if (!newest) return;
  sqlite.transaction(() => {
    sqlite.prepare("DELETE FROM checkpoints WHERE thread_id = ? AND checkpoint_id <> ?").run(thread, newest);
    sqlite.prepare("DELETE FROM writes WHERE thread_id = ? AND checkpoint_id <> ?").run(thread, newest);
  })();
}
