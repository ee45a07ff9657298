import type { Store } from "../store/open.ts";

/** The progress of an import: a row a file and mapping, kept in the same transaction as the rows that it counts. */

export interface RunKey {
  readonly file_hash: string;
  readonly map_hash: string;
}

export const findRun = (store: Store, key: RunKey) =>
  store.db
    .selectFrom("import_run")
    .selectAll()
    .where("file_hash", "=", key.file_hash)
    .where("map_hash", "=", key.map_hash)
    .executeTakeFirst();

/** Makes the run's row where there is none. The first statement of a batch: it takes the write lock before anything is read. */
export const beginRun = (store: Store, key: RunKey, kind: string, file: string) =>
  store.db
    .insertInto("import_run")
    .values({ ...key, kind, file, started_at: store.today })
    .onConflict((oc) => oc.columns(["file_hash", "map_hash"]).doUpdateSet({ file }))
    .execute();

export interface Progress {
  /** Rows of the file that are dealt with. */
  readonly rows: number;
  readonly rejected: number;
  /** Rows that this batch wrote. */
  readonly written: number;
  readonly finished: boolean;
}

export const noteProgress = (store: Store, key: RunKey, progress: Progress) =>
  store.db
    .updateTable("import_run")
    .set((eb) => ({
      rows_done: eb.fn<number>("max", ["rows_done", eb.val(progress.rows)]),
      rejected: eb.fn<number>("max", ["rejected", eb.val(progress.rejected)]),
      written: eb("written", "+", progress.written),
      finished: eb.fn<number>("max", ["finished", eb.val(progress.finished ? 1 : 0)]),
    }))
    .where("file_hash", "=", key.file_hash)
    .where("map_hash", "=", key.map_hash)
    .execute();
