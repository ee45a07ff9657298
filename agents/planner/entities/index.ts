import { stemOf, tokenise } from "../text/tokens.ts";
import type { Lexicon, LexiconAccount, LexiconPromotion } from "../types.ts";
import { ACCOUNT_WORDS, CATEGORY_WORDS, KNOWN_WORDS, PACK_UNITS } from "../vocabulary/index.ts";

export type NameKind = "account" | "brand" | "category" | "product" | "competitor" | "person" | "contact";

/** One way to name one thing. */
export interface NameEntry {
  readonly id: number;
  readonly kind: NameKind;
  /** The name people read. */
  readonly key: string;
  /** Folded words; all of them make the full name. */
  readonly words: ReadonlySet<string>;
  /** Other spellings of the pack ("1000" beside "1"): they match, and are not needed. */
  readonly extra: ReadonlySet<string>;
  /** A short code in capitals ("EST"): only capitals name it, for in small letters it may be a word of some language. */
  readonly caps: boolean;
}

/** The names of one lexicon, ready to be looked up by word. */
export interface NameIndex {
  readonly entries: readonly NameEntry[];
  readonly byWord: ReadonlyMap<string, readonly number[]>;
  readonly byStem: ReadonlyMap<string, readonly string[]>;
  /** Words that tell a thing apart: no ordinary words, no numbers. */
  readonly distinctive: readonly string[];
  /** "Morning Row" heard as one word. */
  readonly joined: ReadonlyMap<string, readonly number[]>;
  /** "b" → the account of "Retailer B". */
  readonly letters: ReadonlyMap<string, LexiconAccount>;
  readonly promotions: ReadonlyMap<string, LexiconPromotion>;
  readonly claims: ReadonlyMap<string, string>;
  readonly codePrefix: { readonly promotion: ReadonlySet<string>; readonly claim: ReadonlySet<string> };
}

export const normaliseCode = (code: string): string => code.toLowerCase().replace(/[^a-z0-9]/g, "");
const prefixOf = (code: string): string => /^[a-z]*/.exec(normaliseCode(code))![0];
const wordsOf = (name: string): string[] =>
  tokenise(name.replaceAll('"', " "))
    .filter((t) => t.kind !== "mark")
    .map((t) => PACK_UNITS.get(t.text) ?? t.text);

/** "1 kg" also as 1000 g, "500 g" also as 0.5 kg. */
function otherPacks(size: number | null, unit: string | null): string[] {
  if (size === null || unit === null) return [];
  const smaller: Record<string, string> = { kg: "g", l: "ml" };
  const larger: Record<string, string> = { g: "kg", ml: "l" };
  if (smaller[unit]) return [String(size * 1000), smaller[unit]];
  if (larger[unit] && size >= 100) return [String(size / 1000), String(size / 1000).replace(".", ","), larger[unit]];
  return [];
}

const cache = new WeakMap<Lexicon, NameIndex>();

/** The index of a lexicon; made once for each. */
export function nameIndex(lexicon: Lexicon): NameIndex {
  const made = cache.get(lexicon);
  if (made) return made;
  const index = build(lexicon);
  cache.set(lexicon, index);
  return index;
}

function build(lexicon: Lexicon): NameIndex {
  const entries: NameEntry[] = [];
  const add = (kind: NameKind, key: string, name: string, extra: string[] = []): void => {
    const words = new Set(wordsOf(name));
    if (words.size)
      entries.push({ id: entries.length, kind, key, words, extra: new Set(extra), caps: /^[A-Z]{2,5}$/.test(name) });
  };
  const letters = new Map<string, LexiconAccount>();
  for (const account of lexicon.accounts) {
    for (const name of new Set([account.name, ...account.aliases])) {
      const words = wordsOf(name);
      const letter = words.at(-1)!;
      const lettered = words.length === 2 && /^[a-z]$/.test(letter);
      if (lettered) letters.set(letter, account);
      // "retailer a" is read by letters.ts, which knows an article when it sees one.
      if (!lettered || !ACCOUNT_WORDS.has(stemOf(words[0]!))) add("account", account.name, name);
    }
  }
  for (const brand of lexicon.brands) add("brand", brand.name, brand.name);
  for (const category of lexicon.categories) {
    add("category", category, category);
    for (const word of CATEGORY_WORDS.get(wordsOf(category).join(" ")) ?? []) add("category", category, word);
  }
  for (const product of lexicon.products)
    for (const name of new Set([product.name, ...(product.aliases ?? [])]))
      add("product", product.name, name, otherPacks(product.packSize, product.packUnit));
  for (const name of lexicon.competitors) add("competitor", name, name);
  for (const name of lexicon.people) add("person", name, name);
  for (const { name } of lexicon.contacts ?? []) add("contact", name, name);

  const byWord = new Map<string, number[]>();
  const byStem = new Map<string, string[]>();
  const joined = new Map<string, number[]>();
  const push = <V>(map: Map<string, V[]>, key: string, value: V): void => {
    const list = map.get(key);
    if (!list) map.set(key, [value]);
    else if (!list.includes(value)) list.push(value);
  };
  for (const entry of entries) {
    for (const word of [...entry.words, ...entry.extra]) {
      push(byWord, word, entry.id);
      push(byStem, word.length > 3 ? word.replace(/s$/, "") : word, word);
    }
    if (entry.words.size > 1 && entry.words.size < 4 && entry.kind !== "product")
      push(joined, [...entry.words].join(""), entry.id);
  }
  return {
    entries,
    byWord,
    byStem,
    distinctive: [...byWord.keys()].filter(isDistinctive),
    joined,
    letters,
    promotions: new Map(lexicon.promotions.map((p) => [normaliseCode(p.code), p])),
    claims: new Map(lexicon.claims.map((c) => [normaliseCode(c.code), c.code])),
    codePrefix: {
      promotion: new Set(["p", ...lexicon.promotions.slice(0, 5).map((p) => prefixOf(p.code))]),
      claim: new Set(["cl", "c", ...lexicon.claims.slice(0, 5).map((c) => prefixOf(c.code))]),
    },
  };
}

/** A word that an ordinary sentence would not hold by chance. */
export const isDistinctive = (word: string): boolean =>
  word.length > 2 && !/\d/.test(word) && !KNOWN_WORDS.has(word) && !PACK_UNITS.has(word);
