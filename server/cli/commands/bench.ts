import { basename } from "node:path";
import { weekIndex } from "../../../data/common/dates.ts";
import { KamError } from "../../../data/common/errors.ts";
import { generatedPanels, parts } from "../../../evals/bench/index.ts";
import type { BenchPanel, BenchResult, BenchRow } from "../../../evals/bench/part.ts";
import { backtestFolds } from "../../../forecasting/index.ts";
import { toPanel } from "../backtest/panel.ts";
import { readPanelFile } from "../backtest/panelFile.ts";
import { readBacktestSpec } from "../backtest/spec.ts";
import { type Invocation, text } from "../command.ts";

const SIZES = [100_000, 1_000_000, 10_000_000];

/**
 * Measures speed, scale and quality in one run. Panels are CSV files with their spec beside them (x.csv, x.spec.json);
 * generated ones of the same sizes are taken where none is named.
 * @throws KamError bad_input for a part that does not exist; as `backtest` for panels
 */
export async function bench({ values, positionals, io }: Invocation): Promise<void> {
  const only = text(values.only)?.split(",");
  const unknown = only?.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined)
    throw new KamError("bad_input", `There is no part "${unknown}"; parts: ${parts.map((p) => p.name).join(", ")}.`);
  const sizes = text(values.rows)?.split(",").map(Number) ?? SIZES;
  if (sizes.some((n) => !Number.isInteger(n) || n < 1000))
    throw new KamError("bad_input", "--rows takes whole numbers of at least 1000, with commas between them.");
  const panels = positionals.length > 0 ? await Promise.all(positionals.map(readPanel)) : generatedPanels();
  const results: Record<string, BenchResult> = {};
  for (const part of parts) {
    if (only && !only.includes(part.name)) continue;
    const result = await part.run({ panels, sizes, progress: io.progress });
    results[part.name] = result;
    if (!values.json) io.out(`${part.name}: ${part.summary}\n${table(result.rows)}${notes(result)}\n`);
  }
  if (values.json) io.out(JSON.stringify(results));
}

async function readPanel(file: string): Promise<BenchPanel> {
  const spec = await readBacktestSpec(file.replace(/\.csv$/i, ".spec.json"));
  const panel = toPanel(await readPanelFile(file, spec), spec);
  const origins = spec.origins.map((o) => (typeof o === "number" ? o : weekIndex(o)));
  const [fold] = backtestFolds(panel, { origins, protocol: "single" });
  return { name: basename(file), train: fold!.train, plan: fold!.plan };
}

function notes(result: BenchResult): string {
  return result.notes.map((note) => `\n  ${note}`).join("");
}

/** Aligned columns under their names. */
function table(rows: readonly BenchRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const cells = [names, ...rows.map((row) => names.map((name) => shown(row[name] ?? null)))];
  const widths = names.map((_, c) => Math.max(...cells.map((line) => line[c]!.length)));
  return cells.map((line) => `  ${line.map((cell, c) => cell.padStart(widths[c]!)).join("  ")}`).join("\n");
}

function shown(value: string | number | null): string {
  if (value === null) return "–";
  if (typeof value === "string" || Number.isInteger(value)) return String(value);
  return value.toPrecision(3).includes("e") ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}
