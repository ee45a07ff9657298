import { readFileSync } from "node:fs";
import { AIMessage, type BaseMessage, SystemMessage } from "@langchain/core/messages";
import { END, type Runtime, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import type { Role } from "../../tools/define.ts";
import type { Registry } from "../../tools/registry.ts";
import { ask } from "../model/ask.ts";
import { runCalls } from "../nodes/runCalls.ts";
import { roleSchema, ThreadState } from "../state.ts";
import type { Turn } from "../turn.ts";

/** A turn may think this often in one role before it has to answer. */
const MOST_THOUGHTS = 6;

/** What a language model reads before the thread: the role's policy, then today's facts. The built-in planner does not need it. */
const policyOf = (role: Role): string => readFileSync(new URL(`./${role}.md`, import.meta.url), "utf8");

const hasCalls = (message: BaseMessage | undefined): boolean =>
  message !== undefined && AIMessage.isInstance(message) && (message.tool_calls?.length ?? 0) > 0;

const HAND_OVER = "hand_over";
const handOverFrom = (role: Role) => ({
  name: HAND_OVER,
  description:
    "Carries the request over to another role: assistant (acts, drafts, guides), advisor (history, market), expert (forecasts, scenarios, plans).",
  schema: z.strictObject({ role: roleSchema.exclude([role]) }),
});

/** One role's graph: think, run the calls, think again, until there is nothing to call or another role is needed. */
export function buildRole(role: Role, registry: Registry) {
  const policy = policyOf(role);
  const handOver = handOverFrom(role);
  const tools = [...registry.ofRole(role), handOver];

  const think = async (state: typeof ThreadState.State, runtime: Runtime<Turn>): Promise<typeof ThreadState.Update> => {
    const turn = runtime.context as Turn;
    turn.role = role;
    const system = new SystemMessage(`${policy}\n\n${factsOf(turn, state)}`);
    const message = await ask(turn, tools, [system, ...state.messages]);
    const over = handOver.schema.safeParse(message.tool_calls?.find((call) => call.name === HAND_OVER)?.args);
    if (over.success) {
      // Beside other calls it says nothing new: the first of them shows the way.
      message.tool_calls = message.tool_calls?.filter((call) => call.name !== HAND_OVER) ?? [];
      if (!hasCalls(message)) return { role: over.data.role };
    }
    const { notes, asked } = message.additional_kwargs as {
      notes?: string[];
      asked?: (typeof ThreadState.State)["asked"];
    };
    turn.notes.push(...(notes ?? []));
    if (!hasCalls(message)) {
      if (asked) turn.clarify = message.text;
      turn.reply = message.text;
      return asked ? { asked, role } : { role };
    }
    return { messages: [message], role: registry.get(message.tool_calls?.[0]?.name ?? "")?.role ?? role };
  };

  return new StateGraph(ThreadState)
    .addNode("think", think as never)
    .addNode("act", runCalls as never)
    .addConditionalEdges(START, (state) => (hasCalls(state.messages.at(-1)) ? "act" : "think"), ["act", "think"])
    .addConditionalEdges("think", (state) => (hasCalls(state.messages.at(-1)) && state.role === role ? "act" : END), [
      "act",
      END,
    ])
    .addConditionalEdges(
      "act",
      (state) => (asksBack(state) || thoughts(state.messages) >= MOST_THOUGHTS ? END : "think"),
      ["think", END],
    )
    .compile();
}

/** True where the last calls brought a question for the person, so that there is nothing more to think. */
const asksBack = (state: typeof ThreadState.State): boolean => state.asked !== null && (state.asked.age ?? 0) === 0;

/** Thoughts since the person last spoke. */
function thoughts(messages: readonly BaseMessage[]): number {
  const from = messages.findLastIndex((m) => m.getType() === "human");
  return messages.slice(from).filter((m) => m.getType() === "ai").length;
}

function factsOf(turn: Turn, state: typeof ThreadState.State): string {
  const { lexicon } = turn.planner;
  return [
    `Today is ${lexicon.today}. The person is ${turn.context.actor.name} (${turn.context.actor.role}).`,
    `Accounts: ${lexicon.accounts
      .slice(0, 100)
      .map((a) => [a.name, ...a.aliases].join(" / "))
      .join("; ")}.`,
    `Brands: ${lexicon.brands.map((b) => `${b.name} (${b.category})`).join("; ")}.`,
    state.pending.length
      ? `Waiting for the person's decision (only the person decides): ${JSON.stringify(state.pending.map(({ id, kind, change }) => ({ id, kind, change })))}.`
      : "",
  ].join("\n");
}
