import type { Lexicon } from "../../planner/index.ts";
import type { Leaf, Namer, Row } from "./leaves.ts";
import { literally } from "./wordList.ts";

/** A name in a text: the kinds of thing that may be called so. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly kinds: ReadonlySet<string>;
}

/** By kind, every name that a text may use: those of the results, and those of the store. */
type Known = ReadonlyMap<string, ReadonlySet<string>>;

const SHORTEST_NAME = 3;

export function knownNames(leaves: readonly Leaf[], lexicon: Lexicon, namer: Namer): Known {
  const known = new Map<string, Set<string>>();
  const add = (kind: string, forms: Iterable<string>): void => {
    const set = known.get(kind) ?? new Set();
    for (const form of forms) if (form.length >= SHORTEST_NAME) set.add(form);
    known.set(kind, set);
  };
  for (const leaf of leaves) {
    for (const [kind, forms] of leaf.scope) add(kind, forms);
  }
  for (const { name } of [...lexicon.accounts, ...lexicon.products, ...lexicon.brands]) {
    const { kind, forms } = namer.formsOf(name);
    if (kind) add(kind, forms);
  }
  for (const { code } of lexicon.promotions) add("promotion", namer.formsOf(code).forms);
  return known;
}

/** Finds names in a text, the longest at each place. */
export function mentionFinder(known: Known): (text: string) => Mention[] {
  const kinds = new Map<string, Set<string>>();
  for (const [kind, names] of known)
    for (const name of names) kinds.set(name, (kinds.get(name) ?? new Set<string>()).add(kind));
  if (!kinds.size) return () => [];
  const names = [...kinds.keys()].sort((a, b) => b.length - a.length).map(literally);
  const pattern = new RegExp(`(?<![\\p{L}\\d.,])(?:${names.join("|")})(?![\\p{L}\\d]|[.,]\\d)`, "giu");
  return (text) =>
    [...text.matchAll(pattern)].map((m) => ({
      start: m.index,
      end: m.index + m[0].length,
      name: m[0].toLowerCase(),
      kinds: kinds.get(m[0].toLowerCase()) ?? new Set<string>(),
    }));
}

/** The names that a number is said of: by kind, and whether its own sentence says them. */
export interface Subject {
  readonly names: ReadonlyMap<string, { readonly name: string; readonly here: boolean }>;
}

/** Words between a number and the thing that it is said of: "0.42 net ROI at Bramley". */
const OF = /^[^.,;:()|\d]{0,40}?(?:^|\s)(?:at|for|by|from|in|of|on|with)\s(?:the\s|our\s)?[*_]{0,2}$/iu;

/**
 * What a number is said of. In a sentence it is the name before it, else (where none is, or where "at", "for" leads to it) the
 * one after it; a name of an earlier sentence stands until another is said.
 * @param before mentions of the text before the sentence, in order
 * @param own mentions in the sentence, with its text; of a table's row all are its subject, wherever they stand
 */
export function subjectOf(
  number: { readonly start: number; readonly end: number },
  sentence: string,
  own: readonly Mention[],
  before: readonly Mention[],
  row: boolean,
): Subject {
  const names = new Map<string, { name: string; here: boolean }>();
  const take = (mention: Mention, here: boolean): void => {
    for (const kind of mention.kinds) if (!names.has(kind)) names.set(kind, { name: mention.name, here });
  };
  const next = own.find((m) => m.start >= number.end);
  if (next && !row && OF.test(sentence.slice(number.end, next.start))) take(next, true);
  for (const mention of own.filter((m) => m.start <= number.start).reverse()) take(mention, true);
  for (const mention of own.filter((m) => m.start > number.start)) take(mention, row);
  for (const mention of [...before].reverse()) take(mention, false);
  return { names };
}

/** True where a number may be said of this subject: no name of it contradicts the number's scope, and its row is named. */
export function fits(leaf: Leaf, subject: Subject, all: readonly Leaf[], rowNames: ReadonlySet<string>): boolean {
  for (const [kind, { name, here }] of subject.names) {
    const own = leaf.scope.get(kind);
    if (own ? !own.has(name) : here && leaf.measure.name !== "interval" && rowNames.has(`${kind}:${name}`))
      return false;
  }
  return leaf.rows.every((row) => isNamed(leaf, row, subject, all));
}

/** True where the subject tells the row from each other of its list that does not hold the same number there. */
function isNamed(leaf: Leaf, row: Row, subject: Subject, all: readonly Leaf[]): boolean {
  const depth = leaf.rows.indexOf(row);
  const tail = leaf.path.slice(listPath(row).length).replace(/^\/\d+/, "");
  const others = new Map<number, { row: Row; same: boolean }>();
  for (const other of all) {
    const sibling = other.rows[depth];
    if (!sibling || sibling.list !== row.list || sibling.at === row.at) continue;
    const same = other.text === leaf.text && other.path === `${listPath(row)}/${sibling.at}${tail}`;
    others.set(sibling.at, { row: sibling, same: same || others.get(sibling.at)?.same === true });
  }
  const own = row.kind === null ? undefined : subject.names.get(row.kind)?.name;
  if (row.kind !== null && others.size && !row.names.get(row.kind)?.has(own ?? "")) return false;
  return [...others.values()].every(
    ({ row: other, same }) =>
      same ||
      [...subject.names].some(
        ([kind, { name }]) => row.names.get(kind)?.has(name) && !other.names.get(kind)?.has(name),
      ),
  );
}

const listPath = (row: Row): string => row.list.slice(row.list.indexOf(":") + 1);

/** True where a name of each of its rows is said, so that it is not only the one that there is; of a total, where no row's name is. */
export const isSaid = (leaf: Leaf, subject: Subject, rowNames: ReadonlySet<string>): boolean =>
  (leaf.rows.length > 0 || ![...subject.names].some(([kind, { name }]) => rowNames.has(`${kind}:${name}`))) &&
  leaf.rows.every((row) => [...row.names].some(([kind, forms]) => forms.has(subject.names.get(kind)?.name ?? "")));

const STORE_KINDS = ["account", "brand", "product", "promotion"];

/** Names of the store that a sentence says although nothing in the turn is about them. */
export const strangers = (own: readonly Mention[], spoken: ReadonlySet<string>): string[] =>
  own
    .filter(
      ({ kinds, name }) =>
        STORE_KINDS.some((kind) => kinds.has(kind)) && ![...kinds].some((kind) => spoken.has(`${kind}:${name}`)),
    )
    .map(({ name }) => name);

/** Every name that a row of a list has, by kind: a number said of one is not the total's. */
export const rowNamesOf = (leaves: readonly Leaf[]): ReadonlySet<string> =>
  new Set(
    leaves.flatMap((leaf) =>
      leaf.rows.flatMap((row) =>
        [...row.names].flatMap(([kind, forms]) => [...forms].map((form) => `${kind}:${form}`)),
      ),
    ),
  );
