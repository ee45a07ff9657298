import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { closeStore } from "../data/store/open.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { openThreads } from "../data/threads/threads.repo.ts";
import { createFittedModels } from "../tools/fitting/fittedModels.ts";
import { demoContext } from "../tools/testing.ts";
import { buildConverse } from "./converse.ts";

/** The whole agent over a copy of the fitted demo store, for tests; `model` is a language model, or null for the built-in planner. */
export async function demoAgent(model: BaseChatModel | null = null) {
  const demo = await demoContext();
  const threads = openThreads(demo.store.path);
  let ticks = 0;
  const converse = buildConverse({
    store: demo.store,
    threads,
    models: createFittedModels(),
    model,
    modelName: model ? "test" : "offline",
    clock: () => ticks++,
    dayFirst: true,
    today: () => TEST_TODAY,
  });
  return {
    ...demo,
    converse,
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
