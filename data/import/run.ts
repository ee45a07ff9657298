import { recordAudit } from "../audit/audit.service.ts";
import { KamError, toKamError } from "../common/errors.ts";
import { raiseDataVersion } from "../meta/dataVersion.repo.ts";
import type { Store } from "../store/open.ts";
import { inTransaction } from "../store/open.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import type { Inspected } from "./inspect.ts";
import { writerFor } from "./kinds/index.ts";
import type { Written } from "./kinds/writer.ts";
import { Names } from "./names.ts";
import { defaultRejectsPath, noRejectFile, rejectFile } from "./rejects.ts";
import { type ImportReport, Tally } from "./report.ts";
import { checkRoom } from "./room.ts";
import { type Reject, rowReader } from "./rows.ts";
import { beginRun, findRun, noteProgress } from "./run.repo.ts";

export interface RunOptions {
  /** Do everything but write. */
  readonly dryRun?: boolean;
  /** Where rejected rows are kept; null where the caller tells of them itself. */
  readonly rejectsPath?: string | null;
  /** Called for each rejected row. */
  readonly onReject?: (why: Reject) => void;
  /** Called after each batch with the rows of the file that are dealt with, and how many it has. */
  readonly onProgress?: (rows: number, total: number) => void;
  /** Who imports; the person of the local mode where none is named. */
  readonly actor?: Actor;
  /** Rows of the file to a transaction. */
  readonly batchRows?: number;
}

const BATCH_ROWS = 2_000;

/**
 * Brings an inspected file into the store, batch by batch: the rows of a batch, the names that they need, the progress and the data version are one
 * transaction. A run that was stopped is run again from the start: what is in already compares equal and is not written.
 * @throws KamError store_*; the batches before it are in
 */
export async function runImport(store: Store, file: Inspected, options: RunOptions = {}): Promise<ImportReport> {
  const { mapping, source, rows: total } = file;
  const dry = options.dryRun ?? false;
  const batchRows = options.batchRows ?? BATCH_ROWS;
  const actor = options.actor ?? (await loadActor(store));
  const names = await Names.load(store, mapping);
  const writer = await writerFor(mapping.kind, { store, mapping, names, actor });
  const reader = rowReader(file.binding, mapping, source.header.length, file.largest);
  const rejects =
    dry || options.rejectsPath === null
      ? noRejectFile
      : rejectFile(options.rejectsPath ?? defaultRejectsPath(file.path, store.path), file.path);
  const tally = new Tally();
  const key = { file_hash: file.fileHash, map_hash: file.mapHash };
  const run = await findRun(store, key);
  const done = run ? (run.finished ? total : run.rows_done) : 0;
  if (!dry) await checkRoom(store, mapping.kind, total - done);

  const reject = (why: Reject) => {
    tally.reject(why);
    rejects.add(why);
    options.onReject?.(why);
  };

  /** Writes the batch in hand. Where an earlier run has been, and until there is something to write, it looks first: a file that brings nothing leaves no trace. */
  const flush = async (last: boolean): Promise<void> => {
    let written: Written = { changed: [] };
    const untouched = !run && tally.written === 0;
    const been = tally.read <= done;
    if (dry || been || untouched) written = await writer.write(store, true);
    const idle =
      written.changed.every((changed) => !changed) && (untouched || (been && (!last || run?.finished === 1)));
    if (!dry && !idle) written = await commit(last);
    tally.batch(written);
    if (written.created) names.count(mapping.kind as "accounts" | "products", written.created);
    writer.clear();
    options.onProgress?.(tally.read, total);
  };

  const commit = (last: boolean): Promise<Written> =>
    inTransaction(store, async (tx) => {
      await beginRun(tx, key, mapping.kind, file.name);
      await names.make(tx);
      const written = await writer.write(tx, false);
      const count = written.changed.filter(Boolean).length;
      if (count > 0 && writer.feedsModel) await raiseDataVersion(tx);
      await noteProgress(tx, key, { rows: tally.read, rejected: tally.rejected, written: count, finished: last });
      // Of a run that was stopped and goes on, the log tells the whole.
      const sum = tally.written + count + (run && !run.finished ? run.written : 0);
      if (last && sum > 0) {
        const after = { kind: mapping.kind, read: tally.read, written: sum, rejected: tally.rejected };
        await recordAudit(actor, tx, { action: "import", entity: "file", entityId: file.name, after });
      }
      return written;
    });

  try {
    for await (const chunk of source.chunks()) {
      for (const row of chunk) {
        tally.read++;
        if (!reader.wanted(row)) tally.skipped++;
        else {
          const result = reader.read(row);
          if ("reject" in result) reject(result.reject);
          else {
            const bad = writer.accept(result.values, row.line);
            if (bad) reject(reader.reject(row, bad));
          }
        }
        if (tally.read % batchRows === 0 && tally.read < total) await flush(false);
      }
    }
    await flush(true);
  } catch (thrown) {
    rejects.close();
    throw withProgress(thrown, store, tally);
  }
  return tally.report({ file, dry, created: names.created, rejectsFile: rejects.close(), kind: mapping.kind });
}

/** A run that stops half-way says how far it got and that it can be run again. */
function withProgress(thrown: unknown, store: Store, tally: Tally): unknown {
  const problem = toKamError(thrown, store.path);
  if (problem.code === "internal") return thrown;
  if (tally.written === 0) return problem;
  const message = `${problem.message} The first ${tally.committed} rows are in whole batches; the same command goes on from there.`;
  return new KamError(problem.code, message, { ...problem.detail, rows_done: tally.committed }, thrown);
}
