import type { Role } from "../../tools/define.ts";
import type { Features } from "./features.ts";
import table from "./intents.json" with { type: "json" };

export interface Scored {
  readonly tool: string;
  readonly role: Role;
  readonly score: number;
}

interface Rule {
  readonly needs: readonly string[];
  readonly forbids: readonly string[];
  readonly weight: number;
}

/** intents.json: for each tool, what of a sentence speaks for it ("a & b & !c": weight) and what against. */
const INTENTS: readonly { tool: string; role: Role; rules: readonly Rule[] }[] = Object.entries(table).map(
  ([tool, { role, rules }]) => ({
    tool,
    role: role as Role,
    rules: Object.entries(rules).map(([condition, weight]) => {
      const terms = condition.split(" & ");
      return {
        needs: terms.filter((t) => !t.startsWith("!")),
        forbids: terms.filter((t) => t.startsWith("!")).map((t) => t.slice(1)),
        weight,
      };
    }),
  }),
);

export const TOOL_NAMES: readonly string[] = INTENTS.map((i) => i.tool);
export const roleOf = (tool: string): Role => INTENTS.find((i) => i.tool === tool)?.role ?? "assistant";
/** Below this a sentence has said too little. */
export const ENOUGH = 2.5;

/** Every tool with the weight of what the sentence says for it, best first. */
export function scoreIntents(features: Features): Scored[] {
  return INTENTS.map(({ tool, role, rules }) => ({
    tool,
    role,
    score: rules.reduce(
      (sum, rule) =>
        rule.needs.every((n) => features.has(n)) && !rule.forbids.some((f) => features.has(f))
          ? sum + rule.weight
          : sum,
      0,
    ),
  })).sort((a, b) => b.score - a.score);
}

/** The rules that speak in a tool's score, for whoever tunes them. */
export const explainScore = (tool: string, features: Features): string[] =>
  (INTENTS.find((i) => i.tool === tool)?.rules ?? [])
    .filter((r) => r.needs.every((n) => features.has(n)) && !r.forbids.some((f) => features.has(f)))
    .map((r) => `${[...r.needs, ...r.forbids.map((f) => `!${f}`)].join(" & ")}: ${r.weight}`);
