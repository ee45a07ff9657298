import { withAlternatives } from "./alternatives.ts";
import { amongListed } from "./amongListed.ts";
import { answerTo, changesOpenPlan } from "./answer.ts";
import { carryOver, draftOfLast } from "./carry/carry.ts";
import { partsOf, together } from "./compound.ts";
import { leavesOut, namesExclusion } from "./exclusions.ts";
import { type Features, featuresOf } from "./features.ts";
import { fill } from "./fill.ts";
import { type Focus, focusOf } from "./focus.ts";
import { followUp } from "./followup.ts";
import { isEnough, isSure, judge, roleOf, type Scored, WRITES } from "./intents.ts";
import { signalsOf } from "./learned/signals.ts";
import { asksWhatWaits, isOnly, pendingDecision, spokenOnly } from "./pending.ts";
import { preferred } from "./preferred.ts";
import { placeIn } from "./promotionRef.ts";
import { type Reading, readAsSaid, readSentence } from "./reading.ts";
import { afterRefusal } from "./refusedFirst.ts";
import { suggested } from "./suggested.ts";
import { LONGEST_INPUT } from "./text/tokens.ts";
import type { Asked, Decision, PlannerContext, PriorCall } from "./types.ts";
import { undoPreference } from "./undoPreference.ts";
import { MEANINGS } from "./vocabulary/index.ts";
import { amendPending } from "./waiting/amend.ts";
import { askOfWaiting, showWaiting, submitsUnsaved } from "./waiting/ask.ts";
import { byClauses } from "./waiting/clauses.ts";
import { namesGone } from "./waiting/pointers.ts";
import { undoWaiting } from "./waiting/undo.ts";

/** Rules that speak this clearly need no second opinion. */
const CLEAR = 6;
/** A reading request that speaks this clearly is one, even while a draft waits. */
const ASKED_CLEARLY = 3;

/**
 * What a person's sentence asks for, as tool calls, a question back, or a decision about what waits. Pure: the same
 * sentence in the same context gives the same decision.
 */
export const plan = (text: string, context: PlannerContext): Decision => preferred(planned(text, context), context);

