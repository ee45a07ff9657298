import type { Features } from "./features.ts";
import type { Reading } from "./reading.ts";
import type { Asked, Decision, ItemDecision, PendingItem, PlannerContext } from "./types.ts";
import { CONCEPTS } from "./vocabulary/index.ts";
import { valueAt } from "./vocabulary/match.ts";
import { itemsIn, onlyPoints } from "./waiting/pointers.ts";
import { APPROVES, REFUSES } from "./waiting/verdicts.ts";

/** True where a sentence is nothing but words of these ideas, at least one of them of the first. */
export function isOnly(reading: Reading, wanted: string, alsoAllowed: readonly string[]): boolean {
  const { tokens } = reading;
  let found = false;
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i]!;
    if (token.kind === "mark") {
      i++;
      continue;
    }
    const to = valueAt(tokens, i, CONCEPTS, wanted);
    const other = Math.max(...alsoAllowed.map((value) => valueAt(tokens, i, CONCEPTS, value)), -1);
    if (to < 0 && other < 0) return false;
    if (to >= other) found = true;
    i = Math.max(to, other);
  }
  return found;
}

const ASKING = new Set([
  "is",
  "are",
  "was",
  "were",
  "does",
  "did",
  "should",
  "would",
  "may",
  "might",
  "what",
  "which",
  "why",
  "how",
  "when",
  "who",
]);
/** "is that ok", "ok?": a question decides nothing. */
const asks = ({ tokens }: Reading): boolean => tokens.at(-1)?.text === "?" || ASKING.has(tokens[0]?.text ?? "");

/** Beside a yes only these may stand: "wait", "but" or "also" make it something else. */
const BESIDE_YES = ["filler_yesno", "thanks"];
const BESIDE_NO = [...BESIDE_YES, "polite"];

/** Praise of what was shown is no order to write it. */
const PRAISE = new Set(["great", "good", "right", "exactly", "correct", "thanks", "perfect", "excellent"]);

/** "yes", "ok, save it please": a yes and nothing else. */
const consents = (reading: Reading): boolean =>
  isOnly(reading, "yes", BESIDE_YES) &&
  !reading.tokens.every((t) => t.kind === "mark" || PRAISE.has(t.text) || FILLERS.has(t.text));
const FILLERS = new Set([
  "that",
  "thats",
  "is",
  "this",
  "it",
  "very",
  "just",
  "so",
  "well",
  "you",
  "thank",
  "a",
  "lot",
]);

/**
 * A typed yes or no about what waits; by code, not by judgement. Every clause that decides has to be words of consent or
 * refusal and, where one of several is meant, words that point to it; what else a sentence says is a request of its own.
 */
export function pendingDecision(reading: Reading, context: PlannerContext): Decision | null {
  const { pending, channel, asked } = context;
  if (pending.length === 0) return null;
  if (isOnly(reading, "waitinglist", BESIDE_NO)) return { kind: "readback" };
  if (asks(reading)) return null;
  if (isOnly(reading, "later", [...BESIDE_NO, "no", "yes"])) return { kind: "readback", why: "keep" };
  const whole = { from: 0, to: reading.tokens.length };
  const chosen = itemsIn(reading, whole, pending);
  const pointed = chosen && onlyPoints(reading, whole, pending, (i) => decides(reading, i)) ? chosen : null;
  const only = asked?.slot === "decision" && pointed ? (asked.args.approve as boolean) : null;
  if (chosen && chosen.length < pending.length && leavesOut(reading))
    return { kind: "decide", decisions: chosen.map(({ id }): ItemDecision => ({ id, approve: false })) };
  const no = isOnly(reading, "no", BESIDE_NO) || refusesWithReason(reading);
  const what = no ? false : consents(reading) ? true : (verdict(reading, pointed) ?? only);
  // "Only the first": which of them is said, but not what shall become of it.
  if (what === null) return pointed && pending.length > 1 && !saysMore(reading) ? { kind: "readback" } : null;
  // It answers what was asked last, which is another question.
  if (!chosen && isOpen(asked)) return null;
  if (what && (channel === "voice" || (!chosen && wasOffered(context)))) return { kind: "readback" };
  const items = chosen ?? (pending.length === 1 ? pending : null);
  if (items) return { kind: "decide", decisions: items.map(({ id }): ItemDecision => ({ id, approve: what })) };
  const question = `Which of the ${what ? "waiting items shall be approved" : "waiting items shall be discarded"}: ${pending.map((p) => nameOf(p)).join("; ")}, or all of them?`;
  return {
    kind: "clarify",
    role: "assistant",
    question,
    asked: { slot: "decision", tool: pending[0]!.kind, args: { approve: what }, question },
    alternatives: pending.map((p) => p.id),
  };
}

