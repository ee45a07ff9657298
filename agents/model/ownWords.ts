import type { BaseMessage } from "@langchain/core/messages";
import { evidenceOf, trace, type Words } from "../figures/words/index.ts";
import type { Turn } from "../turn.ts";
import { retell } from "./retell.ts";

const DONE =
  "approved|created|submitted|cancelled|canceled|saved|written|booked|moved|settled|deleted|updated|changed|scheduled|logged|done|confirmed";
/** "I approved it", "it has been created", "Done.": only the code that did it may say so. */
const CLAIMS_A_WRITE = new RegExp(
  `\\b(I|we)\\b[^.!?]{0,40}\\b(${DONE})\\b|\\b(is|are|was|were|been|now|gets?)\\b[^.!?]{0,20}\\b(${DONE})\\b|(^|[.!?]\\s+)(${DONE})\\b`,
  "i",
);

/**
 * The words of a language model where they may stand in place of the composed ones: every number, date and id in them is
 * traced to the turn's results, nothing was proposed in the turn, and they do not claim that anything was written. Words in
 * which something cannot be traced are asked for once more, then dropped.
 * @param messages the conversation with the turn's results, for the second asking
 */
export async function ownWords(turn: Turn, messages: readonly BaseMessage[], composed: Words): Promise<Words | null> {
  if (turn.modelName === "offline" || !turn.reply || turn.clarify) return null;
  if (turn.calls.some((call) => call.status === "proposed")) return null;
  const question = messages.findLast((m) => m.getType() === "human")?.text ?? "";
  const evidence = evidenceOf(turn.calls, turn.planner.lexicon, question, composed.reply);
  let words: string | null = turn.reply;
  for (const again of [true, false]) {
    if (!words || CLAIMS_A_WRITE.test(words)) return null;
    const traced = trace(words, evidence, composed);
    if ("reply" in traced) return traced;
    turn.use.untraced += traced.untraced.length;
    for (const { piece, why } of traced.untraced)
      turn.emit({ type: "log", message: `untraced, removed: ${piece} (${why})` });
    words = again ? await retell(turn, messages, traced.untraced) : null;
  }
  return null;
}
