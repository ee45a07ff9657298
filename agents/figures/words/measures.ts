import table from "./measures.json" with { type: "json" };

/** A measure of the results: its unit, how it is called, and what its sign means. */
export interface Measure {
  readonly name: string;
  readonly unit: "ratio" | "units" | "money" | "%" | "pp" | "count" | "weeks" | "days";
  /** A change: "up 5 %" is one, and a sign that is not the word's is wrong. */
  readonly change: boolean;
  /** May be negative, so that "lost €500" says it. */
  readonly signed: boolean;
}

interface Entry {
  readonly unit: string;
  readonly keys: string;
  readonly words: string;
  readonly change?: boolean;
  readonly signed?: boolean;
}
const ENTRIES = Object.entries(table as Readonly<Record<string, Entry>>);

const MEASURES: ReadonlyMap<string, Measure> = new Map(
  ENTRIES.map(([name, { unit, change = false, signed = false }]) => [
    name,
    { name, unit: unit as Measure["unit"], change, signed: signed || change },
  ]),
);
const BY_KEY: ReadonlyMap<string, Measure> = new Map(
  ENTRIES.flatMap(([name, { keys }]) => keys.split(", ").map((key) => [key, MEASURES.get(name)!] as const)),
);

/** Keys that say which number of a measure, not which measure: the one above them does. */
const GENERIC = new Set(["mean", "low", "high", "value", "n", "expected", "range", "interval"]);

/**
 * The measure of the number at a path, or null where none is known for it.
 * @param keys the keys of the path without places in lists, from the root
 * @param metric the metric of a comparison, whose numbers are called `value`
 */
export function measureAt(tool: string, keys: readonly string[], metric: string | null): Measure | null {
  if (keys.at(-1) === "interval") return BY_KEY.get("interval") ?? null;
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i]!.replace(/(?<=.)_range$/, "");
    const own = BY_KEY.get(`${keys[i - 1] ?? ""}/${key}`) ?? BY_KEY.get(`${tool}:${key}`);
    if (own) return own;
    if (!GENERIC.has(key)) return BY_KEY.get(key) ?? null;
    if ((key === "value" || key === "interval") && metric) return BY_KEY.get(metric) ?? null;
  }
  return null;
}

const phrases = new Map<string, Measure[]>();
for (const [name, { words }] of ENTRIES)
  for (const phrase of words.split(", ")) phrases.set(phrase, [...(phrases.get(phrase) ?? []), MEASURES.get(name)!]);

const PHRASE = new RegExp(
  `(?<![\\p{L}\\d])(?:${[...phrases.keys()]
    .sort((a, b) => b.length - a.length)
    .map((p) => p.replaceAll(" ", "[\\s-]+"))
    .join("|")})(?![\\p{L}\\d])`,
  "giu",
);

export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly measures: readonly Measure[];
}

/** The names of measures in a text, the longest at each place. */
export function measurePhrases(text: string): Phrase[] {
  return [...text.matchAll(PHRASE)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    measures: phrases.get(m[0].toLowerCase().replace(/[\s-]+/g, " "))!,
  }));
}

const COUNTED = new RegExp(
  `^\\s(?:past\\s)?(?:${[...phrases]
    .filter(([, measures]) => measures.some((m) => m.unit === "count" || m.unit === "weeks" || m.unit === "days"))
    .map(([p]) => p.replaceAll(" ", "[\\s-]+"))
    .join("|")})(?!\\p{L})`,
  "iu",
);

/** True where at this place of a text stands a thing that is counted. */
export const countedAt = (text: string, at: number): boolean => COUNTED.test(text.slice(at, at + 40));