/** Nothing is approved by voice: what would be is read back. */
export const spokenOnly = (decision: Decision, { channel }: PlannerContext): Decision =>
  channel === "voice" && decision.kind === "decide" && decision.decisions.some((d) => d.approve)
    ? { kind: "readback" }
    : decision;

/** "What is waiting?" where nothing is. */
export const asksWhatWaits = (reading: Reading, features: Features): boolean =>
  !features.has("promotion") && isOnly(reading, "waitinglist", BESIDE_NO);

/** "leave Estuary out of it", "take w2 out": one of those that wait goes, and nothing else is said. */
const leavesOut = ({ tokens, quantities, dates, names }: Reading): boolean =>
  !quantities.length &&
  !dates.length &&
  names.every((n) => n.kind === "account") &&
  tokens.length <= 8 &&
  ["leave", "take", "keep"].includes(tokens[0]?.text ?? "") &&
  tokens.some((t) => t.text === "out");

/** "nah scrap that, Silke changed her mind": a refusal, and after a mark its reason, which asks for nothing else. */
function refusesWithReason(reading: Reading): boolean {
  const { tokens } = reading;
  const at = tokens.findIndex((t) => t.kind === "mark" && [",", ";", ".", "-", ":"].includes(t.text));
  if (at < 1 || at > 5 || tokens.slice(at + 1).filter((t) => t.kind === "word").length < 3) return false;
  const first = { ...reading, tokens: tokens.slice(0, at) };
  const says = [...reading.quantities, ...reading.dates, ...reading.codes].some((s) => s.from > at);
  const goods = reading.names.some((n) => n.from > at && SUBJECTS.has(n.kind));
  const asks = reading.concepts.some(
    (c) => c.from > at && !c.concepts.includes("past") && c.concepts.some((k) => ASKED_INSTEAD.has(k)),
  );
  return isOnly(first, "no", BESIDE_NO) && !says && !goods && !asks;
}
const SUBJECTS = new Set<string>(["account", "brand", "category", "product"]);
const ASKED_INSTEAD = new Set([
  "create",
  "update",
  "move",
  "add",
  "remove",
  "display",
  "feature",
  "instead",
  "approve",
  "yes",
  "submit",
  "extend",
  "shorten",
]);

const saysMore = ({ tokens }: Reading): boolean =>
  tokens.some((t) => ["instead", "at", "for", "with"].includes(t.text));

const isOpen = (asked: Asked | null): boolean => asked !== null && asked.slot !== "decision" && !asked.age;

/** The last reply ended with an offer of its own: a bare yes may mean that. */
const wasOffered = ({ history }: PlannerContext): boolean =>
  history.at(-1)?.calls.some((call) => call.tool === "guide") ?? false;

const nameOf = (p: PendingItem): string => {
  const { account, name, claim, promotion } = p.change as Record<string, unknown>;
  const what = [name, promotion, claim, account].find((v) => typeof v === "string");
  return what ? `${p.id} (${what})` : p.id;
};

const decides = (reading: Reading, at: number): boolean => {
  const { text } = reading.tokens[at]!;
  return (
    ["yes", "no", "and"].includes(text) ||
    APPROVES.has(text) ||
    REFUSES.has(text) ||
    valueAt(reading.tokens, at, CONCEPTS, "yes") > at
  );
};

/** "approve the first", "yes to Albion", "drop w2": a word of decision at the head of words that only point. */
function verdict(reading: Reading, pointed: readonly PendingItem[] | null): boolean | null {
  if (!pointed) return null;
  const first = reading.tokens.find((t) => t.kind !== "mark" && !["please", "pls", "kindly", "just"].includes(t.text));
  if (!first) return null;
  const refuses = reading.tokens.some((t) => REFUSES.has(t.text));
  if (APPROVES.has(first.text)) return refuses ? null : true;
  return REFUSES.has(first.text) ? false : null;
}