function planned(text: string, context: PlannerContext): Decision {
  const thread = focusOf(context.history, context.lexicon, context.earlier);
  const whole = readSentence(text, context.lexicon, context.channel);
  const reading = pointed(afterRefusal(whole, context.lexicon, context.channel) ?? whole, thread);
  const features = featuresOf(reading, context.lexicon);
  // What a question has understood so far is spoken of, too.
  const account = context.asked?.args.account;
  const focus =
    typeof account === "string" ? { ...thread, account, last: [openPlan(context.asked!), ...thread.last] } : thread;
  const decided = decisionOnWaiting(text, reading, features, context, focus) ?? undoPreference(features, focus);
  if (decided) return decided;
  const taken =
    context.pending.length || context.asked ? null : suggested(whole, featuresOf(whole, context.lexicon), thread);
  if (taken) return taken;
  const acts = ["cancel", "undo", "approve", "reject", "create", "draftit", "submit", "update", "remove"].some((h) =>
    features.has(`head:${h}`),
  );
  const consent =
    !acts && (isOnly(reading, "yes", ["filler_yesno", "polite"]) || isOnly(reading, "no", ["filler_yesno"]));
  if (
    consent &&
    context.asked === null &&
    context.pending.length === 0 &&
    !isOnly(reading, "thanks", ["polite", "yes"])
  )
    return { kind: "decide", decisions: [] };
  if (
    consent &&
    context.asked &&
    context.asked.slot !== "decision" &&
    context.asked.slot !== "intent" &&
    isOnly(reading, "yes", ["filler_yesno", "polite"])
  )
    return {
      kind: "clarify",
      role: roleOf(context.asked.tool),
      question: context.asked.question,
      asked: context.asked,
    };
  if (!reading.names.length && !reading.codes.length && features.has("outside"))
    return { kind: "smalltalk", topic: "out_of_scope" };
  const talk = smalltalk(reading);
  const judged = judge(features, signalsOf(reading, features));
  // "Don't cancel P-1042" asks for nothing to be done.
  const tools = judged.tools.filter(
    // "Don't use tables" is a wish of its own.
    (s) => !features.has("head:neg") || !WRITES.has(s.tool) || s.tool === "set_preference",
  );
  const [best] = tools as [Scored];
  const sure = isSure(best) && judged.none < 0.5;
  const asked = context.asked ?? (sure && !features.has("fragment") ? null : leftOpen(context));
  if (asked && asked.slot !== "decision") {
    if (isOnly(reading, "no", ["filler_yesno", "thanks", "polite"])) return { kind: "smalltalk", topic: "dropped" };
    const newRequest =
      sure &&
      !changesOpenPlan(asked, features) &&
      (features.has("question") || best.tool !== asked.tool) &&
      (!features.has("fragment") || asksElsewhere(asked, best));
    const aside = features.has("question") && !features.has("andfor") && !WRITES.has(best.tool) && isEnough(best);
    const answer =
      (newRequest || aside) && asked.slot !== "text" ? null : answerTo(asked, reading, features, context, focus);
    if (answer) return goingOn(answer, asked);
  }
  const says = features.has("fragment") && ["offer", "dates", "acct", "prod"].some((f) => features.has(f));
  const completed = asked?.slot === "intent" && says ? completedBy(asked, text, context) : null;
  if (completed) return completed;
  const chosen = asked?.slot === "intent" ? intentChosen(asked, reading, best) : null;
  if (chosen) {
    const first = readSentence(chosen.text, context.lexicon, context.channel);
    return fill(chosen.tool, first, featuresOf(first, context.lexicon), context, focus);
  }
  if (talk && !(best.score >= CLEAR)) return talk;
  const carried = carryOver(text, reading, context, plan);
  if (carried) return carried;
  // "budget Bramley", "report calendar next quarter": short as it is, a request of its own and no change of what waits.
  const elsewhere = sure && !WRITES.has(best.tool) && best.score >= ASKED_CLEARLY;
  const aboutWaiting =
    askOfWaiting(reading, features, context, focus) ??
    (elsewhere ? null : amendPending(reading, features, context, focus));
  if (aboutWaiting) return aboutWaiting;
  const among = amongListed(reading, features, context, focus);
  if (among) return among;
  const drafted = draftOfLast(reading, features, context, focus);
  if (drafted) return drafted;
  const enough = isEnough(best) && !(judged.none > 0.5 && best.score < CLEAR);
  const last = focus.last[0]?.tool;
  const elliptic =
    (features.has("andfor") && !(isEnough(best) && features.has("asks") && best.tool !== last)) ||
    (last === best.tool &&
      !WRITES.has(best.tool) &&
      reading.names.length === 0 &&
      (features.has("pronoun") || reading.tokens.length < 9)) ||
    features.has("same") ||
    narrowsLast(reading, features, last) ||
    (features.has("fragment") && !sure) ||
    !enough ||
    judged.none > 0.4;
  if (elliptic && (best.score < CLEAR + 1 || best.tool === last || narrowsLast(reading, features, last))) {
    const again = followUp(reading, features, context, focus);
    if (again) return again;
  }
  const several = reading.text === whole.text ? severalRequests(text, context, best) : null;
  if (several) return several;
  if (enough) return withAlternatives(fill(best.tool, reading, features, context, focus), features);
  const candidates = tools.filter((s) => s.likely > 0.15 || s.score >= 1.5);
  return unclear(reading, text, candidates, judged.none);
}

