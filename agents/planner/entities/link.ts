import { allowedSlips, slips, soundOf } from "../text/spelling.ts";
import type { Token } from "../text/tokens.ts";
import { isKnown, PACK_UNITS } from "../vocabulary/index.ts";
import { isDistinctive, type NameEntry, type NameIndex, type NameKind } from "./index.ts";

/** Tokens that name something of the store. */
export interface NameSpan {
  readonly from: number;
  readonly to: number;
  readonly kind: NameKind;
  /** Names people read: one where it is clear, several where more than one fits (for products: all that are meant). */
  readonly names: readonly string[];
  /** False where it was only guessed from a misspelling: a write asks before it takes it. */
  readonly sure: boolean;
  /** Not as the store writes it: the reply says how it was read. */
  readonly guessed?: boolean;
}

/** Entry → how well the token fits it (1 exact, less for a slip). */
type Hits = ReadonlyMap<number, number>;

const GLUE = new Set(["-", "(", ")", "/", ".", ",", "in", "of", "the", "pack", "packs", "at"]);
/** Part of some names ("Wool & Silk"), but no name begins with them. */
const CONNECTORS = new Set(["and", "or", "the", "of", "in", "at"]);
const PRIORITY: readonly NameKind[] = ["account", "brand", "category", "product", "competitor", "person", "contact"];

/** Finds the names of the store in a sentence, longest first from the left; written in full, in part, in the plural or with a slip. */
export function linkNames(tokens: readonly Token[], index: NameIndex): NameSpan[] {
  const spans: NameSpan[] = [];
  for (let at = 0; at < tokens.length; ) {
    const span = runFrom(tokens, at, index) ?? joinedAt(tokens, at, index);
    if (span) spans.push(span);
    at = span?.to ?? at + 1;
  }
  return spans;
}

function hitsOf(token: Token | undefined, index: NameIndex, fuzzy: boolean): Hits {
  const hits = new Map<number, number>();
  if (!token || token.kind === "quote") return hits;
  const word = PACK_UNITS.get(token.text) ?? token.text;
  const give = (of: string, quality: number): void => {
    for (const id of index.byWord.get(of) ?? []) hits.set(id, Math.max(quality, hits.get(id) ?? 0));
  };
  give(word, 1);
  if (hits.size === 0 && word.length > 3)
    for (const other of index.byStem.get(word.replace(/s$/, "")) ?? []) give(other, 0.98);
  if (hits.size === 0 && fuzzy && token.kind === "word" && !isKnown(token.text, token.stem))
    for (const { word: other, quality } of nearest(word, index.distinctive)) give(other, quality);
  return hits;
}

/** The names' words that a misspelt word is nearest to; all that are equally near. */
function nearest(word: string, candidates: readonly string[]): { word: string; quality: number }[] {
  const most = allowedSlips(word.length);
  if (most === 0) return [];
  const sound = soundOf(word);
  let best = most + 0.5;
  let found: string[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > most) continue;
    const plain = slips(word, candidate);
    const heard = slips(sound, soundOf(candidate)) + 0.5;
    // A first letter that differs is seldom a slip of the finger, unless both sound alike.
    const first = candidate[0] === word[0] || soundOf(candidate)[0] === sound[0] ? 0 : 1;
    const cost = Math.min(plain, heard) + first;
    if (cost > most || cost > best) continue;
    if (cost < best) found = [];
    best = cost;
    found.push(candidate);
  }
  return found.map((w) => ({ word: w, quality: 1 - best / (w.length + 2) }));
}

function runFrom(tokens: readonly Token[], at: number, index: NameIndex): NameSpan | null {
  if (CONNECTORS.has(tokens[at]!.text)) return null;
  let hits = packSafe(tokens, at) ? hitsOf(tokens[at], index, true) : new Map<number, number>();
  if (hits.size === 0) return null;
  let live = new Map(
    [...hits].map(([id, quality]) => [id, { words: new Set([wordIn(tokens[at]!, index, id)]), quality }]),
  );
  let to = at + 1;
  let best = spanOf(tokens, at, to, live, index, false);
  for (let i = at + 1; i < tokens.length && i - to < 3; ) {
    const glue = GLUE.has(tokens[i]!.text);
    hits = packSafe(tokens, i) ? hitsOf(tokens[i], index, true) : new Map();
    if (hits.size === 0 && i === to) hits = slipInside(tokens[i]!, live, index);
    const both = [...live].filter(([id]) => hits.has(id));
    if (both.length === 0) {
      if (!glue) break;
      i++;
      continue;
    }
    live = new Map(
      both.map(([id, run]) => [
        id,
        {
          words: new Set([...run.words, wordIn(tokens[i]!, index, id)]),
          quality: Math.min(run.quality, hits.get(id)!),
        },
      ]),
    );
    i++;
    to = i;
    best = spanOf(tokens, at, to, live, index, best !== null) ?? best;
  }
  return best;
}

/** A number belongs to a name only with its pack unit: "Kestrel 500 g", but not "Kestrel 1 June". */
function packSafe(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token?.kind !== "number") return !(token && PACK_UNITS.has(token.text) && tokens[at - 1]?.kind !== "number");
  return PACK_UNITS.has(tokens[at + 1]?.text ?? "");
}

