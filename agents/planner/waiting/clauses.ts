import { featuresOf } from "../features.ts";
import { isSure, judge, WRITES } from "../intents.ts";
import { signalsOf } from "../learned/signals.ts";
import { type Reading, readSentence } from "../reading.ts";
import type { Decision, ItemDecision, PendingItem, PlannerContext } from "../types.ts";
import { CONCEPTS } from "../vocabulary/index.ts";
import { valueAt } from "../vocabulary/match.ts";
import { itemsIn, onlyPoints, type Stretch, spoken, spokenItems } from "./pointers.ts";
import { APPROVES, REFUSES } from "./verdicts.ts";

type Decided = Extract<Decision, { kind: "decide" }>;

interface Clause extends Stretch {
  /** The word before it: "and", "but", "except" …; a mark, or nothing at the beginning. */
  readonly led: string;
}

const SEAMS = new Set(["and", "but", "then", "und", "aber", "mais", "et", "en", "maar", "while"]);
const EXCEPT = new Set(["but", "except", "excluding", "excepting", "bar", "without", "not"]);

/** Where a sentence of several decisions is cut: at its marks, at "and" and "but", before what is excepted. */
function clausesOf({ tokens }: Reading): Clause[] {
  const clauses: Clause[] = [];
  let from = 0;
  let led = "";
  const close = (to: number, next: number, word: string): void => {
    if (to > from) clauses.push({ from, to, led });
    from = next;
    led = word;
  };
  for (const [i, t] of tokens.entries()) {
    if (t.kind === "mark" && [",", ";", ".", "!", ":"].includes(t.text)) close(i, i + 1, t.text);
    else if (t.text === "apart" && tokens[i + 1]?.text === "from") close(i, i + 2, "except");
    else if (t.text === "other" && tokens[i + 1]?.text === "than") close(i, i + 2, "except");
    else if (SEAMS.has(t.text) || (EXCEPT.has(t.text) && i > 0))
      close(i, i + 1, EXCEPT.has(led) && i === from ? led : t.text);
  }
  close(tokens.length, tokens.length, "");
  return clauses;
}

/** Words that decide, so plainly that more may be said beside them. */
const PLAIN = new Set(["yes", "approve", "save", "confirm", "accept", "ja", "oui"]);

/**
 * Several decisions in one sentence ("approve the first, drop the second", "all but Bramley"), or one with a request of its
 * own beside it ("yes, and submit it", "make w2 20 % and approve w1"). Null where a clause is neither, or they contradict.
 */
export function byClauses(reading: Reading, context: PlannerContext): Decided | null {
  const { pending, asked } = context;
  const clauses = clausesOf(reading);
  if (clauses.length < 2 || pending.length === 0) return null;
  const decided = new Map<string, boolean>();
  const rest: Clause[] = [];
  // In answer to "which of them?" the verdict was said before.
  let last = asked?.slot === "decision" && !asked.age ? (asked.args.approve as boolean) : null;
  let named = true;
  for (const clause of clauses) {
    const pure = onlyPoints(reading, clause, pending, (i) => isVerdict(reading, clause, i));
    const said = pure ? verdictOf(reading, clause) : null;
    const items = pure ? itemsIn(reading, clause, pending, new Set(decided.keys())) : null;
    if (pure && EXCEPT.has(clause.led) && items && said === null && last !== null) {
      for (const { id } of items) decided.delete(id);
      continue;
    }
    const verdict: boolean | null = said ?? (items ? last : null);
    if (!pure || verdict === null) {
      rest.push(clause);
      continue;
    }
    const meant: readonly PendingItem[] = items ?? (pending.length === 1 ? pending : []);
    if (!meant.length) return null;
    for (const { id } of meant) {
      if (decided.has(id) && decided.get(id) !== verdict) return null;
      decided.set(id, verdict);
    }
    named &&= items !== null;
    last = verdict;
  }
  const decisions = [...decided].map(([id, approve]): ItemDecision => ({ id, approve }));
  if (!decisions.length) return null;
  if (!rest.length) return { kind: "decide", decisions };
  const then = besides(reading, rest, clauses, decisions, named, context);
  return then === null ? null : { kind: "decide", decisions, then };
}

const isVerdict = (reading: Reading, { from, to }: Stretch, at: number): boolean => {
  const { text } = reading.tokens[at]!;
  if (APPROVES.has(text) || REFUSES.has(text)) return true;
  for (const idea of ["yes", "no", "filler_yesno", "thanks"])
    for (let i = from; i <= at; i++) {
      const end = valueAt(reading.tokens, i, CONCEPTS, idea);
      if (end > at && end <= to) return true;
    }
  return false;
};

/** What a clause says of what it points to: by its first word, or as a phrase of consent or refusal. */
function verdictOf(reading: Reading, { from, to }: Stretch): boolean | null {
  const words = reading.tokens.slice(from, to).filter((t) => t.kind !== "mark");
  const refuses = words.some((t) => REFUSES.has(t.text));
  const approves = words.some((t) => APPROVES.has(t.text));
  if (refuses !== approves) return approves;
  if (refuses) return null;
  if (valueAt(reading.tokens, from, CONCEPTS, "no") > from) return false;
  return valueAt(reading.tokens, from, CONCEPTS, "yes") > from ? true : null;
}

/**
 * What is asked for besides, in its own words; null where it changes what was decided ("yes but with 15 %" approves nothing
 * that nobody has seen), or is no clear request.
 */
function besides(
  reading: Reading,
  rest: readonly Clause[],
  clauses: readonly Clause[],
  decisions: readonly ItemDecision[],
  named: boolean,
  context: PlannerContext,
): string | null {
  const [first] = rest as [Clause];
  const together = clauses.indexOf(rest.at(-1)!) - clauses.indexOf(first) === rest.length - 1;
  const plain = reading.tokens.some((t) => PLAIN.has(t.text)) || decisions.every((d) => !d.approve);
  const asks = reading.tokens.at(-1)?.text === "?";
  if (!together || !plain || asks || rest.some((c) => c.led === "but")) return null;
  const text = spoken(reading.tokens.slice(first.from, rest.at(-1)!.to));
  const own = readSentence(text, context.lexicon, context.channel);
  const left = context.pending.filter((p) => !decisions.some((d) => d.id === p.id));
  const pointed = spokenItems(own, context.pending);
  if (pointed) return named && pointed.items.every((p) => left.includes(p)) ? text : null;
  const features = featuresOf(own, context.lexicon);
  const [best] = judge(features, signalsOf(own, features)).tools;
  if (!best || !isSure(best)) return null;
  const of = (...wanted: string[]): boolean => wanted.some((f) => features.has(f));
  if (!WRITES.has(best.tool)) return text;
  // What is approved can be handed on in the same breath; a change of it cannot be approved before it was seen.
  if (best.tool === "submit_promotion" || best.tool === "log_activity") return text;
  if (best.tool === "create_promotion" || best.tool === "copy_promotion") return of("acct") ? text : null;
  return of("promo", "claimcode") ? text : null;
}
