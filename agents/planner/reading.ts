import { type ConceptHit, findConcepts, mendSpelling } from "./concepts.ts";
import { type Mention, readDates } from "./dates/read.ts";
import { type CodeSpan, linkCodes } from "./entities/codes.ts";
import { nameIndex } from "./entities/index.ts";
import { linkLetters } from "./entities/letters.ts";
import { linkNames, type NameSpan } from "./entities/link.ts";
import { packSizes } from "./entities/packs.ts";
import { type Quantity, readQuantities } from "./quantities.ts";
import { tokensOf } from "./text/reported.ts";
import { LONGEST_INPUT, type Token, tokenise } from "./text/tokens.ts";
import { applyCorrection, type Piece, withoutFillers, withYears } from "./text/voice.ts";
import type { Channel, Lexicon } from "./types.ts";

/** All that a sentence says, before it is asked what is wanted. Positions are token indexes. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly names: readonly NameSpan[];
  readonly codes: readonly CodeSpan[];
  readonly dates: readonly Mention[];
  readonly quantities: readonly Quantity[];
  readonly concepts: readonly ConceptHit[];
  readonly quotes: readonly string[];
}

const MOST_CORRECTIONS = 6;

/** Reads a sentence: slips mended, fillers and what was taken back gone, names, dates, amounts and ideas found. */
export function readSentence(text: string, lexicon: Lexicon, channel: Channel): Reading {
  let tokens = unquoteNames(tokensOf(withoutSlash(text, channel), lexicon.people), lexicon);
  tokens = withYears(packSizes(withoutFillers(tokens)));
  for (let i = 0; i < MOST_CORRECTIONS; i++) {
    const reading = readTokens(text, tokens, lexicon);
    const corrected = applyCorrection(reading.tokens, piecesOf(reading));
    if (!corrected) return reading;
    tokens = corrected;
  }
  return readTokens(text, tokens, lexicon);
}

/** The sentence with nothing taken back: "yes to Albion, no to Bramley" decides twice, and corrects nothing. */
export const readAsSaid = (text: string, lexicon: Lexicon, channel: Channel): Reading =>
  readTokens(text, withoutFillers(unquoteNames(tokenise(withoutSlash(text, channel)), lexicon)), lexicon);

/** Slash text may begin with the command's own name. */
export const withoutSlash = (text: string, channel: Channel): string =>
  channel === "slash" || text.startsWith("/") ? text.replace(/^\s*\/?(?:promo|kam)\b[:\s]*/i, "") : text;

/** A quotation that is nothing but a name of the store is that name; any other is data. */
function unquoteNames(tokens: readonly Token[], lexicon: Lexicon): Token[] {
  const index = nameIndex(lexicon);
  return tokens.flatMap((token) => {
    if (token.kind !== "quote") return [token];
    const inner = tokenise(token.raw);
    if (lexicon.promotions.some((p) => p.name === token.raw)) return inner;
    if (inner.length === 0 || inner.length > 8) return [token];
    const [span, more] = linkNames(inner, index);
    return span && !more && span.from === 0 && span.to === inner.length ? inner : [token];
  });
}

function readTokens(text: string, raw: readonly Token[], lexicon: Lexicon): Reading {
  const index = nameIndex(lexicon);
  const codes = linkCodes(raw, index);
  const coded = mask(raw.length, codes);
  const free = raw.map((t, i): Token => (coded[i] ? { ...t, kind: "quote" } : t));
  const full = linkNames(free, index);
  const letters = linkLetters(free, index, full);
  const names = [...full.filter((n) => !letters.some((l) => l.from < n.to && n.from < l.to)), ...letters].sort(
    (a, b) => a.from - b.from,
  );
  const named = mask(raw.length, [...names, ...codes]);
  const tokens = mendSpelling(raw, named);
  const dates = readDates({
    tokens,
    blocked: named,
    today: lexicon.today,
    planningToday: lexicon.planningToday,
    dayFirst: lexicon.locale.dayFirst,
  });
  const taken = mask(raw.length, [...names, ...codes, ...dates]);
  const quantities = readQuantities(tokens, taken);
  const amounts = mask(
    raw.length,
    quantities.filter((q) => q.kind !== "number"),
  );
  const concepts = findConcepts(
    tokens,
    taken.map((t, i) => t || (amounts[i] ?? false)),
  );
  return {
    text: text.slice(0, LONGEST_INPUT),
    tokens,
    names,
    codes,
    dates,
    quantities,
    concepts,
    quotes: tokens.filter((t) => t.kind === "quote").map((t) => t.raw),
  };
}

export function mask(length: number, spans: readonly { readonly from: number; readonly to: number }[]): boolean[] {
  const taken = new Array<boolean>(length).fill(false);
  for (const span of spans) taken.fill(true, span.from, span.to);
  return taken;
}

function piecesOf(reading: Reading): Piece[] {
  const pieces: Piece[] = [
    ...reading.names.map((n) => ({
      from: n.from,
      to: n.to,
      sort: n.kind === "account" ? "account" : n.kind === "person" ? "person" : "goods",
    })),
    ...reading.codes.map((c) => ({ from: c.from, to: c.to, sort: c.kind })),
    ...reading.dates.map((d) => ({ from: d.from, to: d.to, sort: d.role === "length" ? "length" : "date" })),
    ...reading.quantities.map((q) => ({ from: q.from, to: q.to, sort: q.kind })),
  ];
  return pieces.sort((a, b) => a.from - b.from);
}
