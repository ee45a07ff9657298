import { CONCEPTS, MATERIALS, REPORTS } from "../vocabulary/index.ts";
import { valueAt } from "../vocabulary/match.ts";
import { type Token, tokenise } from "./tokens.ts";

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The tokens of a sentence with other people's words as quotations, also where no quotation marks stand: what somebody said
 * or wrote, mails, lines that answer one, marked-up text. They are material to look at, never a request.
 * @param people whoever a mail may be addressed to
 */
export function tokensOf(text: string, people: readonly string[] = []): Token[] {
  const tokens = tokenise(text);
  // What begins within quotation marks ends with them.
  const isQuoted = (at: number): boolean => tokens.some((t) => t.kind === "quote" && t.from <= at && at < t.to);
  const outer = blocks(text, people).filter(({ from }) => !isQuoted(from));
  const stretches = [...outer, ...reported(tokens)].sort((a, b) => a.from - b.from);
  const out: Token[] = [];
  let i = 0;
  for (const { from, to } of stretches) {
    while (i < tokens.length && tokens[i]!.from < from) out.push(tokens[i++]!);
    const first = tokens[i];
    let last: Token | undefined;
    while (i < tokens.length && tokens[i]!.from < to) last = tokens[i++];
    if (first && last) out.push(quotation(text, first, last));
  }
  return [...out, ...tokens.slice(i)];
}

const quotation = (text: string, first: Token, last: Token): Token => ({
  raw: first === last && first.kind === "quote" ? first.raw : text.slice(first.from, last.to),
  text: "\u0000",
  stem: "\u0000",
  kind: "quote",
  from: first.from,
  to: last.to,
  glued: first.glued,
  capital: false,
});

const HEADER = /^[ \t]*(?:from|subject|re|fwd?|von|betreff|objet|van|onderwerp)[ \t]*:/im;
const ROLE = /^[ \t]*(?:system|assistant|user|developer|tool)[ \t]*:/gim;
const LINES = /^[ \t]*>.*$/gm;
const TAGS = /<([a-z][\w-]*)(?:\s[^<>]*)?>[\s\S]*?(?:<\/\1\s*>|$)/gi;
const GREETING = "(?:dear|hi|hello|hey|liebe[rs]?|hallo|bonjour|ch[eè]re?|beste)";

/** Stretches by their outer form. */
function blocks(text: string, people: readonly string[]): Stretch[] {
  const end = text.length;
  const found: Stretch[] = [];
  for (const match of text.matchAll(LINES)) found.push({ from: match.index, to: match.index + match[0].length });
  for (const match of text.matchAll(TAGS)) found.push({ from: match.index, to: match.index + match[0].length });
  for (const match of text.matchAll(ROLE)) found.push({ from: match.index, to: end });
  const header = HEADER.exec(text);
  if (header) found.push({ from: header.index, to: end });
  const names = people.map((name) => name.replace(/[^\p{L} ]/gu, "")).filter(Boolean);
  const greeting =
    names.length && new RegExp(`\\b${GREETING}\\s+(?:${names.join("|")})\\b\\s*[,:!\n]`, "iu").exec(text);
  if (greeting) found.push({ from: greeting.index, to: end });
  return found;
}

/** Between a word of saying and its colon stand few others: "The mail from Albion says this:". */
const REACH = 8;
/** "He said nothing about it", "what the contract says about display": of something, and not somebody's words. */
const SPEAKS_OF = new Set([
  "about",
  "on",
  "of",
  "in",
  "at",
  "to",
  "for",
  "nothing",
  "what",
  "how",
  "why",
  "when",
  "which",
  "where",
  "?",
  ".",
  "!",
]);
const ACTS = [
  "create",
  "update",
  "add",
  "remove",
  "move",
  "extend",
  "shorten",
  "copy",
  "cancel",
  "submit",
  "approve",
  "reject",
  "transfer",
  "pay",
  "partpay",
  "dispute",
  "draftit",
];
const ENDS = new Set([".", "!", "?", ";"]);
const AGREED = new Set(["yes", "ok", "okay"]);
const OWN = new Set(["i", "we"]);

/** Stretches after words of saying: all that follows a colon, else the rest of the sentence where it holds an order. */
function reported(tokens: readonly Token[]): Stretch[] {
  const { length } = tokens;
  for (let i = 0; i < length; i++) {
    const says = REPORTS.has(tokens[i]!.text) && !OWN.has(tokens[i - 1]?.text ?? "");
    if (!says && !MATERIALS.has(tokens[i]!.text)) continue;
    // "Luc said yes to spring: …" tells that he agreed; what follows is the person's own.
    if (says && AGREED.has(tokens[i + 1]?.text ?? "")) continue;
    const colon = colonAfter(tokens, i);
    // What stands in quotation marks ends with them.
    if (colon !== null && tokens[colon + 1]?.kind === "quote") return after(tokens, colon + 2);
    if (colon !== null && colon + 1 < length) return [{ from: tokens[colon + 1]!.from, to: tokens[length - 1]!.to }];
    if (!says || SPEAKS_OF.has(tokens[i + 1]?.text ?? "?")) continue;
    let to = i + 1;
    let orders = false;
    for (; to < length && !ENDS.has(tokens[to]!.text); to++)
      orders ||= ACTS.some((act) => valueAt(tokens, to, CONCEPTS, act) > to);
    if (orders) return [{ from: tokens[i + 1]!.from, to: tokens[to - 1]!.to }, ...after(tokens, to)];
  }
  return [];
}

const after = (tokens: readonly Token[], from: number): Stretch[] => reported(tokens.slice(from));

function colonAfter(tokens: readonly Token[], i: number): number | null {
  for (let at = i + 1; at < Math.min(tokens.length, i + REACH); at++) {
    if (tokens[at]!.text === ":") return at;
    if (ENDS.has(tokens[at]!.text)) return null;
  }
  return null;
}
