import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tools } from "../../tools/index.ts";
import { type Case, decisionOf } from "./cases/run.ts";
import { TOOL_NAMES } from "./intents.ts";
import { readExamples } from "./learned/learn.ts";
import type { Decision } from "./types.ts";

const schemas = new Map(tools.map((t) => [t.name, t.schema]));

/** What a tool's schema says against the calls of a decision. */
function misfits(say: string, decision: Decision): string[] {
  if (decision.kind !== "calls") return [];
  return decision.calls.flatMap(({ tool, args }) => {
    const parsed = schemas.get(tool)?.safeParse(args);
    return parsed?.success
      ? []
      : [`${say} → ${tool} ${JSON.stringify(args)}: ${parsed?.error.issues[0]?.message ?? "no such tool"}`];
  });
}

it("knows every tool, and no other", () => {
  expect([...TOOL_NAMES].sort()).toEqual([...schemas.keys()].sort());
});

it("fills every tool as its schema wants it", () => {
  const cases = readdirSync(new URL("./cases/", import.meta.url))
    .filter((f) => f.endsWith(".json"))
    .flatMap((f) => JSON.parse(readFileSync(new URL(`./cases/${f}`, import.meta.url), "utf8")) as Case[]);
  const examples = Object.values(readExamples())
    .flat()
    .map((say): Case => ({ say }));
  const wrong = [...cases, ...examples].flatMap((test) => misfits(test.say, decisionOf(test)));
  expect(wrong).toEqual([]);
});

it("is reached by a sentence, each tool of the contract", () => {
  const reached = new Set(
    Object.values(readExamples())
      .flat()
      .flatMap((say) => {
        const decision = decisionOf({ say });
        return decision.kind === "calls"
          ? decision.calls.map((c) => c.tool)
          : decision.kind === "clarify"
            ? [decision.asked.tool]
            : [];
      }),
  );
  expect([...schemas.keys()].filter((name) => !reached.has(name))).toEqual([]);
});
