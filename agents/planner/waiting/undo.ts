import { type Features, featuresOf } from "../features.ts";
import type { Focus } from "../focus.ts";
import { WRITES } from "../intents.ts";
import { readSentence } from "../reading.ts";
import type { Decision, PlannerContext, PriorCall } from "../types.ts";
import { idsOf, waitingCall } from "./calls.ts";

/**
 * "Undo that" while something waits: where the last thing was a proposal, nothing is written yet, so a correction of it is
 * taken back, or the proposal dropped. Null where the last thing was written, or another one is named: that is undone.
 */
export function undoWaiting(features: Features, context: PlannerContext, focus: Focus): Decision | null {
  const { pending } = context;
  if (!pending.length || !features.has("head:undo") || features.has("question")) return null;
  if (features.has("promo") || features.has("claimcode")) return null;
  const writes = focus.recent.filter((call) => WRITES.has(call.tool) && call.status !== "error");
  const [last] = writes;
  if (last?.status !== "proposed") return null;
  const waiting = waitingCall(writes, pending);
  if (!waiting) return null;
  const ids = idsOf(waiting);
  const before = correctedBy(last, writes[1], context);
  if (before) return { kind: "calls", role: "assistant", calls: [{ ...before, replaces: ids }], notes: [] };
  return { kind: "decide", decisions: ids.map((id) => ({ id, approve: false })) };
}

/** The proposal that the last one took the place of: of the same tool, and not among what waits any more. */
function correctedBy(last: PriorCall, before: PriorCall | undefined, context: PlannerContext) {
  if (before?.tool !== last.tool || before.status !== "proposed") return null;
  if (before.items?.some((id) => context.pending.some((p) => p.id === id))) return null;
  const said = context.history.findLast((turn) => turn.calls.includes(last))?.text ?? "";
  const undoing = featuresOf(readSentence(said, context.lexicon, context.channel), context.lexicon).has("head:undo");
  return undoing ? null : { tool: before.tool, args: before.args };
}
