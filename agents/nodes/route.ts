import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { Command, type Runtime } from "@langchain/langgraph";
import { z } from "zod";
import type { Role } from "../../tools/define.ts";
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
export async function route(state: typeof ThreadState.State, runtime: Runtime<Turn>): Promise<Command> {
  const turn = runtime.context as Turn;
  const { decision } = turn;
  const known: Role | null = "role" in decision ? decision.role : null;
  const role = known ?? (await chosenByModel(state, turn)) ?? state.role;
  return new Command({ goto: role, update: { role, asked: wasDropped(decision) ? null : stillOpen(state.asked) } });
}

async function chosenByModel(state: typeof ThreadState.State, turn: Turn): Promise<Role | null> {
  if (turn.model === turn.offline) return null;
  try {
    const last = state.messages.at(-1)?.text ?? "";
    const message = await turn.model.bindTools!([choice] as never).invoke([
      new SystemMessage(QUESTION),
      new HumanMessage(last),
    ]);
    const parsed = choice.schema.safeParse((message as { tool_calls?: { args: unknown }[] }).tool_calls?.[0]?.args);
    return parsed.success ? parsed.data.role : null;
  } catch {
    // The role's own call of the model meets the same failure and says so.
    return null;
  }
}

const wasDropped = (decision: Decision): boolean => decision.kind === "smalltalk" && decision.topic === "dropped";

/** A question that a sentence did not answer stays open for a while: the person may first want to know something else. */
function stillOpen(asked: Asked | null): Asked | null {
  const age = (asked?.age ?? 0) + 1;
  return asked && age <= ASKED_STAYS ? { ...asked, age } : null;
}
