import type { Token } from "../text/tokens.ts";
import { ACCOUNT_WORDS, LETTER_SOUNDS } from "../vocabulary/index.ts";
import type { NameIndex } from "./index.ts";
import type { NameSpan } from "./link.ts";

const ARTICLES = new Set([
  "the",
  "this",
  "that",
  "which",
  "what",
  "each",
  "every",
  "a",
  "an",
  "our",
  "my",
  "any",
  "one",
]);
const JOINS = new Set([
  ",",
  "and",
  "or",
  "/",
  "nor",
  "versus",
  "vs",
  "not",
  "except",
  "but",
  "than",
  "at",
  "in",
  "with",
  "for",
  "to",
  "und",
  "et",
  "en",
  "plus",
]);
const BEFORE = new Set([
  "at",
  "for",
  "with",
  "to",
  "from",
  "in",
  "except",
  "not",
  "between",
  "versus",
  "vs",
  "than",
  "chez",
  "bei",
  "bij",
  "fur",
  "pour",
  "voor",
  "of",
  "by",
  "but",
  "on",
  "mean",
  "meant",
  "sorry",
  "rather",
  "actually",
  "wait",
  "correction",
]);

/** Accounts named by their letter: "Retailer B", "account c", "retailer bee" by voice, and the bare letters beside one ("A, B and C"). */
export function linkLetters(tokens: readonly Token[], index: NameIndex, taken: readonly NameSpan[]): NameSpan[] {
  if (index.letters.size === 0) return [];
  const isTaken = (i: number): boolean => taken.some((s) => i >= s.from && i < s.to);
  const spans: NameSpan[] = [];
  const add = (from: number, to: number, letter: string): void => {
    spans.push({ from, to, kind: "account", names: [index.letters.get(letter)!.name], sure: true });
  };
  for (let i = 0; i < tokens.length; i++) {
    if (isTaken(i)) continue;
    const letter = namedLetter(tokens, i, index);
    if (letter) {
      add(i, i + 2, letter);
      i++;
      continue;
    }
    const bare = bareLetter(tokens, i, index);
    if (!bare) continue;
    const before = tokens[i - 1]?.text ?? "";
    const afterAccount = JOINS.has(before) && accountEndsAt([...spans, ...taken], i, tokens);
    if (afterAccount || (tokens[i]!.capital && BEFORE.has(before)) || inLetterList(tokens, i, index))
      add(i, i + 1, bare);
    else if (BEFORE.has(before) && bare !== "a" && !isTaken(i) && tokens[i]!.text.length === 1) add(i, i + 1, bare);
  }
  return spans;
}

/** "retailer b": an account word and a letter, or what a transcript makes of the letter. */
function namedLetter(tokens: readonly Token[], at: number, index: NameIndex): string | null {
  const noun = tokens[at]!;
  const next = tokens[at + 1];
  if (noun.kind !== "word" || !ACCOUNT_WORDS.has(noun.stem) || next?.kind !== "word") return null;
  const letter = next.text.length === 1 ? next.text : (LETTER_SOUNDS.get(next.text) ?? "");
  if (!index.letters.has(letter) || followsGlued(tokens, at + 1)) return null;
  if (next.raw.length === 1 && next.capital) return letter;
  // "the retailer a discount", "which retailers see …" speak of no letter.
  if (ARTICLES.has(tokens[at - 1]?.text ?? "")) return null;
  if (next.text.length > 1 && noun.text.endsWith("s")) return null;
  return letter;
}

const followsGlued = (tokens: readonly Token[], at: number): boolean => {
  const [after, then] = [tokens[at + 1], tokens[at + 2]];
  if (!after?.glued) return false;
  return after.kind === "number" || (after.text === "-" && then?.kind === "number" && then.glued);
};

function bareLetter(tokens: readonly Token[], at: number, index: NameIndex): string | null {
  const token = tokens[at]!;
  if (token.kind !== "word" || followsGlued(tokens, at)) return null;
  if (token.glued && tokens[at - 1]?.kind === "number") return null;
  const letter = token.text.length === 1 ? token.text : "";
  if (!index.letters.has(letter)) return null;
  if (letter !== "a" || token.capital) return letter;
  // A small "a" is an article wherever a word of substance follows it.
  const next = tokens[at + 1];
  const closing = !next || (next.kind === "mark" && next.text !== "%") || JOINS.has(next.text) || BEFORE.has(next.text);
  return closing ? letter : null;
}

const accountEndsAt = (spans: readonly NameSpan[], at: number, tokens: readonly Token[]): boolean => {
  let i = at - 1;
  while (i > 0 && at - i < 4 && JOINS.has(tokens[i]!.text)) i--;
  return spans.some((s) => s.kind === "account" && s.to === i + 1);
};

/** "A and B", "a, b and c" without an account word before. */
function inLetterList(tokens: readonly Token[], at: number, index: NameIndex): boolean {
  const isLetter = (i: number): boolean => {
    const token = tokens[i];
    return token?.kind === "word" && token.text.length === 1 && index.letters.has(token.text);
  };
  const sameCase = (i: number): boolean => tokens[i]!.capital === tokens[at]!.capital;
  const joins = (i: number): boolean =>
    tokens[i] !== undefined && ["and", "or", ",", "/", "versus", "vs"].includes(tokens[i]!.text);
  return (
    (joins(at + 1) && isLetter(at + 2) && sameCase(at + 2)) || (joins(at - 1) && isLetter(at - 2) && sameCase(at - 2))
  );
}
