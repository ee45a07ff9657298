import type { Reading } from "./reading.ts";
import type { Token } from "./text/tokens.ts";

/** Verbs and the like that, first in a sentence, say what is to be done. */
export const HEADS = [
  "create",
  "give",
  "need",
  "update",
  "add",
  "remove",
  "move",
  "extend",
  "shorten",
  "copy",
  "cancel",
  "undo",
  "submit",
  "approve",
  "reject",
  "find",
  "detail",
  "check",
  "suggest",
  "transfer",
  "pay",
  "partpay",
  "dispute",
  "log",
  "met",
  "send",
  "report",
  "forecast",
  "compare",
  "rank",
  "plan",
  "planobject",
  "why",
  "howto",
  "review",
  "draftit",
  "closeword",
  "commentword",
  "attachword",
  "overrideword",
] as const;
export const QUESTION_CONCEPTS = [
  "which",
  "what",
  "why",
  "when",
  "who",
  "where",
  "howmuch",
  "howwas",
  "whatif",
  "howto",
  "how",
];
export const AUXILIARIES = new Set([
  "is",
  "are",
  "do",
  "does",
  "did",
  "can",
  "could",
  "would",
  "will",
  "should",
  "shall",
  "has",
  "have",
  "had",
  "was",
  "were",
  "may",
  "might",
  "am",
  "isnt",
  "arent",
  "doesnt",
  "didnt",
  "wouldnt",
]);

/** The first word that says what to do, past politeness, names and small words; a command that is negated is none. */
export function headsOf(reading: Reading): Set<string> {
  const { tokens } = reading;
  const covered = (i: number): number =>
    [...reading.names, ...reading.codes, ...reading.dates].find((s) => s.from <= i && i < s.to)?.to ?? -1;
  let i = 0;
  for (let step = 0; step < 40 && i < tokens.length; step++) {
    const here = reading.concepts.filter((c) => c.from === i);
    // "the Clearwater draft" is a thing, "draft a promotion" an order.
    const noun =
      tokens[i]!.text === "draft" &&
      tokens.slice(Math.max(0, i - 4), i).some((t) => ["the", "my", "our", "that", "this"].includes(t.text));
    if (noun) break;
    const apart = here.filter((h) => h.concepts.includes("split"));
    const heads = (apart.length ? apart : here).filter((h) => h.concepts.some(isHead));
    const politeTo = Math.max(-1, ...here.filter((h) => h.concepts.includes("polite")).map((h) => h.to));
    // "I want to log" is politeness before "log", though "I want" alone would ask for something.
    if (heads.some((h) => h.to >= politeTo)) return new Set(heads.flatMap((h) => h.concepts.filter(isHead)));
    if (politeTo > 0) {
      i = politeTo;
      continue;
    }
    if (isNegation(tokens, i)) return new Set(["neg"]);
    const to = covered(i);
    if (to > 0) {
      i = to;
      continue;
    }
    if (!isSmall(tokens[i]!)) break;
    i++;
  }
  return lateHeads(reading);
}
const isNegation = (tokens: readonly Token[], i: number): boolean =>
  tokens[i]!.text === "dont" ||
  tokens[i]!.text === "never" ||
  (tokens[i]!.text === "do" && tokens[i + 1]?.text === "not");

const COMMANDS = new Set([
  "update",
  "move",
  "extend",
  "shorten",
  "cancel",
  "undo",
  "submit",
  "approve",
  "reject",
  "copy",
  "check",
  "pay",
  "dispute",
  "create",
]);
/** "P-1042 is fine, approve it": the command comes after what is said of its object. */
function lateHeads(reading: Reading): Set<string> {
  const { tokens } = reading;
  for (let i = 1; i + 1 < tokens.length; i++) {
    if (![",", ";", ".", "-", ":", "so", "please"].includes(tokens[i]!.text)) continue;
    const start = ["please", "so", "then", "and"].includes(tokens[i + 1]!.text) ? i + 2 : i + 1;
    const heads = reading.concepts
      .filter((c) => c.from === start)
      .flatMap((c) => c.concepts)
      .filter((c) => COMMANDS.has(c));
    const object = tokens[start + 1]?.text ?? "";
    const points =
      ["it", "that", "this", "them"].includes(object) ||
      [...reading.codes, ...reading.names].some((s) => s.from <= start + 2 && s.to > start + 1);
    // What is undone last need not be named.
    if (heads.length && (points || tokens[i]!.text === ":" || heads.includes("undo")) && !isNegation(tokens, start))
      return new Set(heads);
  }
  return new Set();
}
const isHead = (concept: string): boolean => (HEADS as readonly string[]).includes(concept);
const SMALL = new Set([
  "at",
  "for",
  "with",
  "in",
  "from",
  "on",
  "of",
  "the",
  "by",
  "to",
  "my",
  "our",
  "a",
  "an",
  "i",
  "we",
  "in",
  "you",
  "me",
  "all",
  "then",
  "and",
]);
const isSmall = (t: Token): boolean => t.kind !== "word" || SMALL.has(t.text);

/** Place of the first word past politeness and marks. */
function firstWord({ tokens, concepts }: Reading): number {
  let i = 0;
  for (;;) {
    const polite = concepts.find((c) => c.from === i && c.concepts.includes("polite"));
    if (polite) i = polite.to;
    else if (tokens[i]?.kind === "mark") i++;
    else return i;
  }
}

/** "how did …", "is it …", "which …": asked by its first word, whatever mark ends it. */
export function beginsAsQuestion(reading: Reading): boolean {
  const { tokens, concepts } = reading;
  const i = firstWord(reading);
  const next = tokens[i + 1];
  if (tokens[i]?.text === "do" && (DO_THIS.has(next?.text ?? "") || next?.kind === "number")) return false;
  if (tokens[i]?.text === "do" && next?.text === "the" && tokens.at(-1)?.text !== "?") return false;
  return (
    concepts.some((c) => c.from === i && c.concepts.some((k) => QUESTION_CONCEPTS.includes(k))) ||
    AUXILIARIES.has(tokens[i]?.text ?? "")
  );
}

/** "do not", "do it", "do 20 % …": an order, where "do we", "do displays" ask. */
const DO_THIS = new Set(["not", "it", "that", "this", "a", "an", "another", "one", "same", "so"]);

/** Verbs that also begin questions and statements. */
const NO_COMMAND = [
  "why",
  "howto",
  "compare",
  "rank",
  "review",
  "planobject",
  "met",
  "need",
  "find",
  "detail",
  "forecast",
  "report",
];

/** True where the sentence asks rather than tells. */
export function isQuestion(reading: Reading, heads: ReadonlySet<string>): boolean {
  const { tokens } = reading;
  if (heads.has("neg") || heads.has("met")) return false;
  const i = firstWord(reading);
  if (tokens[i]?.text === "do" && tokens[i + 1]?.text === "not") return false;
  const asks = heads.has("why") || heads.has("howto");
  const starts = beginsAsQuestion(reading);
  const marked = tokens.at(-1)?.text === "?";
  const imperative = [...heads].some((h) => !NO_COMMAND.includes(h));
  if (imperative && !starts) return asks || (i === 0 && marked && !imperativeOnly(heads));
  return asks || starts || marked;
}
/** "Approve P-1042?" is still a request; "plan?" is not. */
const imperativeOnly = (heads: ReadonlySet<string>): boolean => !heads.has("plan") && !heads.has("check");
