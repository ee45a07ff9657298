import { type AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { Command } from "@langchain/langgraph";
import { z } from "zod";
import type { Role } from "../../tools/define.ts";
import { request } from "../model/ask.ts";
import { tidy } from "../model/tidy.ts";
import type { Decision } from "../planner/index.ts";
import { ASKED_STAYS, type Asked, roleSchema, type ThreadState } from "../state.ts";
import type { Turn } from "../turn.ts";

const choice = {
  name: "choose_role",
  description: "Chooses the role that the person's last sentence needs.",
  schema: z.strictObject({ role: roleSchema }),
};

const QUESTION = `Choose the role for the person's last sentence by calling choose_role:
assistant acts (creates, changes, submits promotions, budgets, claims, notes, reports) and explains how to do things;
advisor reads history and market (which, why, what worked, reviews, risks, growth);
expert computes what lies ahead (baselines, forecasts, scenarios, plans, forecast accuracy, responses).`;

/** Sends the turn to a role: what the built-in planner is sure of goes by it, else a language model chooses where one is set. */
export async function route(state: typeof ThreadState.State, turn: Turn): Promise<Command> {
  const { decision } = turn;
  const known: Role | null = "role" in decision ? decision.role : null;
  const chosen = known || isPleasantry(decision) ? null : await chosenByModel(state, turn);
  const role = known ?? chosen?.role ?? state.role;
  return new Command({
    goto: role,
    update: {
      role,
      asked: wasDropped(decision) ? null : stillOpen(state.asked),
      ...(chosen?.message ? { messages: [chosen.message] } : {}),
    },
  });
}

/** @returns the role, and what the model said where it called a tool at once instead of choosing */
async function chosenByModel(
  state: typeof ThreadState.State,
  turn: Turn,
): Promise<{ readonly role: Role; readonly message?: AIMessage } | null> {
  const last = state.messages.at(-1)?.text ?? "";
  const said = await request(turn, [choice], [new SystemMessage(QUESTION), new HumanMessage(last)]);
  if (!said) return null;
  const called = said.tool_calls?.find(({ name }) => name === choice.name)?.args;
  const parsed = choice.schema.safeParse(called ?? { role: said.text.trim().toLowerCase() });
  if (parsed.success) return { role: parsed.data.role };
  const { message, wrong } = tidy(said, (name) => turn.registry.get(name), turn.calls);
  const role = turn.registry.get(message.tool_calls?.[0]?.name ?? "")?.role;
  return role && wrong.length === 0 ? { role, message } : null;
}

/** A greeting, thanks: no role is needed for it. */
const isPleasantry = (decision: Decision): boolean =>
  decision.kind === "smalltalk" && decision.topic !== "out_of_scope";

const wasDropped = (decision: Decision): boolean => decision.kind === "smalltalk" && decision.topic === "dropped";

/** A question that a sentence did not answer stays open for a while: the person may first want to know something else. */
function stillOpen(asked: Asked | null): Asked | null {
  const age = (asked?.age ?? 0) + 1;
  return asked && age <= ASKED_STAYS ? { ...asked, age } : null;
}
