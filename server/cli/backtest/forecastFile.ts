import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { csvField } from "../../../data/common/csv.ts";
import { KamError, toKamError } from "../../../data/common/errors.ts";
import type { BacktestResult, Panel } from "../../../forecasting/index.ts";
import type { PanelTable } from "./panelFile.ts";

/** Where forecasts go. */
export interface Target {
  readonly path: string;
  /** Written beside the target and renamed, so that a reader never meets half a file; a device or a pipe takes the lines themselves. */
  readonly renamed: boolean;
}

/**
 * Looks where the forecasts shall go before the minutes of making them.
 * @param sources files that are read, which must not be written over
 * @throws KamError bad_input
 */
export async function forecastTarget(out: string, sources: readonly string[]): Promise<Target> {
  const there = await stat(out).catch(() => null);
  if (there?.isDirectory()) throw new KamError("bad_input", `${out} is a folder; name a file.`);
  if (!there && !(await stat(dirname(out)).catch(() => null))?.isDirectory())
    throw new KamError("bad_input", `There is no folder for ${out}; make it first.`);
  const path = there ? await realpath(out) : out;
  for (const source of sources)
    if (there && path === (await realpath(source).catch(() => source)))
      throw new KamError("bad_input", `${out} is a file to read; name another for the forecasts.`);
  return { path, renamed: !there || there.isFile() };
}

/**
 * One line a test row.
 * @throws KamError bad_input, store_full
 */
export async function writeForecasts(
  out: Target,
  table: PanelTable,
  panel: Panel,
  result: BacktestResult,
): Promise<void> {
  const lines = ["account,product,week,mean,median,q025,q10,q90,q975"];
  const f = result.forecast;
  result.rows.forEach((row, k) => {
    const cells = [f.mean[k]!, f.median[k]!, f.q025[k]!, f.q10[k]!, f.q90[k]!, f.q975[k]!].map((v) =>
      Number(v.toPrecision(9)),
    );
    lines.push(
      `${csvField(panel.accounts[panel.account[row]!]!)},${csvField(panel.products[panel.product[row]!]!)},${table.weekText[row]},${cells.join(",")}`,
    );
  });
  const draft = out.renamed ? `${out.path}.${process.pid}.tmp` : out.path;
  try {
    await writeFile(draft, `${lines.join("\n")}\n`);
    if (out.renamed) await rename(draft, out.path);
  } catch (thrown) {
    if (out.renamed) await rm(draft, { force: true });
    throw toKamError(thrown, out.path);
  }
}