/** "Polar Line": an ordinary word may be a slip of the next word of a name that has begun. */
function slipInside(token: Token, live: ReadonlyMap<number, { words: ReadonlySet<string> }>, index: NameIndex): Hits {
  const hits = new Map<number, number>();
  if (token.kind !== "word" || token.text.length < 4) return hits;
  for (const [id, run] of live) {
    const entry = index.entries[id]!;
    if (entry.kind === "product" || entry.words.size > 3) continue;
    for (const word of entry.words)
      if (!run.words.has(word) && word.length > 3 && slips(word, token.text) === 1) hits.set(id, 0.85);
  }
  return hits;
}

function wordIn(token: Token, index: NameIndex, id: number): string {
  const entry = index.entries[id]!;
  const word = PACK_UNITS.get(token.text) ?? token.text;
  if (entry.words.has(word) || entry.extra.has(word)) return word;
  const near = [...entry.words].map((w) => ({ w, d: slips(w, word) })).sort((a, b) => a.d - b.d);
  return near[0]!.w;
}

type Live = ReadonlyMap<number, { words: ReadonlySet<string>; quality: number }>;

function spanOf(
  tokens: readonly Token[],
  from: number,
  to: number,
  live: Live,
  index: NameIndex,
  named: boolean,
): NameSpan | null {
  const found = [...live]
    .map(([id, run]) => ({ entry: index.entries[id]!, ...run }))
    .filter(({ entry }) => !entry.caps || tokens[from]!.raw === tokens[from]!.raw.toUpperCase());
  const full = found.filter(({ entry, words }) => [...entry.words].every((w) => words.has(w)));
  // Within a run that has named something already ("Morning Row …"), ordinary words narrow it down.
  const pool = full.length
    ? full
    : found.filter(
        ({ entry, words }) =>
          named || [...words].some(isDistinctive) || isHalfOfName(entry, words) || holdsBrand(entry, words, index),
      );
  if (pool.length === 0) return null;
  const top = Math.max(...pool.map((p) => p.quality));
  const good = pool.filter((p) => p.quality >= top - 0.001);
  const kind = PRIORITY.find((k) => good.some((p) => p.entry.kind === k))!;
  // A person's name is also a word's beginning; it must stand as written.
  if ((kind === "person" || kind === "contact") && (top < 1 || !tokens[from]!.capital)) return null;
  const names = [...new Set(good.filter((p) => p.entry.kind === kind).map((p) => p.entry.key))];
  const rivals = top < 1 ? [...new Set(good.filter((p) => p.entry.kind !== "product").map((p) => p.entry.key))] : names;
  return {
    from,
    to,
    kind,
    names: kind === "product" ? names : preferExactCount(names, good, kind),
    sure: top >= 0.8 && rivals.length <= names.length,
    ...(top < 0.97 ? { guessed: true } : {}),
  };
}

/** "Cash & Carry", "Pet & Home": two words of an account's name say enough together. */
const isHalfOfName = (entry: NameEntry, words: ReadonlySet<string>): boolean =>
  entry.kind === "account" && words.has("and") && [...words].filter((w) => w.length > 2 && w !== "and").length > 1;

/** "250 g Morning Row": ordinary words that are a whole brand's name say enough beside a pack. */
const holdsBrand = (entry: NameEntry, words: ReadonlySet<string>, index: NameIndex): boolean =>
  entry.kind === "product" &&
  words.size > 2 &&
  index.entries.some((e) => e.kind === "brand" && [...e.words].every((w) => words.has(w)));

/** Where a part of a name fits several accounts, those whose name is nearest to being whole come first. */
function preferExactCount(names: readonly string[], good: readonly { entry: NameEntry }[], kind: NameKind): string[] {
  const size = (name: string): number =>
    Math.min(...good.filter((g) => g.entry.kind === kind && g.entry.key === name).map((g) => g.entry.words.size));
  return [...names].sort((a, b) => size(a) - size(b));
}

/** "clear water" for Clearwater, "morningrow" for Morning Row. */
function joinedAt(tokens: readonly Token[], at: number, index: NameIndex): NameSpan | null {
  const token = tokens[at]!;
  if (token.kind !== "word") return null;
  const single = index.joined.get(token.text);
  if (single) return fromEntries(single, at, at + 1, index);
  const next = tokens[at + 1];
  if (next?.kind !== "word" || token.text.length + next.text.length < 6) return null;
  const word = token.text + next.text;
  const ids = isDistinctive(word) ? index.byWord.get(word) : undefined;
  return ids
    ? fromEntries(
        ids.filter((id) => index.entries[id]!.words.size === 1 || index.entries[id]!.kind === "account"),
        at,
        at + 2,
        index,
      )
    : null;
}

function fromEntries(ids: readonly number[], from: number, to: number, index: NameIndex): NameSpan | null {
  const entries = ids.map((id) => index.entries[id]!);
  const kind = PRIORITY.find((k) => entries.some((e) => e.kind === k));
  if (!kind) return null;
  return { from, to, kind, names: [...new Set(entries.filter((e) => e.kind === kind).map((e) => e.key))], sure: true };
}
