import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeStore, openStore } from "../../data/store/open.ts";
import { loadActor } from "../../data/users/actor.ts";
import { makeDemoStore } from "../../tools/demoStore.ts";
import { createFittedModels } from "../../tools/fitting/fittedModels.ts";
import { type CauseRecovery, causeRecovery } from "../recovery/causes.ts";
import type { BenchPart } from "./part.ts";

/** Days on which the demo market is made: each moves seasons, holidays and what is known against the promotions. */
const DAYS = ["2026-11-21", "2026-06-10", "2027-03-05", "2026-01-20"];
/** Share of the failed promotions whose planted cause has to be among the first two. */
const LEAST = 0.8;

/** Demo markets of several days: how often an explanation names what the simulator planted. */
export const causes: BenchPart = {
  name: "causes",
  summary: "shares of the failed promotions whose planted cause explain_result tells among the first two, and first",
  async run({ progress }) {
    const found = new Map<string, CauseRecovery>();
    for (const day of DAYS) {
      progress(`causes: the market of ${day}`);
      found.set(day, await causesOn(day));
    }
    return {
      rows: [...found].map(([today, { failed, amongFirstTwo, first }]) => ({
        today,
        failed: failed.length,
        among_first_two: amongFirstTwo,
        first,
      })),
      notes: [...found].map(([today, { amongFirstTwo }]) => {
        return `${amongFirstTwo >= LEAST ? "PASS" : "FAIL"} ${today}: at least ${LEAST} among the first two are wanted.`;
      }),
    };
  },
};

async function causesOn(today: string): Promise<CauseRecovery> {
  const folder = mkdtempSync(join(tmpdir(), "kam-bench-"));
  try {
    const path = join(folder, "store.db");
    await makeDemoStore({ db: path, today });
    const store = await openStore({ path, today });
    try {
      return await causeRecovery({ store, models: createFittedModels(), actor: await loadActor(store) });
    } finally {
      await closeStore(store);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
