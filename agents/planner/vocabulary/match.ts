import type { Token } from "../text/tokens.ts";
import type { Phrase, PhraseBook } from "./index.ts";

export interface Match {
  readonly from: number;
  /** One past the last token. */
  readonly to: number;
  readonly values: readonly string[];
}

const sameWord = (token: Token | undefined, word: Phrase["words"][number]): boolean =>
  token !== undefined && (word.exact ? token.text === word.text : token.text === word.text || token.stem === word.stem);

function endOf(tokens: readonly Token[], at: number, phrase: Phrase): number {
  let i = at;
  for (const [k, word] of phrase.words.entries()) {
    // "scan-back" is "scan back".
    if (k > 0 && tokens[i]?.text === "-" && word.text !== "-") i++;
    if (!sameWord(tokens[i], word)) return -1;
    i++;
  }
  return i;
}

/** The longest phrase of the book that starts at token `at`. */
export function matchAt(tokens: readonly Token[], at: number, book: PhraseBook): Match | null {
  const token = tokens[at];
  if (!token || token.kind === "quote") return null;
  for (const phrase of book.get(token.stem) ?? []) {
    const to = endOf(tokens, at, phrase);
    if (to < 0) continue;
    const values = new Set(phrase.values);
    // Phrases of the same length that differ only in what must stand exactly add their meaning.
    for (const other of book.get(token.stem) ?? [])
      if (other !== phrase && other.words.length === phrase.words.length && endOf(tokens, at, other) === to)
        for (const value of other.values) values.add(value);
    return { from: at, to, values: [...values] };
  }
  return null;
}

/** Every phrase that starts at token `at`, longest first, the meanings of equally long ones together. */
export function matchesAt(tokens: readonly Token[], at: number, book: PhraseBook): Match[] {
  const token = tokens[at];
  if (!token || token.kind === "quote") return [];
  const byEnd = new Map<number, Set<string>>();
  for (const phrase of book.get(token.stem) ?? []) {
    const to = endOf(tokens, at, phrase);
    if (to < 0) continue;
    const values = byEnd.get(to) ?? new Set<string>();
    for (const value of phrase.values) values.add(value);
    byEnd.set(to, values);
  }
  return [...byEnd].sort((a, b) => b[0] - a[0]).map(([to, values]) => ({ from: at, to, values: [...values] }));
}

/** End of the phrase with this value at `at`, or -1. Shorter phrases count too. */
export function valueAt(tokens: readonly Token[], at: number, book: PhraseBook, value: string): number {
  const token = tokens[at];
  if (!token || token.kind === "quote") return -1;
  for (const phrase of book.get(token.stem) ?? []) {
    if (!phrase.values.includes(value)) continue;
    const to = endOf(tokens, at, phrase);
    if (to > 0) return to;
  }
  return -1;
}
