import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { tools } from "../../tools/index.ts";
import { type Case, decisionOf } from "./cases/run.ts";
import { demoLexicon } from "./demoLexicon.ts";
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

const places = new Map(
  demoLexicon.accounts.flatMap((a) => [a.name, ...a.aliases].map((name) => [name.toLowerCase(), a.name] as const)),
);
/** What a person says in her own words is there; everything else is the same, names as the store has them. */
const WORDS = new Set(["text", "topic", "reason", "next_step", "note"]);
function differs(want: unknown, got: unknown, key = ""): boolean {
  if (WORDS.has(key)) return typeof got !== "string" || !got;
  if (typeof want === "string" && typeof got === "string")
    return (places.get(want.toLowerCase()) ?? want) !== (places.get(got.toLowerCase()) ?? got);
  if (Array.isArray(want))
    return !Array.isArray(got) || got.length !== want.length || want.some((one, i) => differs(one, got[i]));
  if (want === null || typeof want !== "object") return want !== got;
  const made = (got ?? {}) as Record<string, unknown>;
  // "The last promotion at …" is looked up by its code where the names of the store are known.
  return Object.entries(want).some(([k, v]) => !(k === "account" && made.promotion) && differs(v, made[k], k));
}

it("reads the examples of the tools as they say", () => {
  const wrong = tools.flatMap(({ name, examples }) =>
    examples.flatMap(({ say, args }) => {
      const decision = decisionOf({ say });
      const [call] = decision.kind === "calls" ? decision.calls : [];
      return call?.tool === name && !differs(args, call.args) ? [] : [`${name}: ${say} → ${JSON.stringify(decision)}`];
    }),
  );
  expect(wrong).toEqual([]);
  expect(tools.filter((tool) => tool.examples.length === 0).map((tool) => tool.name)).toEqual([]);
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
