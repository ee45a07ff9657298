import { readFileSync } from "node:fs";
import { SystemMessage, type ToolCall } from "@langchain/core/messages";
import { END, START, StateGraph } from "@langchain/langgraph";
import { z } from "zod";
import type { Role } from "../../tools/define.ts";
import type { Registry } from "../../tools/registry.ts";
import { type InTurn, nodeOf, turnOfContext } from "../inTurn.ts";
import { memoryWords, preferencesWords } from "../memory/words.ts";
import { ask, noteStopped } from "../model/ask.ts";
import { openCalls, runCalls } from "../nodes/runCalls.ts";
import { type Asked, roleSchema } from "../state.ts";
import type { Turn } from "../turn.ts";
import { mayHandOver } from "../words/asked.ts";
import { ABOUT_QUOTED, isPlainName, quoteOutside } from "../words/outside.ts";
import type { AssistantState, ReadingState, RoleState, RoleUpdate } from "./states.ts";

/** One role may think this often about a request before it has to answer. */
const MOST_THOUGHTS = 6;

const HAND_OVER = "hand_over";
const handOverFrom = (role: Role) => ({
  name: HAND_OVER,
  description:
    "Carries the request over to another role once this one's calls have run: assistant (acts, drafts, guides), advisor (history, market), expert (forecasts, scenarios, plans).",
  schema: z.strictObject({ role: roleSchema.exclude([role]) }),
});

/** What every role reads about numbers. */
const FIGURES = "./figures.md";

/** What a role is: its state, and what a language model reads before the thread. Its tools are those that carry its name. */
export interface RoleSpec {
  readonly role: Role;
  readonly state: typeof AssistantState | typeof ReadingState;
  /** File of the policy, beside this one; the built-in planner does not need it. */
  readonly policy: string;
}

/**
 * One role's graph: think, run the calls, think again, until there is nothing to call or another role is needed. It leaves
 * with `role` set to whose turn it is then: calls of another role's tools are left open for that one.
 */
export function buildRole(spec: RoleSpec, registry: Registry, inTurn: InTurn = turnOfContext) {
  const { role } = spec;
  const policy = [spec.policy, FIGURES].map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join("\n");
  const handOver = handOverFrom(role);
  const tools = [...registry.ofRole(role), handOver];
  const ownerOf = (call: ToolCall | undefined): Role => (call && registry.get(call.name)?.role) ?? role;
  const hasOwn = (state: RoleState): boolean => openCalls(state.messages).some((call) => ownerOf(call) === role);

  const think = async (state: RoleState, turn: Turn): Promise<RoleUpdate> => {
    turn.role = role;
    const thoughts = state.thoughts + 1;
    const system = new SystemMessage(`${policy}\n\n${factsOf(turn, state)}`);
    const message = await ask(turn, tools, [system, ...state.messages]);
    const { notes, asked, undone } = message.additional_kwargs as { notes?: string[]; asked?: Asked; undone?: string };
    if (undone) turn.undone = undone;
    turn.notes.push(...(notes ?? []));
    const handed = message.tool_calls?.find((call) => call.name === HAND_OVER);
    const wanted = handOver.schema.safeParse(handed?.args).data?.role ?? null;
    const next = wanted && mayHandOver(turn, state.messages, wanted) ? wanted : null;
    if (handed) message.tool_calls = message.tool_calls?.filter((call) => call.name !== HAND_OVER) ?? [];
    const [first] = message.tool_calls ?? [];
    if (first) {
      const own = hasOwn({ ...state, messages: [message] });
      return { messages: [message], role: own ? role : ownerOf(first), next, thoughts };
    }
    if (next) return { role: next, thoughts };
    if (asked) turn.clarify = message.text;
    turn.reply = message.text;
    return asked ? { asked, role, thoughts } : { role, thoughts };
  };

  const act = async (state: RoleState, turn: Turn): Promise<RoleUpdate> => {
    turn.role = role;
    const update = await runCalls(role, state, turn);
    const [open] = openCalls([...state.messages, ...update.messages]);
    if (state.thoughts >= MOST_THOUGHTS) noteStopped(turn);
    return { ...update, role: open ? ownerOf(open) : (!asksBack(update.asked) && state.next) || role };
  };

  const afterAct = (state: RoleState): "think" | typeof END =>
    asksBack(state.asked) || state.role !== role || state.thoughts >= MOST_THOUGHTS ? END : "think";

  return new StateGraph(spec.state)
    .addNode("think", nodeOf(inTurn, think))
    .addNode("act", nodeOf(inTurn, act))
    .addConditionalEdges(START, (state) => (hasOwn(state) ? "act" : "think"), ["act", "think"])
    .addConditionalEdges("think", (state) => (hasOwn(state) && state.role === role ? "act" : END), ["act", END])
    .addConditionalEdges("act", afterAct, ["think", END])
    .compile({ checkpointer: false });
}

/** True where the last calls brought a question for the person, so that there is nothing more to think. */
const asksBack = (asked: Asked | null): boolean => asked !== null && (asked.age ?? 0) === 0;

function factsOf(turn: Turn, state: RoleState): string {
  const { lexicon } = turn.planner;
  const pending = state.pending ?? turn.planner.pending;
  const known = (names: readonly string[]): string[] => names.filter(isPlainName);
  return [
    `Today is ${lexicon.today}. The person is ${turn.context.actor.name} (${turn.context.actor.role}).`,
    `Accounts: ${lexicon.accounts
      .slice(0, 100)
      .map((a) => known([a.name, ...a.aliases]).join(" / ") || `account ${a.id}`)
      .join("; ")}.`,
    `Brands: ${lexicon.brands
      .filter((b) => known([b.name, b.category]).length === 2)
      .map((b) => `${b.name} (${b.category})`)
      .join("; ")}.`,
    memoryWords(turn.planner.earlier ?? [], turn.context.conversation?.forgotten ?? 0),
    preferencesWords(turn.planner.preferences ?? {}),
    ABOUT_QUOTED,
    pending.length
      ? `Waiting for the person's decision (only the person decides): ${JSON.stringify(quoteOutside(pending.map(({ id, kind, change }) => ({ id, kind, change }))))}.`
      : "",
  ].join("\n");
}
