import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { KamError } from "../data/common/errors.ts";
import { writeDemoMarket } from "../data/demo/index.ts";
import { closeStore, openStore } from "../data/store/open.ts";
import { fitStore } from "./fitting/fitStore.ts";
import { createFittedModels } from "./fitting/fittedModels.ts";
import { trackRecord } from "./forecasts/trackRecord.ts";

export interface DemoOptions {
  readonly db: string;
  readonly today: string;
  readonly onProgress?: (message: string) => void;
}

/**
 * Writes the demo market into a new store, fits it, so that every view holds its figures, and tries its forecasts on the past.
 * A store that is not there yet is made under another name and gets its own when it is whole: one that was killed half-way would
 * be taken for a store by the next start.
 * @throws KamError wrong_state where there is a store with accounts already
 */
export async function makeDemoStore(options: DemoOptions) {
  const { db } = options;
  if (existsSync(db)) return fill(options);
  removeUnfinished(db);
  const unfinished = `${db}.${process.pid}${UNFINISHED}`;
  try {
    const made = await fill({ ...options, db: unfinished });
    if (existsSync(db)) throw new KamError("wrong_state", `Another program has made ${db} meanwhile.`);
    renameSync(unfinished, db);
    return made;
  } finally {
    removeStore(unfinished);
  }
}

const UNFINISHED = ".unfinished";

async function fill({ db, today, onProgress = () => {} }: DemoOptions) {
  const store = await openStore({ path: db, today });
  try {
    const market = await writeDemoMarket(store, onProgress);
    onProgress("fitting it");
    const { summary } = await fitStore(store);
    onProgress("trying its forecasts on the past");
    await trackRecord(store, createFittedModels());
    return { market, fit: summary };
  } finally {
    await closeStore(store);
  }
}

/** What programs that were killed left behind. */
function removeUnfinished(db: string): void {
  const folder = dirname(db);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(`${basename(db)}.`) && name.endsWith(UNFINISHED) ? name.split(".").at(-2) : undefined;
    if (pid && !isAlive(Number(pid))) removeStore(join(folder, name));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

const removeStore = (path: string): void => {
  for (const tail of ["", "-wal", "-shm"]) rmSync(`${path}${tail}`, { force: true });
};
