import { existsSync } from "node:fs";
import { copyFile, rename } from "node:fs/promises";
import { KamError } from "../../../data/common/errors.ts";
import { backupStore, integrity } from "../../../data/store/health.repo.ts";
import { closeStore, openStore } from "../../../data/store/open.ts";
import type { Invocation } from "../command.ts";

/** Copies the store while it is in use. @throws KamError bad_input where the file is there, store_* */
export async function backup({ positionals, config, io }: Invocation): Promise<void> {
  const to = positionals[0]!;
  if (existsSync(to)) throw new KamError("bad_input", `${to} exists already; name a new file.`);
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  try {
    await backupStore(store, to);
  } finally {
    await closeStore(store);
  }
  io.out(`The store is copied to ${to}.`);
}

/** Puts a backup that is whole in the place of the store. @throws KamError store_missing, store_corrupt; nothing is changed then */
export async function restore({ positionals, config, io }: Invocation): Promise<void> {
  const from = positionals[0]!;
  const store = await openStore({ path: from, today: config.today, mustExist: true, migrate: false });
  const broken = await integrity(store).finally(() => closeStore(store));
  if (broken !== "ok") throw new KamError("store_corrupt", `${from} is not whole (${broken}); nothing was changed.`);
  const fresh = `${config.db}.restoring`;
  await copyFile(from, fresh);
  if (existsSync(config.db)) await setAside(config.db);
  await rename(fresh, config.db);
  io.out(`${config.db} is the backup ${from} now.`);
}

/** Moves the store and what SQLite keeps beside it, so that nothing of the old one meets the new. */
async function setAside(db: string): Promise<void> {
  for (const tail of ["", "-wal", "-shm"])
    if (existsSync(`${db}${tail}`)) await rename(`${db}${tail}`, `${db}.before-restore${tail}`);
}