const SHORT = 8;
/** "leave out Gelato Nove", "without multibuys?" after an answer, "at most three" after a plan: nothing but what narrows it. */
function narrowsLast(reading: Reading, features: Features, last: string | undefined): boolean {
  const has = (...names: string[]): boolean => names.some((name) => features.has(name));
  if (last === undefined || reading.tokens.length > SHORT || has("metricword", "which", "promo", "dates", "past"))
    return false;
  if (leavesOut(last)) return !has("offer") && namesExclusion(reading);
  return last === "plan_promotions" && !has("head:create", "acct") && has("atmost", "denied", "without2", "nosupport");
}

/** What a sentence decides about what waits, or wants to see of it. */
function decisionOnWaiting(
  text: string,
  reading: Reading,
  features: Features,
  context: PlannerContext,
  focus: Focus,
): Decision | null {
  if (!context.pending.length) return asksWhatWaits(reading, features) ? { kind: "readback" } : null;
  const undone = undoWaiting(features, context, focus);
  if (undone) return undone;
  if (namesGone(reading, context.pending)) return { kind: "readback", why: "gone" };
  const several = byClauses(readAsSaid(text, context.lexicon, context.channel), context);
  if (several) return spokenOnly(several, context);
  const shown = showWaiting(reading, features, context, focus);
  if (shown) return shown;
  if (submitsUnsaved(reading, features, context)) return { kind: "readback", why: "unsaved" };
  return pendingDecision(reading, context);
}

/** What was to follow the answer follows it still, and is kept by the next question. */
function goingOn(answer: Decision, { followUp }: Asked): Decision {
  if (!followUp) return answer;
  if (answer.kind === "calls") return { ...answer, followUp };
  return answer.kind === "clarify" ? { ...answer, asked: { ...answer.asked, followUp } } : answer;
}

/** What a question is about, as if it had been called: "what would it bring?" means that plan. */
const openPlan = ({ tool, args }: Asked): PriorCall => ({ tool, args, status: "ok", result: {} });

const ASKED_OF_DRAFTS = new Set(["account", "start", "end", "discount"]);
const LOOK_BACK = 3;

/** What was asked for a draft before the talk went elsewhere: the slots that the earlier sentence left open. */
function leftOpen(context: PlannerContext): Asked | null {
  const turns = context.history.slice(-LOOK_BACK).toReversed();
  for (const turn of turns) {
    if (turn.calls.some((c) => WRITES.has(c.tool))) return null;
    if (turn.calls.length > 0) continue;
    const decision = plan(turn.text, { ...context, history: [], pending: [], asked: null });
    if (decision.kind !== "clarify") return null;
    const { asked } = decision;
    return asked.tool === "create_promotion" && ASKED_OF_DRAFTS.has(asked.slot) ? asked : null;
  }
  return null;
}

/** "the second one", after a list: that promotion or claim, as if its code had been said. */
function pointed(reading: Reading, focus: Focus): Reading {
  if (reading.codes.length || reading.names.length || reading.tokens.length > 14) return reading;
  // "the first one I created in this chat" counts what was made, not what the last list showed.
  if (reading.concepts.some((c) => c.concepts.includes("inthread"))) return reading;
  const both = reading.tokens.some((t) => t.text === "both" || t.text === "them") && focus.spoken.length > 1;
  if (both)
    return {
      ...reading,
      codes: focus.spoken.slice(0, 2).map((code) => ({ from: 0, to: 0, kind: "promotion", code, known: true })),
    };
  const { promotions, claims } = focus.listed;
  for (const [kind, list] of [
    ["promotion", promotions],
    ["claim", claims],
  ] as const) {
    const code = placeIn(reading, list);
    if (code) return { ...reading, codes: [{ from: 0, to: 0, kind, code, known: true }] };
  }
  return reading;
}

