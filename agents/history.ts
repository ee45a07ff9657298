import { AIMessage, type BaseMessage, HumanMessage, RemoveMessage, ToolMessage } from "@langchain/core/messages";
import type { PriorTurn } from "./planner/index.ts";

const KEPT_TURNS = 8;

/** The turns of a thread as the planner reads them, from the messages that the thread keeps. */
export function priorTurns(messages: readonly BaseMessage[]): PriorTurn[] {
  const turns: { text: string; calls: PriorTurn["calls"][number][] }[] = [];
  for (const message of messages) {
    if (HumanMessage.isInstance(message)) turns.push({ text: message.text, calls: [] });
    else if (AIMessage.isInstance(message)) {
      for (const call of message.tool_calls ?? []) {
        turns.at(-1)?.calls.push({ tool: call.name, args: call.args, status: "ok", result: {} });
      }
    } else if (ToolMessage.isInstance(message)) {
      const { status, result, items } = JSON.parse(message.text) as Omit<PriorTurn["calls"][number], "tool" | "args">;
      const calls = turns.at(-1)?.calls ?? [];
      const at = calls.findIndex((c) => c.tool === message.name && Object.keys(c.result).length === 0);
      if (at >= 0) calls[at] = { ...calls[at]!, status, result, ...(items?.length ? { items } : {}) };
    }
  }
  return turns;
}

/** The messages before a thread's last turns, and the removals that take them away; a turn begins with what the person said. */
export function fallenMessages(messages: readonly BaseMessage[]): {
  readonly fallen: readonly BaseMessage[];
  readonly removals: readonly RemoveMessage[];
} {
  const starts = messages.flatMap((m, i) => (HumanMessage.isInstance(m) ? [i] : []));
  const fallen = messages.slice(0, starts.at(-KEPT_TURNS) ?? 0);
  return { fallen, removals: fallen.flatMap((m) => (m.id ? [new RemoveMessage({ id: m.id })] : [])) };
}

const LONGEST_LIST = 6;
/** The products of a promotion are names, and none of them may be lost. */
const LONGEST_NAMES = 60;
const LONGEST_TEXT = 300;

/** A result cut down to what a thread needs to remember: names, ids and first rows. */
export function compact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value === "number") return Number.isFinite(value) ? Number(value.toPrecision(8)) : null;
  if (value === null || typeof value !== "object") return value;
  if (depth > 4) return null;
  const most = Array.isArray(value) && value.every((v) => typeof v === "string") ? LONGEST_NAMES : LONGEST_LIST;
  if (Array.isArray(value)) return value.slice(0, most).map((v) => compact(v, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, compact(v, depth + 1)]));
}
