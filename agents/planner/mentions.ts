import type { NameSpan } from "./entities/link.ts";
import type { Reading } from "./reading.ts";
import type { Lexicon } from "./types.ts";
import { ACCOUNT_WORDS, isKnown, KNOWN_WORDS, MONTHS, PREPOSITIONS } from "./vocabulary/index.ts";
import { matchesAt } from "./vocabulary/match.ts";

/** A product, or the whole of a brand or a category, as the tools take it. */
export type Goods = string | { readonly brand: string } | { readonly category: string };

export interface Accounts {
  readonly names: readonly string[];
  readonly excluded: readonly string[];
  readonly all: boolean;
  /** A name that fits several accounts, or was only guessed: what it may be. */
  readonly unsure: { readonly said: string; readonly names: readonly string[] } | null;
  /** What was named where an account is named, and is none of the store's. */
  readonly unknown: string | null;
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** True where the words before a name take it out: "not B", "except C and D", "all but Harbour". */
export function isExcluded(reading: Reading, span: Place, sort: readonly Place[]): boolean {
  const { tokens } = reading;
  if (leftOutAfter(reading, span)) return true;
  let i = span.from - 1;
  for (let steps = 0; i >= 0 && steps < 4; steps++, i--) {
    if (takesOut(reading, i + 1, steps > 0)) return true;
    if (!BETWEEN.has(tokens[i]!.text)) break;
  }
  if (["and", "or", ",", "nor"].includes(tokens[i]?.text ?? "")) {
    const before = sort.find((s) => s.to === i || (tokens[i - 1]?.text === "," && s.to === i - 1));
    return before ? isExcluded(reading, before, sort) : false;
  }
  return false;
}
/** A stretch of the sentence: a name, or a word of the trade. */
type Place = Pick<NameSpan, "from" | "to">;

/** "Delphi excluded", "leave Tailwind out", "with coupons aside". */
function leftOutAfter({ tokens, concepts }: Reading, span: Place): boolean {
  if (matchesAt(tokens, span.to, PREPOSITIONS).some((m) => m.values.includes("leftout"))) return true;
  return (
    tokens[span.to]?.text === "out" &&
    concepts.some((c) => c.from < span.from && span.from - c.from < 6 && c.concepts.includes("split"))
  );
}
/** Words that may stand between "not" and the name. */
const BETWEEN = new Set(["the", "at", "for", "with", "in", "our", "any", "all", "from", "my", "of", "those", "these"]);
const WHOLE = new Set([
  "all",
  "every",
  "everyone",
  "everybody",
  "each",
  "everything",
  "everywhere",
  "anywhere",
  "anyone",
]);

/** "not", "except", "but not" right before token `to`; "but" and "save" only after a whole ("all but C"). */
function takesOut({ tokens }: Reading, to: number, apart: boolean): boolean {
  for (let start = Math.max(0, to - 3); start < to; start++) {
    const ends = matchesAt(tokens, start, PREPOSITIONS).some((m) => m.to === to && m.values.includes("not"));
    // "20 % without at Bramley" is without support, at Bramley.
    if (!ends || (apart && tokens[start]!.text === "without")) continue;
    const weak = to - start === 1 && ["but", "save", "bar", "over"].includes(tokens[start]!.text);
    if (!weak || tokens.slice(0, start).some((t) => WHOLE.has(t.text))) return true;
  }
  return false;
}

export function accountsIn(reading: Reading, lexicon: Lexicon): Accounts {
  const spans = reading.names.filter((n) => n.kind === "account");
  const names: string[] = [];
  const excluded: string[] = [];
  let unsure: Accounts["unsure"] = null;
  for (const span of spans) {
    const out = isExcluded(reading, span, spans);
    if (span.names.length > 1 || !span.sure) {
      const said = reading.tokens
        .slice(span.from, span.to)
        .map((t) => t.raw)
        .join(" ");
      unsure ??= { said, names: span.names };
    }
    (out ? excluded : names).push(span.names[0]!);
  }
  // "the email of Claire Fontaine" is about her account.
  const contact = reading.names.find((n) => n.kind === "contact");
  const theirs = spans.length
    ? undefined
    : (lexicon.contacts ?? []).filter((c) => contact?.names.includes(c.name)).map((c) => c.account);
  if (theirs && new Set(theirs).size === 1) names.push(theirs[0]!);
  const words = reading.concepts.flatMap((c) => c.concepts);
  const all =
    names.length === 0 &&
    (words.includes("allaccounts") ||
      (excluded.length > 0 && words.includes("account")) ||
      ownerOf(reading, lexicon) !== null);
  return {
    names: unique(names),
    excluded: unique(excluded),
    all,
    unsure,
    unknown: names.length || all ? null : unknownName(reading, "account"),
  };
}

/** The accounts meant by "all": the person's, or those of a colleague she names, less what she takes out. */
export function allAccounts(reading: Reading, lexicon: Lexicon, excluded: readonly string[]): string[] {
  const owner = ownerOf(reading, lexicon) ?? soleOwner(lexicon);
  return lexicon.accounts
    .filter((a) => (owner === null || a.owner === owner) && !excluded.includes(a.name))
    .map((a) => a.name);
}
/**
 * A key account manager sees only her own accounts' promotions, so where all that are seen belong to one owner, "all"
 * are that owner's; a manager sees several owners'.
 */
function soleOwner(lexicon: Lexicon): string | null {
  const seen = new Set(lexicon.promotions.map((p) => p.account));
  const owners = new Set(lexicon.accounts.filter((a) => seen.has(a.name)).map((a) => a.owner));
  return owners.size === 1 ? ([...owners][0] ?? null) : null;
}
/** "Ana's accounts": those of a colleague who is named, else null. */
export function ownersAccounts(reading: Reading, lexicon: Lexicon): string[] | null {
  const owner = ownerOf(reading, lexicon);
  return owner === null ? null : lexicon.accounts.filter((a) => a.owner === owner).map((a) => a.name);
}
function ownerOf(reading: Reading, lexicon: Lexicon): string | null {
  const person = reading.names.find((n) => n.kind === "person");
  const next = person ? reading.tokens[person.to] : undefined;
  if (!person || !next || !ACCOUNT_WORDS.has(next.stem)) return null;
  return lexicon.accounts.some((a) => a.owner === person.names[0]) ? person.names[0]! : null;
}

/** What is named of products: those wanted, less what is taken out of them; and both apart, for tools that leave out themselves. */
export function goodsIn(
  reading: Reading,
  lexicon: Lexicon,
): { readonly goods: Goods[]; readonly named: Goods[]; readonly excluded: Goods[] } {
  const spans = reading.names.filter((n) => n.kind === "brand" || n.kind === "category" || n.kind === "product");
  const goods: Goods[] = [];
  const excluded: Goods[] = [];
  const brands = spans.filter((s) => s.kind === "brand" && !isExcluded(reading, s, spans)).map((s) => s.names[0]!);
  for (const span of spans) {
    const into = isExcluded(reading, span, spans) ? excluded : goods;
    if (span.kind === "product") into.push(...span.names);
    else if (span.kind === "brand") into.push({ brand: span.names[0]! });
    else if (isWhole(reading, span) || !describes(span, brands, lexicon)) into.push({ category: span.names[0]! });
  }
  const size = reading.concepts.flatMap((c) => c.concepts).find((c) => c === "bigpack" || c === "smallpack");
  const sized = size ? goods.flatMap((g) => ofSize(g, size, lexicon)) : goods;
  const seen = new Set<string>();
  const once = (g: Goods): boolean => {
    const key = JSON.stringify(g);
    return seen.has(key) ? false : Boolean(seen.add(key));
  };
  const named = sized.filter(once);
  const out = excluded.filter(once);
  const all = reading.concepts.some((c) => c.concepts.includes("allproducts"));
  return { goods: out.length && (named.length || all) ? less(named, out, lexicon) : named, named, excluded: out };
}
const GRAMS: Readonly<Record<string, number>> = { g: 1, ml: 1, kg: 1000, l: 1000 };
/** "the big packs of Clearwater": of a whole brand or category, each brand's products in its largest (or smallest) size. */
function ofSize(goods: Goods, size: string, lexicon: Lexicon): Goods[] {
  if (typeof goods === "string") return [goods];
  const pool = lexicon.products.filter((p) =>
    "brand" in goods ? p.brand === goods.brand : p.category === goods.category,
  );
  const amount = (p: Lexicon["products"][number]): number => (p.packSize ?? 0) * (GRAMS[p.packUnit ?? ""] ?? 1);
  const brands = [...new Set(pool.map((p) => p.brand))];
  const fits = brands.flatMap((brand) => {
    const sizes = pool.filter((p) => p.brand === brand).map(amount);
    const wanted = size === "bigpack" ? Math.max(...sizes) : Math.min(...sizes);
    return pool.filter((p) => p.brand === brand && amount(p) === wanted && Math.max(...sizes) > Math.min(...sizes));
  });
  return fits.length ? fits.map((p) => p.name) : [goods];
}
/** "coffee except Kestrel", "Kestrel but not the decaf", "everything but laundry": whole brands where they stay whole, else products. */
export function less(goods: readonly Goods[], excluded: readonly Goods[], lexicon: Lexicon): Goods[] {
  const holds = (g: Goods, p: Lexicon["products"][number]): boolean =>
    typeof g === "string" ? g === p.name : "brand" in g ? g.brand === p.brand : g.category === p.category;
  const wanted = lexicon.products.filter(
    (p) => (goods.length === 0 || goods.some((g) => holds(g, p))) && !excluded.some((g) => holds(g, p)),
  );
  return lexicon.brands.flatMap((b): Goods[] => {
    const own = wanted.filter((p) => p.brand === b.name);
    const whole = own.length > 0 && own.length === lexicon.products.filter((p) => p.brand === b.name).length;
    return whole ? [{ brand: b.name }] : own.map((p) => p.name);
  });
}
/** "all our coffee": the whole of it, whichever of its brands is named beside. */
const isWhole = ({ tokens }: Reading, span: NameSpan): boolean =>
  tokens.slice(Math.max(0, span.from - 2), span.from).some((t) => WHOLE.has(t.text) || t.text === "whole");

/** "Kestrel coffee": the category only says what the brand is. */
const describes = (span: NameSpan, brands: readonly string[], lexicon: Lexicon): boolean =>
  lexicon.brands.some((b) => b.category === span.names[0] && brands.includes(b.name));

/**
 * A name that stands where an account (or a product) is named and that nobody knows: "at Tesco", "for Retailer Z".
 * It goes to the tool as it was said, which answers with what there is.
 */
export function unknownName(reading: Reading, what: "account" | "product"): string | null {
  const { tokens } = reading;
  const taken = (i: number): boolean =>
    [...reading.names, ...reading.codes, ...reading.dates, ...reading.quantities].some((s) => s.from <= i && i < s.to);
  const strange = (i: number): boolean => {
    const t = tokens[i];
    return t?.kind === "word" && !taken(i) && t.text.length > 2 && !isKnown(t.text, t.stem) && !MONTHS.has(t.text);
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (
      what === "account" &&
      token.kind === "word" &&
      ACCOUNT_WORDS.has(token.stem) &&
      next?.kind === "word" &&
      !taken(i + 1) &&
      (/^\p{Lu}$/u.test(next.raw) || (next.capital && !KNOWN_WORDS.has(next.text)))
    )
      return tokens
        .slice(i, i + 2)
        .map((t) => t.raw)
        .join(" ");
    const preposition =
      what === "account"
        ? ["at", "for", "with", "to", "bei", "fur", "chez", "pour", "bij", "voor"]
        : ["of", "on", "for", "promote", "forecast", "is", "does"];
    if (!preposition.includes(token.text)) continue;
    const start = next && ["the", "our"].includes(next.text) ? i + 2 : i + 1;
    if (!strange(start)) continue;
    let to = start + 1;
    while (
      strange(to) ||
      (tokens[to]?.capital && !taken(to) && tokens[to]!.kind === "word" && !MONTHS.has(tokens[to]!.text))
    )
      to++;
    return tokens
      .slice(start, to)
      .map((t) => t.raw)
      .join(" ");
  }
  return null;
}
