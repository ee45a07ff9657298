import { AIMessage } from "@langchain/core/messages";
import type { Call } from "../answer.ts";
import type { Callable } from "./toolSpec.ts";
import { isRecord } from "./wire/lines.ts";

interface MadeCall {
  readonly name: string;
  readonly args: Record<string, unknown>;
  /** The arguments could not be read. */
  readonly malformed: boolean;
}

export interface Tidied {
  /** The message as the thread may keep it: ids of its own, no remains of the wire. Calls that were made before are left out. */
  readonly message: AIMessage;
  /** What is wrong with its calls, a line each. */
  readonly wrong: readonly string[];
}

/** Calls that a turn may hold; what a model wants beyond them is left out. */
export const MOST_CALLS = 24;

/**
 * What a model said, made fit for the graph: each call named and with an object of arguments, `null` for "left out"
 * understood where a schema does not take it, and looked at against the schemas before anything runs.
 * @param find the tool of a name, or undefined
 * @param made the calls of the turn so far: the same call again would bring the same result
 */
export function tidy(
  said: AIMessage,
  find: (name: string) => Pick<Callable, "schema"> | undefined,
  made: readonly Call[],
): Tidied {
  const known = new Set(made.filter((call) => call.status !== "error").map(fingerprint));
  const wrong: string[] = [];
  const kept: MadeCall[] = [];
  for (const call of callsOf(said)) {
    const fitting = fitted(call, find(call.name));
    if (typeof fitting === "string") wrong.push(fitting);
    const next = typeof fitting === "string" ? call : fitting;
    const print = fingerprint({ tool: next.name, args: next.args });
    if ((!next.malformed && known.has(print)) || made.length + kept.length >= MOST_CALLS) continue;
    known.add(print);
    kept.push(next);
  }
  const ids = kept.map((_, i) => `m${made.length}_${i + 1}`);
  const malformed = ids.filter((_, i) => kept[i]!.malformed);
  const message = new AIMessage({
    content: withoutThoughts(said.text),
    tool_calls: kept.map(({ name, args }, i) => ({ id: ids[i]!, name, args, type: "tool_call" as const })),
    additional_kwargs: malformed.length ? { malformed } : {},
  });
  return { message, wrong };
}

function callsOf(said: AIMessage): MadeCall[] {
  const readable = (said.tool_calls ?? []).map(({ name, args }) => {
    const read = typeof args === "string" ? readObject(args) : args;
    return { name, args: isRecord(read) ? read : {}, malformed: !isRecord(read) };
  });
  const others = (said.invalid_tool_calls ?? []).map(({ name = "", args }) => {
    // Some services encode the arguments twice.
    const read = readObject(args ?? "");
    return { name, args: read ?? {}, malformed: read === null };
  });
  return [...readable, ...others];
}

/** The call with arguments that its schema takes, or what is wrong with it. */
function fitted(call: MadeCall, tool: Pick<Callable, "schema"> | undefined): MadeCall | string {
  if (!tool) return `there is no tool called ${call.name}`;
  if (call.malformed) return `the arguments of ${call.name} are not a JSON object`;
  const parsed = tool.schema.safeParse(call.args);
  if (parsed.success) return call;
  const args = withoutNulls(call.args) as Record<string, unknown>;
  if (tool.schema.safeParse(args).success) return { ...call, args };
  return `${call.name}: ${parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; ")}`;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== null)
      .map(([k, v]) => [k, withoutNulls(v)]),
  );
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const read: unknown = JSON.parse(text.trim() || "{}");
    return typeof read === "string" ? readObject(read) : isRecord(read) ? read : null;
  } catch {
    return null;
  }
}

/** The same for the same call, however its arguments are ordered. */
const fingerprint = ({ tool, args }: Pick<Call, "tool" | "args">): string => `${tool} ${JSON.stringify(ordered(args))}`;

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key])]),
  );
}

/** What a reasoning model thinks aloud before its answer is not part of it. */
const withoutThoughts = (text: string): string =>
  text
    .replace(/<think(ing)?>[\s\S]*?(<\/think(ing)?>|$)/gi, "")
    .replace(/^[\s\S]*<\/think(ing)?>/i, "")
    .trim();
