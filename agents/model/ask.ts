import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { Turn } from "../turn.ts";
import { forModel } from "../words/outside.ts";
import { conversation, shortened } from "./conversation.ts";
import { tidy } from "./tidy.ts";
import { type Callable, specOf } from "./toolSpec.ts";
import { countAnswer, isSpent } from "./use.ts";
import { faultOf, ModelFault } from "./wire/fault.ts";

/**
 * What the turn's model says next. A language model that fails, that makes calls which no tool takes for the second time,
 * or that would answer without having looked is replaced by the built-in planner for the rest of the turn, which goes on
 * from what was done already; `turn.modelNote` says so.
 */
export async function ask(
  turn: Turn,
  tools: readonly Callable[],
  messages: readonly BaseMessage[],
): Promise<AIMessage> {
  return (await fromModel(turn, tools, messages)) ?? ((await turn.offline.invoke([...messages])) as AIMessage);
}

async function fromModel(
  turn: Turn,
  tools: readonly Callable[],
  messages: readonly BaseMessage[],
): Promise<AIMessage | null> {
  if (turn.model === turn.offline || !turn.language) return null;
  if (isSpent(turn.use, turn.language.limits)) {
    if (!turn.calls.some(isUseful)) return giveUp(turn, "came to no answer within its limits");
    noteStopped(turn);
    return new AIMessage("");
  }
  const said = await request(turn, tools, messages);
  if (!said) return null;
  const find = (name: string) => tools.find((tool) => tool.name === name) ?? turn.registry.get(name);
  const { message, wrong } = tidy(said, find, turn.calls);
  for (const line of wrong) turn.emit({ type: "log", message: `${turn.language.name}: ${line}` });
  if (wrong.length && ++turn.use.mistakes > 1) return giveUp(turn, "twice called tools in a way that they do not take");
  if (message.tool_calls?.length || turn.calls.some(isUseful)) return message;
  if (!message.text) return giveUp(turn, "gave no answer");
  if (turn.decision.kind === "calls") return giveUp(turn, "answered without looking anything up");
  // What is missing is asked by code, so that the answer to it is understood.
  return turn.decision.kind === "clarify" ? null : message;
}

/** Says that a language model went on calling tools where it should have answered. */
export function noteStopped(turn: Turn): void {
  if (turn.model === turn.offline || !turn.language) return;
  turn.modelNote = "The language model kept calling tools; it was stopped, and this is what it found.";
}

/** A call that brought something; one that no tool takes, or nobody asked for, did not. */
const isUseful = ({ result }: Turn["calls"][number]): boolean => result.invalid !== true && result.code !== "not_asked";

/** One request of the language model; once more with less where it was too long. @returns null where it brought nothing: the planner goes on */
export async function request(
  turn: Turn,
  tools: readonly Callable[],
  messages: readonly BaseMessage[],
): Promise<AIMessage | null> {
  if (!turn.language || turn.model === turn.offline) return null;
  const unfit = turn.use.calls === 0 ? await turn.language.unfit() : null;
  if (unfit) return giveUp(turn, unfit);
  const read = forModel(messages);
  try {
    return await once(turn, tools, read).catch((thrown) => {
      if (faultOf(thrown).kind !== "too_long") throw thrown;
      turn.emit({ type: "thinking", says: "the conversation is too long for the model; asking with less of it" });
      return once(turn, tools, shortened(read));
    });
  } catch (thrown) {
    const fault = faultOf(thrown);
    turn.emit({ type: "log", message: `${turn.language.name}: ${fault.kind}: ${fault.message}` });
    return giveUp(turn, `did not answer (it ${fault.says})`);
  }
}

async function once(turn: Turn, tools: readonly Callable[], messages: readonly BaseMessage[]): Promise<AIMessage> {
  const started = turn.clock();
  turn.use.calls++;
  try {
    const bound = turn.model.bindTools?.(tools.map(specOf) as never[]);
    if (!bound) throw new ModelFault("no_tools", "the client cannot bind tools");
    const said = (await bound.invoke(conversation(messages))) as AIMessage;
    countAnswer(turn.use, said);
    return said;
  } finally {
    turn.use.ms += turn.clock() - started;
  }
}

/** The built-in planner goes on, and the reply says why; without the model's name, whose digits would read as figures. */
function giveUp(turn: Turn, why: string): null {
  turn.modelNote = `The language model ${why}, so the built-in offline planner answered instead.`;
  turn.emit({ type: "log", message: `${turn.language?.name}: ${why}; the built-in planner goes on` });
  turn.model = turn.offline;
  turn.modelName = "offline";
  return null;
}
