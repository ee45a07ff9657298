import { rename, rm, writeFile } from "node:fs/promises";
import { csvField } from "../../../data/common/csv.ts";
import { KamError, toKamError } from "../../../data/common/errors.ts";
import type { BacktestResult, Panel } from "../../../forecasting/index.ts";
import type { PanelTable } from "./panelFile.ts";

/**
 * One line a test row. Written beside the target and renamed, so that a reader never meets half a file.
 * @throws KamError bad_input, store_full
 */
export async function writeForecasts(
  out: string,
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
  const draft = `${out}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${lines.join("\n")}\n`);
    await rename(draft, out);
  } catch (thrown) {
    await rm(draft, { force: true });
    const code = (thrown as { code?: unknown }).code;
    if (code === "ENOENT" || code === "ENOTDIR")
      throw new KamError("bad_input", `There is no folder for ${out}; make it first.`, {}, thrown);
    if (code === "EISDIR") throw new KamError("bad_input", `${out} is a folder; name a file.`, {}, thrown);
    throw toKamError(thrown, out);
  }
}
