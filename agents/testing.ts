import { closeStore, type Store } from "../data/store/open.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { openThreads, type Threads } from "../data/threads/threads.repo.ts";
import { createFittedModels, type FittedModels } from "../tools/fitting/fittedModels.ts";
import { demoContext } from "../tools/testing.ts";
import { buildConverse } from "./converse.ts";
import type { LanguageModel } from "./model/languageModel.ts";
import { buildRead } from "./read.ts";

/** The agent over an open store as the tests have it: the built-in planner unless a model is given, and a clock that stands or counts. */
export const agentOver = (
  store: Store,
  threads: Threads,
  {
    model = null,
    models = createFittedModels(),
    clock = () => 0,
  }: { model?: LanguageModel | null; models?: FittedModels; clock?: () => number } = {},
) =>
  buildConverse({
    store,
    threads,
    models,
    model,
    clock,
    dayFirst: true,
    today: () => TEST_TODAY,
  });

/** The whole agent over a copy of the fitted demo store, for tests; `model` is a language model, or null for the built-in planner. */
export async function demoAgent(model: LanguageModel | null = null) {
  const demo = await demoContext();
  const threads = openThreads(demo.store.path);
  let ticks = 0;
  const models = createFittedModels();
  const converse = agentOver(demo.store, threads, { model, models, clock: () => ticks++ });
  return {
    ...demo,
    converse,
    read: buildRead({ store: demo.store, models, today: () => TEST_TODAY }),
    /** Closes and removes everything. */
    async close() {
      threads.close();
      await demo.close();
    },
    /** Closes, so that the files are whole and stay, in `folder`. */
    async park() {
      threads.close();
      await closeStore(demo.store);
    },
  };
}
