import { existsSync } from "node:fs";
import { buildConverse, type Converse } from "../agents/converse.ts";
import { createModel } from "../agents/model/createModel.ts";
import { buildRead, type Read } from "../agents/read.ts";
import { closeStore, openStore, type Store } from "../data/store/open.ts";
import { openThreads } from "../data/threads/threads.repo.ts";
import { makeDemoStore } from "../tools/demoStore.ts";
import { createFittedModels, type FittedModels } from "../tools/fitting/fittedModels.ts";
import type { Config } from "./config.ts";

/** Everything that answers, opened together and closed together. */
export interface Kam {
  readonly store: Store;
  readonly models: FittedModels;
  readonly modelName: string;
  readonly converse: Converse;
  readonly read: Read;
  /** ISO date of the day of a request. */
  readonly today: () => string;
  close(): Promise<void>;
}

/** @throws KamError model_unavailable, where something needed to reach the model of the settings is missing */
export const modelOf = (config: Config) => createModel(config);

/**
 * The store and the models of the settings: what a turn is answered with, but for its thread.
 * @param onProgress told what takes long, where the demo store has to be made first
 * @throws KamError store_*, model_unavailable, bad_input
 */
export async function openDeps(config: Config, onProgress?: (line: string) => void) {
  const model = await modelOf(config);
  if (!config.dbChosen && !existsSync(config.db))
    await makeDemoStore({ db: config.db, today: config.today, ...(onProgress && { onProgress }) }).catch((thrown) => {
      // Another program that was started at the same moment may have made it.
      if (!existsSync(config.db)) throw thrown;
    });
  const store = await openStore({ path: config.db, today: config.today, mustExist: true });
  return {
    store,
    models: createFittedModels(),
    model,
    clock: () => performance.now(),
    dayFirst: true,
    today: config.currentDay,
  };
}

/**
 * @param onProgress told what takes long, where the demo store has to be made first
 * @throws KamError store_*, model_unavailable, bad_input
 */
export async function openKam(config: Config, onProgress?: (line: string) => void): Promise<Kam> {
  const deps = await openDeps(config, onProgress);
  const { store, models } = deps;
  const threads = openThreads(config.db);
  const converse = buildConverse({ ...deps, threads });
  return {
    store,
    models,
    modelName: config.model,
    converse,
    read: buildRead(deps),
    today: deps.today,
    async close() {
      threads.close();
      await closeStore(store);
    },
  };
}
