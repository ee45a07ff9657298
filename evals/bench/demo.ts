import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeStore, openStore } from "../../data/store/open.ts";
import { loadActor } from "../../data/users/actor.ts";
import { makeDemoStore } from "../../tools/demoStore.ts";
import { fitStore } from "../../tools/fitting/fitStore.ts";
import { createFittedModels } from "../../tools/fitting/fittedModels.ts";
import { recovery } from "../recovery/recovery.ts";
import type { BenchPart, BenchRow } from "./part.ts";

/** The demo market's day, so that a run is the same on any day. */
const TODAY = "2026-11-21";

/** The demo store: seconds of a fit with all its ended promotions, and how near estimates come to the simulator's truth. */
export const demo: BenchPart = {
  name: "demo",
  summary:
    "the demo store: seconds to fit it and measure its promotions, and what is recovered of the simulator's truth",
  async run({ progress }) {
    const folder = mkdtempSync(join(tmpdir(), "kam-bench-"));
    try {
      progress("demo: making the store");
      const path = join(folder, "store.db");
      await makeDemoStore({ db: path, today: TODAY });
      const store = await openStore({ path, today: TODAY });
      try {
        progress("demo: fitting");
        const started = performance.now();
        const cpu = process.cpuUsage();
        const { summary } = await fitStore(store);
        const seconds = (performance.now() - started) / 1000;
        const { user, system } = process.cpuUsage(cpu);
        progress("demo: recovery");
        const found = await recovery({ store, models: createFittedModels(), actor: await loadActor(store) });
        const { events, placebo, forecasts, scenarios } = found;
        const row = (measure: string, value: number): BenchRow => ({ measure, value });
        return {
          rows: [
            row("rows fitted", summary.rows),
            row("fit seconds", seconds),
            row("fit cpu seconds", (user + system) / 1e6),
            row("past promotions", events.events),
            row("median error of true incremental units", events.error),
            row("the same of actual less moving average", events.averageError),
            row("80 % intervals of past promotions cover", events.coverage80),
            row("95 % intervals of past promotions cover", events.coverage95),
            row("placebo events whose 95 % interval holds 0", placebo.hidden.zero95),
            row("WAPE of promotions not seen", forecasts.wape),
            row("80 % intervals of promotions not seen cover", forecasts.coverage80),
            row("best of five designs picked, by units", scenarios.designs.units.hits),
            row("best of five designs picked, by profit", scenarios.designs.profit.hits),
            row("best of five places picked, by units", scenarios.places.units.hits),
            row("best of five places picked, by profit", scenarios.places.profit.hits),
          ],
          notes: ["Truth is the simulator's own, counted without noise; shares and errors are fractions."],
        };
      } finally {
        await closeStore(store);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