/** "Approve P-1042 and tell me what is left in the fund": each part a clear request of its own. A note is never cut up. */
function severalRequests(text: string, context: PlannerContext, whole: Scored): Decision | null {
  if (whole.tool === "log_activity") return null;
  const parts = partsOf(text, context.lexicon.people);
  if (parts.length < 2) return null;
  const read = parts.map((part) => {
    const reading = readSentence(part, context.lexicon, context.channel);
    const features = featuresOf(reading, context.lexicon);
    const [best] = judge(features, signalsOf(reading, features)).tools as [Scored];
    return { reading, features, best };
  });
  if (read.some(({ best }) => best.score < CLEAR || best.tool === "log_activity")) return null;
  const [first, ...more] = read as [(typeof read)[number], ...typeof read];
  if (more.every((part) => part.best.tool === first.best.tool)) return null;
  const focus = focusOf(context.history, context.lexicon, context.earlier);
  const decisions = read.map((r) => fill(r.best.tool, r.reading, r.features, context, focus));
  // What cannot be done before the first part is decided ("… and submit it") waits for the person to say it again.
  const [lead] = decisions as [Decision];
  const all = together(decisions);
  return all ?? (WRITES.has(first.best.tool) && lead.kind === "calls" ? lead : null);
}

/** "Yes", "the second", "forecast it" after "Shall I …?": which of the offers is taken, for the sentence that led to it. */
function intentChosen(asked: Asked, reading: Reading, best: Scored): { tool: string; text: string } | null {
  const { text, tools } = asked.args as { text?: string; tools?: string[] };
  if (!text || !tools?.length) return null;
  const place = reading.quantities.find((q) => q.kind === "number" && (q.ordinal || reading.tokens.length === 1));
  const byPlace = place?.kind === "number" ? tools[place.value - 1] : undefined;
  const agreed = isOnly(reading, "yes", ["filler_yesno", "polite"]) ? tools[0] : undefined;
  const named =
    reading.tokens.length < 7 && reading.names.length === 0 && tools.includes(best.tool) ? best.tool : undefined;
  const tool = byPlace ?? agreed ?? named;
  return tool ? { tool, text } : null;
}

/** "first tell me what is left in the fund", while a draft's slot is open: what is read elsewhere is no answer to it. */
const asksElsewhere = (asked: Asked, best: Scored): boolean =>
  asked.tool === "create_promotion" && !WRITES.has(best.tool) && best.score >= ASKED_CLEARLY;

/** "Polar Lane, Estuary, 19 July to 1 August" and then "a quarter off": both together say what is wanted. */
function completedBy(asked: Asked, text: string, context: PlannerContext): Decision | null {
  const { text: before } = asked.args as { text?: string };
  if (!before) return null;
  const decision = plan(`${before}, ${text}`, { ...context, asked: null });
  const unclear = decision.kind === "clarify" && decision.asked.slot === "intent";
  return decision.kind === "smalltalk" || decision.kind === "decide" || unclear ? null : decision;
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
function unclear(reading: Reading, text: string, candidates: readonly Scored[], none: number): Decision {
  const ours = reading.names.length > 0 || reading.codes.length > 0 || (candidates.length > 0 && none < 0.5);
  if (!ours || reading.concepts.some((c) => c.concepts.includes("outside")))
    return { kind: "smalltalk", topic: "out_of_scope" };
  const options = candidates.slice(0, 3).map((s) => MEANINGS[s.tool] ?? s.tool.replaceAll("_", " "));
  const question = options.length
    ? `I am not sure what is wanted. Shall I ${options.length > 1 ? `${options.slice(0, -1).join(", ")} or ${options.at(-1)}` : options[0]}?`
    : "I am not sure what is wanted. Shall I plan a promotion, look at what was, or forecast what will be?";
  const [first] = candidates;
  const args = { text: text.slice(0, LONGEST_INPUT), tools: candidates.slice(0, 3).map((s) => s.tool) };
  const asked = { slot: "intent", tool: first?.tool ?? "guide", args, question };
  return {
    kind: "clarify",
    role: first?.role ?? "assistant",
    question,
    asked,
    ...(options.length ? { alternatives: options } : {}),
  };
}
