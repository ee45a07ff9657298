import { foldWord, stemOf } from "../text/tokens.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

/** A word of a phrase: compared by stem, or as it stands where the vocabulary writes "=word". */
interface PhraseWord {
  readonly text: string;
  readonly stem: string;
  readonly exact: boolean;
}
export interface Phrase {
  readonly words: readonly PhraseWord[];
  /** What the phrase stands for: a concept, a month's number, a unit. */
  readonly values: readonly string[];
}

/** Phrases by the first word's stem, longest first. */
export type PhraseBook = ReadonlyMap<string, readonly Phrase[]>;

type Table = Readonly<Record<string, string>>;
type Numbers = Readonly<Record<string, number>>;

/** One language's file. English has every part; another language has what it reads. */
interface LanguageFile {
  readonly language: string;
  readonly fillers?: string;
  readonly corrections?: string;
  readonly numbers?: Numbers;
  readonly ordinals?: Numbers;
  readonly ordinalEndings?: string;
  readonly multipliers?: Numbers;
  readonly fractions?: Numbers;
  readonly fractionsAfter?: string;
  readonly one?: string;
  readonly percent?: string;
  readonly money?: Table;
  readonly cents?: string;
  readonly months?: Numbers;
  readonly weekdays?: Numbers;
  readonly units?: Table;
  readonly dates?: Table;
  readonly casual?: string;
  readonly seasons?: Numbers;
  readonly holidays?: Table;
  readonly letters?: Table;
  readonly accountWords?: string;
  readonly accountNouns?: string;
  readonly preposition?: Table;
  /** Words that take out or deny what follows. */
  readonly negation?: string;
  /** Verbs by which somebody else's words are told. */
  readonly reports?: string;
  /** What holds somebody else's words, and what is done with them. */
  readonly materials?: string;
  readonly packUnits?: Table;
  readonly categoryWords?: Table;
  readonly splitVerbs?: Table;
  /** What each tool does, as an offer: "Shall I …?" */
  readonly meanings?: Table;
  readonly common?: string;
  readonly concepts?: Table;
}

const LANGUAGES: readonly LanguageFile[] = [en, de, fr, nl];

export const listed = (text: string | undefined): string[] => (text ? text.split(", ") : []);

function addTo(book: Map<string, Phrase[]>, phrase: string, value: string): void {
  const words = phrase.split(" ").map((word) => {
    const exact = word.startsWith("=");
    const text = foldWord(exact ? word.slice(1) : word);
    return { text, stem: stemOf(text), exact };
  });
  const key = words[0]!.stem;
  const there = book.get(key) ?? [];
  const same = there.findIndex(
    (p) =>
      p.words.length === words.length &&
      p.words.every((w, i) => w.text === words[i]!.text && w.exact === words[i]!.exact),
  );
  if (same >= 0) there[same] = { words: there[same]!.words, values: [...new Set([...there[same]!.values, value])] };
  else there.push({ words, values: [value] });
  there.sort((a, b) => b.words.length - a.words.length);
  book.set(key, there);
}

/** A book of several tables; later languages add to the first. */
function bookOf(tables: readonly (Table | undefined)[]): PhraseBook {
  const book = new Map<string, Phrase[]>();
  for (const table of tables)
    for (const [value, phrases] of Object.entries(table ?? {}))
      for (const phrase of listed(phrases)) addTo(book, phrase, value);
  return book;
}
const each = <T>(pick: (file: LanguageFile) => T | undefined): T[] =>
  LANGUAGES.map(pick).filter((part): part is T & {} => part !== undefined && part !== null);
const merged = (pick: (file: LanguageFile) => Numbers | undefined): ReadonlyMap<string, number> => {
  const all = new Map<string, number>();
  for (const table of each(pick))
    for (const [word, value] of Object.entries(table)) {
      const folded = foldWord(word);
      if (!all.has(folded)) all.set(folded, value);
    }
  return all;
};
const set = (pick: (file: LanguageFile) => string | undefined): ReadonlySet<string> =>
  new Set(each(pick).flatMap(listed).map(foldWord));

