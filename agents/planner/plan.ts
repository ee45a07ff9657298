import { answerTo } from "./answer.ts";
import { featuresOf } from "./features.ts";
import { fill } from "./fill.ts";
import { focusOf } from "./focus.ts";
import { amendPending, followUp } from "./followup.ts";
import { ENOUGH, scoreIntents } from "./intents.ts";
import { isOnly, pendingDecision } from "./pending.ts";
import { type Reading, readSentence } from "./reading.ts";
import { secondStep } from "./twoSteps.ts";
import type { Decision, PlannerContext } from "./types.ts";

/** A sentence this sure of itself is a new request, whatever was asked before. */
const SURE = 6;
const CLEAR_LEAD = 1;
const WRITES = new Set([
  "create_promotion",
  "update_promotion",
  "copy_promotion",
  "cancel_promotion",
  "submit_promotion",
  "decide_promotion",
  "move_funds",
  "settle_claim",
  "log_activity",
]);

/**
 * What a person's sentence asks for, as tool calls, a question back, or a decision about what waits. Pure: the same
 * sentence in the same context gives the same decision.
 */
export function plan(text: string, context: PlannerContext): Decision {
  const reading = readSentence(text, context.lexicon, context.channel);
  const features = featuresOf(reading, context.lexicon);
  const focus = focusOf(context.history, context.lexicon);
  const decided = pendingDecision(reading, features, context);
  if (decided) return decided;
  const talk = smalltalk(reading);
  // "Don't cancel P-1042" asks for nothing to be done.
  const scored = scoreIntents(features).filter((s) => !features.has("head:neg") || !WRITES.has(s.tool));
  const [best] = scored as [(typeof scored)[number]];
  const { asked } = context;
  if (asked && asked.slot !== "decision") {
    if (isOnly(reading, "no", ["filler_yesno", "thanks"])) return { kind: "smalltalk", topic: "thanks" };
    const newRequest =
      best.score >= SURE && (features.has("question") || best.tool !== asked.tool) && !features.has("fragment");
    const answer = newRequest && asked.slot !== "text" ? null : answerTo(asked, reading, features, context, focus);
    if (answer) return answer;
  }
  if (talk && best.score < SURE) return talk;
  const amended = amendPending(reading, features, context, focus);
  if (amended) return amended;
  const elliptic =
    features.has("andfor") ||
    features.has("same") ||
    (features.has("fragment") && best.score < SURE) ||
    best.score < ENOUGH;
  if (elliptic && best.score < SURE + 1) {
    const again = followUp(reading, features, context, focus);
    if (again) return again;
  }
  if (best.score >= ENOUGH) {
    const two = secondStep(reading, features, context);
    if (two) return two;
    return fill(best.tool, reading, features, context);
  }
  return unclear(
    reading,
    scored.filter((s) => s.score > best.score - CLEAR_LEAD && s.score > 1).map((s) => s.tool),
    best.role,
  );
}

function smalltalk(reading: Reading): Decision | null {
  const also = ["filler_yesno", "polite", "greeting", "thanks", "our"];
  if (reading.tokens.length === 0) return { kind: "smalltalk", topic: "help" };
  if (isOnly(reading, "help", ["greeting", "polite", "filler_yesno"])) return { kind: "smalltalk", topic: "help" };
  if (isOnly(reading, "thanks", also)) return { kind: "smalltalk", topic: "thanks" };
  if (isOnly(reading, "greeting", ["filler_yesno"])) return { kind: "smalltalk", topic: "greeting" };
  return null;
}

/** Names or words of the trade were said, but not what is wanted: a question back. Anything else lies outside. */
function unclear(reading: Reading, candidates: readonly string[], role: "assistant" | "advisor" | "expert"): Decision {
  const ours = reading.names.length > 0 || reading.codes.length > 0 || candidates.length > 0;
  if (!ours || reading.concepts.some((c) => c.concepts.includes("outside")))
    return { kind: "smalltalk", topic: "out_of_scope" };
  const options = candidates.slice(0, 3).map((tool) => tool.replaceAll("_", " "));
  const question =
    options.length > 1
      ? `I am not sure what is wanted: ${options.join(", or ")}?`
      : "I am not sure what is wanted: shall I plan a promotion, look at what was, or forecast what will be?";
  return {
    kind: "clarify",
    role,
    question,
    asked: { slot: "intent", tool: candidates[0] ?? "guide", args: {}, question },
    ...(options.length ? { alternatives: options } : {}),
  };
}
