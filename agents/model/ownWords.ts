import { bindText } from "../figures/bind.ts";
import { type Proven, prove } from "../figures/prove.ts";
import type { Turn } from "../turn.ts";

const DONE =
  "approved|created|submitted|cancelled|canceled|saved|written|booked|moved|settled|deleted|updated|changed|scheduled|logged|done|confirmed";
/** "I approved it", "it has been created", "Done.": only the code that did it may say so. */
const CLAIMS_A_WRITE = new RegExp(
  `\\b(I|we)\\b[^.!?]{0,40}\\b(${DONE})\\b|\\b(is|are|was|were|been|now|gets?)\\b[^.!?]{0,20}\\b(${DONE})\\b|(^|[.!?]\\s+)(${DONE})\\b`,
  "i",
);

/**
 * The words of a language model where they may stand in place of the composed reply: every number in them is bound to a
 * result, nothing had to be taken out, nothing was proposed in the turn, and they do not claim that anything was written.
 */
export function ownWords(turn: Turn, names: readonly string[]): Proven | null {
  if (turn.modelName === "offline" || !turn.reply || turn.clarify) return null;
  if (turn.calls.some((call) => call.status === "proposed")) return null;
  if (CLAIMS_A_WRITE.test(turn.reply)) return null;
  const bound = bindText(turn.reply, turn.calls, names);
  const own = prove(bound.text, bound.figures, turn.calls, names);
  for (const piece of own.removed) turn.emit({ type: "log", message: `untraced figure removed: ${piece}` });
  return own.reply && own.removed.length === 0 ? own : null;
}