export const MEANINGS: Readonly<Record<string, string>> = en.meanings;
export const CONCEPTS = bookOf(each((f) => f.concepts));
export const DATE_WORDS = bookOf(each((f) => f.dates));
export const UNITS = bookOf(each((f) => f.units));
export const HOLIDAYS = bookOf(each((f) => f.holidays));
export const MONEY = bookOf(each((f) => f.money));
export const PREPOSITIONS = bookOf(each((f) => f.preposition));
export const CORRECTIONS = bookOf(each((f) => (f.corrections ? { correction: f.corrections } : undefined)));
export const FILLERS = bookOf(each((f) => (f.fillers ? { filler: f.fillers } : undefined)));
export const PERCENT = bookOf(each((f) => (f.percent ? { percent: f.percent } : undefined)));
export const NEGATION = bookOf(each((f) => (f.negation ? { negation: f.negation } : undefined)));
export const NUMBERS = merged((f) => f.numbers);
export const ORDINALS = merged((f) => f.ordinals);
export const MULTIPLIERS = merged((f) => f.multipliers);
export const FRACTIONS = merged((f) => f.fractions);
export const MONTHS = merged((f) => f.months);
export const WEEKDAYS = merged((f) => f.weekdays);
export const SEASONS = merged((f) => f.seasons);
export const ORDINAL_ENDINGS = set((f) => f.ordinalEndings);
export const FRACTIONS_AFTER = set((f) => f.fractionsAfter);
export const REPORTS = set((f) => f.reports);
export const MATERIALS = set((f) => f.materials);
export const ONE = set((f) => f.one);
export const CENTS = set((f) => f.cents);
export const ACCOUNT_WORDS = new Set([...set((f) => f.accountWords)].map(stemOf));
/** Language of a word that a casual date starts with ("tomorrow" → en). */
export const CASUAL: ReadonlyMap<string, string> = new Map(
  [...LANGUAGES].reverse().flatMap((f) => listed(f.casual).map((word) => [foldWord(word), f.language])),
);
/** How the letters of "Retailer B" are spelt by a transcript: "bee" → "b". */
export const LETTER_SOUNDS: ReadonlyMap<string, string> = new Map(
  each((f) => f.letters).flatMap((table) =>
    Object.entries(table).flatMap(([letter, sounds]) => listed(sounds).map((s): [string, string] => [s, letter])),
  ),
);
/** Verbs whose parts stand apart ("bring the promotion forward"): first part, last part, what they mean together. */
export const SPLIT_VERBS: readonly { first: string; rest: readonly string[]; concept: string }[] = each(
  (f) => f.splitVerbs,
).flatMap((t) =>
  Object.entries(t).flatMap(([concept, phrases]) =>
    listed(phrases).flatMap((phrase) => {
      const [first, last] = phrase.split(" … ");
      return first && last
        ? [{ first: stemOf(foldWord(first)), rest: last.split(" ").map((w) => stemOf(foldWord(w))), concept }]
        : [];
    }),
  ),
);
/** "kilos" → "kg" */
export const PACK_UNITS: ReadonlyMap<string, string> = new Map(
  each((f) => f.packUnits).flatMap((t) =>
    Object.entries(t).flatMap(([unit, words]) => listed(words).map((w): [string, string] => [w, unit])),
  ),
);
/** What else a category is called, where the store has a category of that (folded) name. */
export const CATEGORY_WORDS: ReadonlyMap<string, readonly string[]> = new Map(
  each((f) => f.categoryWords).flatMap((t) =>
    Object.entries(t).map(([name, words]): [string, string[]] => [name, listed(words)]),
  ),
);

function knownWords(): ReadonlySet<string> {
  const known = new Set<string>(
    each((f) => f.common)
      .flatMap(listed)
      .map(foldWord),
  );
  for (const book of [CONCEPTS, DATE_WORDS, UNITS, HOLIDAYS, MONEY, PREPOSITIONS, CORRECTIONS, FILLERS, PERCENT])
    for (const phrases of book.values()) for (const p of phrases) for (const w of p.words) known.add(w.text);
  for (const table of [NUMBERS, ORDINALS, MULTIPLIERS, FRACTIONS, MONTHS, WEEKDAYS, SEASONS])
    for (const word of table.keys()) known.add(word);
  for (const word of CASUAL.keys()) known.add(word);
  return known;
}
/** Ordinary words: never taken for a misspelt name, and not enough to name a thing alone. */
export const KNOWN_WORDS = knownWords();
const KNOWN_STEMS: ReadonlySet<string> = new Set([...KNOWN_WORDS].map(stemOf));
export const isKnown = (text: string, stem: string): boolean => KNOWN_WORDS.has(text) || KNOWN_STEMS.has(stem);
