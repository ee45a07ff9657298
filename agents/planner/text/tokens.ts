/** A word, a number or a mark of the sentence. `text` is folded (case, accents, possessives), `stem` is what vocabulary is compared by. */
export interface Token {
  readonly raw: string;
  readonly text: string;
  readonly stem: string;
  readonly kind: "word" | "number" | "mark" | "quote";
  readonly from: number;
  readonly to: number;
  /** No white space between the token before and this one. */
  readonly glued: boolean;
  readonly capital: boolean;
}

/** What is longer than this is not a request; only its beginning is read. */
export const LONGEST_INPUT = 4_000;

const PIECE = /\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|\d+(?:[.,]\d+)*|\S/gu;

export const foldWord = (raw: string): string =>
  raw
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/['’]s$/u, "")
    .replace(/['’]/gu, "");

const VOWEL = /[aeiouy]/;
/** "running" meets "run"; what is as short as "add" is whole. */
const undouble = (word: string): string => (word.length > 3 && /([bdgmnprt])\1$/.test(word) ? word.slice(0, -1) : word);

/** Cuts plural, -ed, -ing and a last e, alike for vocabulary and sentence; not a linguist's stem, only a meeting point. */
export function stemOf(word: string): string {
  let w = word;
  // "note" is not "not".
  if (/^not(?:e|es|ed|ing)$/.test(w)) return "note";
  if (w.length > 4 && w.endsWith("ies")) w = `${w.slice(0, -3)}y`;
  else if (w.length > 4 && /(?:ss|x|ch|sh)es$/.test(w)) w = w.slice(0, -2);
  else if (w.length > 3 && w.endsWith("s") && !/(?:ss|us|is)$/.test(w)) w = w.slice(0, -1);
  if (w.length > 5 && w.endsWith("ing") && VOWEL.test(w.slice(0, -3))) w = undouble(w.slice(0, -3));
  else if (w.length > 4 && w.endsWith("ed") && !w.endsWith("eed") && VOWEL.test(w.slice(0, -2)))
    w = undouble(w.slice(0, -2));
  if (w.length > 3 && w.endsWith("e")) w = w.slice(0, -1);
  return w.length > 3 && w.endsWith("ie") ? `${w.slice(0, -2)}y` : w;
}

const MARK_WORDS: Record<string, string> = { "&": "and" };
const PLAIN_MARKS: Record<string, string> = { "–": "-", "—": "-", "−": "-", "‑": "-", "…": "." };

/** Splits a sentence into tokens, in time linear in its length. Quoted stretches become one token each. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let end = -1;
  const add = (piece: string, at: number): void => {
    const mark = PLAIN_MARKS[piece] ?? piece;
    const word = MARK_WORDS[mark];
    const kind = /^\p{L}/u.test(piece) || word ? "word" : /^\d/.test(piece) ? "number" : ("mark" as const);
    const folded = word ?? (kind === "word" ? foldWord(piece) : mark);
    tokens.push({
      raw: piece,
      text: folded,
      stem: kind === "word" ? stemOf(folded) : folded,
      kind,
      from: at,
      to: at + piece.length,
      glued: at === end,
      capital: /^\p{Lu}/u.test(piece),
    });
    end = at + piece.length;
  };
  for (const stretch of quotedStretches(text.slice(0, LONGEST_INPUT))) {
    if (stretch.quoted) {
      const { from, to } = stretch;
      const inner = stretch.text.slice(1, -1).trim();
      tokens.push({
        raw: inner,
        text: "\u0000",
        stem: "\u0000",
        kind: "quote",
        from,
        to,
        glued: from === end,
        capital: false,
      });
      end = to;
    } else for (const match of stretch.text.matchAll(PIECE)) add(match[0], stretch.from + match.index);
  }
  return tokens;
}

interface Stretch {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly quoted: boolean;
}

/** 'several words': where a single quotation that opens at `at` closes, or null: an apostrophe, one word. */
function singleQuotation(text: string, at: number): number | null {
  const open = text[at];
  if ((open !== "'" && open !== "‘") || !/^[\s(:,[]?$/.test(text[at - 1] ?? "") || !/\S/.test(text[at + 1] ?? ""))
    return null;
  const close = open === "‘" ? "’" : "'";
  for (let end = text.indexOf(close, at + 1); end > 0; end = text.indexOf(close, end + 1))
    if (!/[\p{L}\p{N}]/u.test(text[end + 1] ?? "") && /\S/.test(text[end - 1]!))
      return /\s/.test(text.slice(at, end)) ? end : null;
  return null;
}

const CLOSES: Record<string, string> = { '"': '"', "“": "”", "„": "“", "«": "»", "»": "«" };

/** What stands between quotation marks is data that is carried, not words to be obeyed. */
function quotedStretches(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let plain = 0;
  const cut = (from: number, to: number, quoted: boolean): void => {
    if (to > from) stretches.push({ text: text.slice(from, to), from, to, quoted });
  };
  for (let i = 0; i < text.length; i++) {
    const close = CLOSES[text[i]!];
    if (!close) {
      const single = singleQuotation(text, i);
      if (single === null) continue;
      cut(plain, i, false);
      cut(i, single + 1, true);
      plain = single + 1;
      i = single;
      continue;
    }
    let end = text.indexOf(close, i + 1);
    if (end < 0 && text[i] === "„") end = text.indexOf("”", i + 1);
    // An opened quotation that is never closed runs to the end: the safer reading.
    if (end < 0) end = text.length - 1;
    if (end === i) continue;
    cut(plain, i, false);
    cut(i, end + 1, true);
    plain = end + 1;
    i = end;
  }
  cut(plain, text.length, false);
  return stretches;
}
