import { ollamaClient } from "../../../agents/model/ollama/client.ts";
import {
  callsTools,
  listOllamaModels,
  type OllamaModel,
  type PullProgress,
  pullOllamaModel,
} from "../../../agents/model/ollama/models.ts";
import { KamError } from "../../../data/common/errors.ts";
import type { Invocation } from "../command.ts";

const BAR = 24;

/** Lists the models of the Ollama service of the settings, or has it load one. */
export async function models({ values, positionals, config, io }: Invocation): Promise<void> {
  const [verb, name] = positionals;
  if (verb === undefined) {
    const found = await listOllamaModels(config.ollamaHost);
    io.out(values.json ? JSON.stringify(found) : table(found));
    return;
  }
  if (verb !== "pull") throw new KamError("usage", `kam models can pull, not "${verb}".`);
  if (!name?.trim()) throw new KamError("usage", "kam models pull needs the name of a model.");
  let shown = "";
  await pullOllamaModel(config.ollamaHost, name, (progress) => {
    const line = barOf(progress);
    if (line !== shown) io.progress(line);
    shown = line;
  });
  const tools = await callsTools(await ollamaClient(config.ollamaHost), name);
  if (values.json) io.out(JSON.stringify({ model: name, pulled: true, tools }));
  else if (tools === false)
    io.out(`${name} is there, but cannot call tools: the built-in planner would answer in its place.`);
  else io.out(`${name} is there; KAM_MODEL=ollama:${name} plans with it.`);
}

function table(found: readonly OllamaModel[]): string {
  if (!found.length) return "No model is there; kam models pull NAME loads one.";
  const rows = found.map((m) => [m.name, sizeOf(m.bytes), m.modified, m.tools === null ? "?" : m.tools ? "yes" : "no"]);
  const all = [["name", "size", "modified", "tools"], ...rows];
  const widths = all[0]!.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => (i === 1 ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function barOf({ status, done, total }: PullProgress): string {
  if (!total) return status;
  const part = Math.min(1, done / total);
  const filled = Math.round(part * BAR);
  return `[${"#".repeat(filled)}${".".repeat(BAR - filled)}] ${Math.floor(part * 100)} % of ${sizeOf(total)}`;
}

const sizeOf = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(bytes > 0 ? 1 : 0, Math.round(bytes / 1e6))} MB`;
