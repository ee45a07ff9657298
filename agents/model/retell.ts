import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { Turn } from "../turn.ts";
import { forModel } from "../words/outside.ts";
import { conversation } from "./conversation.ts";
import { countAnswer, isSpent } from "./use.ts";

const AGAIN = new SystemMessage(
  `You told a key account manager what tools had found, and some of what you wrote could not be traced to their results.
Write the answer again. Say only numbers, dates and ids that stand in the results, each with the name of what it belongs to
and the name of its measure; best by reference, as [[0:/rows/0/net_roi]] (call 0 of this turn, the path in its result). Leave
out whatever the results do not hold. Call no tool.`,
);

/**
 * Asks the model once more for its words, telling it which of them nothing stands behind. @returns null where it may not be
 * asked again in this turn, or fails: the composed reply stands
 */
export async function retell(
  turn: Turn,
  messages: readonly BaseMessage[],
  untraced: readonly { readonly piece: string; readonly why: string }[],
): Promise<string | null> {
  if (!turn.language || turn.model === turn.offline || isSpent(turn.use, turn.language.limits)) return null;
  const complaint = untraced.map(({ piece, why }) => `- "${piece}": ${why}`).join("\n");
  const started = turn.clock();
  turn.use.calls++;
  turn.emit({ type: "thinking", says: "checking the figures of the answer" });
  try {
    const said = (await turn.model.invoke([
      AGAIN,
      ...conversation(forModel([...messages, new AIMessage(turn.reply)])),
      new HumanMessage(`These pieces could not be traced:\n${complaint}\nWrite the answer again without them.`),
    ])) as AIMessage;
    countAnswer(turn.use, said);
    return said.text.trim() || null;
  } catch (error) {
    turn.emit({
      type: "log",
      message: `the answer was not told again: ${error instanceof Error ? error.message : error}`,
    });
    return null;
  } finally {
    turn.use.ms += turn.clock() - started;
  }
}
