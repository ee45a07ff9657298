import { AIMessage, type BaseMessage, HumanMessage, ToolMessage } from "@langchain/core/messages";
import type { RememberedCall, RememberedTurn } from "../../tools/conversation.ts";
import type { Figure } from "../answer.ts";

const LONGEST_TEXT = 240;
const LONGEST_TOLD = 320;
const LONGEST_ARGS = 700;
const MOST_ROWS = 6;

type Json = Record<string, unknown>;

/** What a reply leaves in its message, so that its beginning can be told again with its figures. */
export interface Spoken {
  readonly on: string;
  readonly told: RememberedTurn["told"];
}

/** The beginning of a reply: its first sentence, with the figures that stand in it. */
export function spokenOf(reply: string, figures: readonly Figure[], today: string): Spoken {
  const first = reply.split("\n", 1)[0] ?? "";
  const sentence = /^.*?[.!?](?:\*\*)?(?=\s|$)/.exec(first)?.[0] ?? "";
  const text = sentence.length > LONGEST_TOLD ? "" : sentence;
  const facts = new Map(
    figures.filter((f) => text.includes(f.text)).map(({ text: t, value, unit }) => [t, { value, unit }]),
  );
  return { on: today, told: text ? { text, facts: [...facts.values()] } : null };
}

/** Turns of a thread cut down to what is remembered of them: what was said, which calls, what they named, how the reply began. */
export function remembered(messages: readonly BaseMessage[]): RememberedTurn[] {
  const turns: { on: string; text: string; calls: RememberedCall[]; told: RememberedTurn["told"] }[] = [];
  for (const message of messages) {
    if (HumanMessage.isInstance(message)) {
      turns.push({ on: "", text: cut(message.text, LONGEST_TEXT), calls: [], told: null });
      continue;
    }
    const turn = turns.at(-1);
    if (!turn) continue;
    if (AIMessage.isInstance(message)) {
      for (const call of message.tool_calls ?? [])
        turn.calls.push({ tool: call.name, args: shortArgs(call.args), status: "ok", result: {} });
      const spoken = message.additional_kwargs.spoken as Spoken | undefined;
      if (spoken) Object.assign(turn, { on: spoken.on, told: turn.told ?? spoken.told });
    } else if (ToolMessage.isInstance(message)) {
      const at = turn.calls.findIndex((c) => c.tool === message.name && Object.keys(c.result).length === 0);
      const { status, result, items } = JSON.parse(message.text) as Omit<RememberedCall, "tool" | "args">;
      if (at >= 0)
        turn.calls[at] = { ...turn.calls[at]!, status, result: gist(result), ...(items?.length ? { items } : {}) };
    }
  }
  return turns;
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Arguments of a call; of a call with very long ones those that name something. */
function shortArgs(args: Json): Json {
  if (JSON.stringify(args).length <= LONGEST_ARGS) return args;
  return Object.fromEntries(
    Object.entries(args).flatMap(([key, value]) => {
      const text = JSON.stringify(value);
      return text !== undefined && text.length <= LONGEST_TEXT ? [[key, value]] : [];
    }),
  );
}

const KEPT = ["promotion", "account", "claim", "name", "status", "committed", "discarded"];

/** Of a result what names something; a list as the ids of its rows. */
function gist(result: Json): Json {
  const kept: Json = { known: true };
  for (const key of KEPT) {
    const value = result[key];
    if (value !== undefined && value !== null && typeof value !== "object") kept[key] = value;
  }
  const subject = result.subject as Json | null | undefined;
  if (typeof subject?.promotion === "string") kept.subject = { promotion: subject.promotion };
  for (const [list, key] of [
    ["promotions", "promotion"],
    ["rows", "promotion"],
    ["claims", "claim"],
  ] as const) {
    const rows = result[list];
    if (!Array.isArray(rows)) continue;
    const ids = rows.flatMap((row: Json | null) => (typeof row?.[key] === "string" ? [{ [key]: row[key] }] : []));
    if (ids.length) kept[list] = ids.slice(0, MOST_ROWS);
  }
  const proposals = result.proposals as { change?: Json }[] | undefined;
  if (Array.isArray(proposals) && proposals[0]?.change) {
    const { account, start, end } = proposals[0].change;
    kept.proposals = [{ change: { account, start, end } }];
  }
  return kept;
}
