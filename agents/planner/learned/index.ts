import { softmax } from "./train.ts";
import weights from "./weights.json" with { type: "json" };

const TOOLS: string[] = [];
const ROWS: ReadonlyMap<string, readonly (readonly [at: number, weight: number])[]> = new Map(
  Object.entries(weights as Record<string, string>).map(([signal, row]) => [
    signal,
    row.split(", ").map((part): [number, number] => {
      const [tool, weight] = part.split(" ") as [string, string];
      let at = TOOLS.indexOf(tool);
      if (at < 0) at = TOOLS.push(tool) - 1;
      return [at, Number(weight)];
    }),
  ]),
);

/** How likely each tool is what sentences with these signals ask for; "none" where they ask for no tool. Sums to 1. */
export function likelihoods(signals: readonly string[]): ReadonlyMap<string, number> {
  const scores = new Float64Array(TOOLS.length);
  for (const signal of signals) for (const [at, weight] of ROWS.get(signal) ?? []) scores[at]! += weight;
  const p = softmax(scores);
  return new Map(TOOLS.map((tool, at) => [tool, p[at]!]));
}
