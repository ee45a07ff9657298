import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Panel } from "../../forecasting/index.ts";

const SCRIPT = fileURLToPath(new URL("../peers/lme4.R", import.meta.url));
/** A peer that has not answered by then is left out. */
const PATIENCE = 15 * 60_000;

/** Is there an R with lme4 on the path? */
export function hasLme4(): boolean {
  return spawnSync("Rscript", ["-e", "library(lme4)"], { stdio: "ignore" }).status === 0;
}

/** Seconds that lme4 takes to fit the panel by evals/peers/lme4.R; null where it gave none. */
export function lme4Seconds(panel: Panel): number | null {
  const folder = mkdtempSync(join(tmpdir(), "kam-bench-"));
  try {
    const file = join(folder, "panel.csv");
    writeFileSync(file, csvOf(panel));
    const said = spawnSync("Rscript", [SCRIPT, file, panel.drivers.map((d) => d.name).join(",")], {
      encoding: "utf8",
      timeout: PATIENCE,
    });
    const seconds = /"seconds": ([\d.]+)/.exec(said.stdout ?? "");
    return seconds ? Number(seconds[1]) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The panel as the script reads it; everyday prices only where every row has one. */
function csvOf(panel: Panel): string {
  const based = panel.basePrice.every((v) => !Number.isNaN(v));
  const head = ["account", "product", "week", "units", "price", ...(based ? ["base_price"] : [])];
  const lines = [[...head, ...panel.drivers.map((d) => d.name)].join(",")];
  for (let i = 0; i < panel.week.length; i++) {
    const row = [panel.account[i], panel.product[i], panel.week[i], panel.units[i], panel.price[i]];
    if (based) row.push(panel.basePrice[i]);
    lines.push([...row, ...panel.drivers.map((d) => d.values[i])].join(","));
  }
  return `${lines.join("\n")}\n`;
}
