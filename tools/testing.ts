import { constants, copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { closeStore, openStore, type Store } from "../data/store/open.ts";
import { TEST_TODAY } from "../data/testing.ts";
import { loadActor } from "../data/users/actor.ts";
import type { ToolContext } from "./define.ts";
import { createFittedModels } from "./fitting/fittedModels.ts";

/** A store of a test's own with the demo market, fitted, and contexts of its people. */
export interface DemoContext {
  readonly store: Store;
  readonly folder: string;
  /** The context of a person: "dan" (sees all), "ana" (A–C), "ben" (D–F), "chloe" (G, H), "eva" (finance). */
  context(user?: string): Promise<ToolContext>;
  close(): Promise<void>;
}

/** For tests only: a copy of the fitted demo store (today is TEST_TODAY). Call `close` when done. */
export async function demoContext(): Promise<DemoContext> {
  const template = inject("demoTemplate");
  if ("error" in template) throw new Error(`the demo store could not be made: ${template.error}`);
  const folder = mkdtempSync(join(tmpdir(), "kam-demo-"));
  const path = join(folder, "store.db");
  copyFileSync(template.path, path, constants.COPYFILE_FICLONE);
  const store = await openStore({ path, today: TEST_TODAY });
  const models = createFittedModels();
  return {
    store,
    folder,
    context: async (user) => ({ store, models, actor: await loadActor(store, user) }),
    async close() {
      await closeStore(store);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
