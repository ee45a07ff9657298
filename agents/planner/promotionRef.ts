import { addDays, overlaps } from "../../data/common/dates.ts";
import { resolveSpan } from "./dates/span.ts";
import type { Features } from "./features.ts";
import type { Focus } from "./focus.ts";
import { isExcluded } from "./mentions.ts";
import { mechanicsIn, supportIn } from "./offer.ts";
import type { Reading } from "./reading.ts";
import type { Lexicon, LexiconPromotion } from "./types.ts";
import { frameOf } from "./when.ts";

export type PromotionRef =
  | { readonly kind: "one"; readonly code: string }
  | { readonly kind: "several"; readonly promotions: readonly LexiconPromotion[] }
  | { readonly kind: "none" };

export interface RefWish {
  /** States that the tool acts on; others are looked at only where none fits. */
  readonly statuses: readonly string[];
  /** Accounts of the sentence that say where a copy goes, not which promotion is meant. */
  readonly notAccounts?: readonly string[];
  /** The sentence's dates and offer are what is wanted, not what there is. */
  readonly newTerms?: boolean;
  /** Dates that lie behind say which promotion is meant, even where new dates are given. */
  readonly pastDates?: boolean;
  /** A question may take the last that ended; a write asks. */
  readonly mayGuess?: boolean;
}

const ENDED = ["ended", "closed"];

/** The promotion that a sentence speaks of: by code, by what describes it, or the one the thread is about. */
export function promotionMeant(
  reading: Reading,
  features: Features,
  lexicon: Lexicon,
  focus: Focus,
  wish: RefWish,
): PromotionRef {
  const code = reading.codes.find((c) => c.kind === "promotion");
  if (code) return { kind: "one", code: code.code };
  const before = inThread(reading, features, lexicon, focus, wish);
  if (before) return before;
  const nth = placeIn(reading, focus.listed.promotions) ?? rankedOne(reading, focus.last);
  if (nth && !reading.names.length) return { kind: "one", code: nth };
  if (
    focus.promotion &&
    !reading.names.length &&
    /\blast (?:one|change|step|draft)\b/i.test(reading.text) &&
    !wish.statuses.some((x) => ENDED.includes(x))
  )
    return { kind: "one", code: focus.promotion };
  const there = features.has("thisaccount") ? focus.account : null;
  const described = describedBy(reading, features, lexicon, wish, there);
  if (!described) {
    if (focus.promotion) return { kind: "one", code: focus.promotion };
    return { kind: "none" };
  }
  const inState = described.found.filter((p) => wish.statuses.includes(p.status));
  const pool = inState.length || !described.found.length ? inState : described.found;
  if (pool.length === 0) return { kind: "none" };
  if (pool.length === 1) return { kind: "one", code: pool[0]!.code };
  if (described.last || wish.mayGuess) return { kind: "one", code: latest(pool, lexicon.today).code };
  if (described.next) return { kind: "one", code: [...pool].sort((a, b) => (a.start < b.start ? -1 : 1))[0]!.code };
  const spoken = pool.filter((p) => focus.spoken.includes(p.code));
  if (spoken.length === 1) return { kind: "one", code: spoken[0]!.code };
  // The one that the thread is about settles which of several is meant.
  if (focus.promotion && pool.some((p) => p.code === focus.promotion)) return { kind: "one", code: focus.promotion };
  return { kind: "several", promotions: pool };
}

/** "the worst one" after a ranking of promotions: its first where the worst came first, else its last. */
export function rankedOne(reading: Reading, [base]: Focus["last"]): string | undefined {
  const rows = base?.tool === "compare_promotions" && base.args.by === "promotion" ? base.result.rows : null;
  const at = reading.concepts.find((c) => c.concepts.includes("rank"));
  if (!Array.isArray(rows) || !at || !ONE.has(reading.tokens[at.to]?.text ?? "")) return undefined;
  const worst = at.concepts.includes("lowest") || /^(?:worst|weakest|poorest)$/.test(reading.tokens[at.from]!.text);
  const first = worst === (base!.args.order === "worst");
  const shown = base!.result.groups ?? rows.length;
  const row = first ? rows[0] : shown === rows.length ? rows.at(-1) : undefined;
  const code = (row as { promotion?: unknown } | undefined)?.promotion;
  return typeof code === "string" ? code : undefined;
}
const ONE = new Set(["one", "of", "promotion", "deal"]);

/** "the first promotion I created in this chat", "the Kestrel promotion we discussed at the start": one that the thread has spoken of. */
function inThread(
  reading: Reading,
  features: Features,
  lexicon: Lexicon,
  focus: Focus,
  wish: RefWish,
): PromotionRef | null {
  if (!features.has("inthread") || !(features.has("promotion") || features.has("draftword"))) return null;
  const accounts = reading.names
    .filter((s) => s.kind === "account" && !wish.notAccounts?.includes(s.names[0]!))
    .flatMap((s) => s.names);
  const brands = brandsOf(reading, lexicon);
  const fits = (code: string): boolean => {
    const found = lexicon.promotions.find((p) => p.code === code);
    return (
      found !== undefined &&
      (!accounts.length || accounts.includes(found.account)) &&
      (!brands.length || (found.brand !== null && brands.includes(found.brand)))
    );
  };
  const all = features.has("madeword") && focus.made.length ? focus.made : focus.spoken;
  const oldestFirst = all.filter(fits).toReversed();
  const place = reading.quantities.find((q) => q.kind === "number" && q.ordinal);
  const at = place?.kind === "number" ? oldestFirst[place.value - 1] : undefined;
  const one = at ?? (features.has("atstart") ? oldestFirst[0] : features.has("last") ? oldestFirst.at(-1) : undefined);
  if (one) return { kind: "one", code: one };
  if (oldestFirst.length < 2) return oldestFirst[0] ? { kind: "one", code: oldestFirst[0] } : null;
  if (wish.mayGuess) return { kind: "one", code: oldestFirst.at(-1)! };
  return { kind: "several", promotions: lexicon.promotions.filter((p) => oldestFirst.includes(p.code)) };
}

/** "the first one", "number two", "the last": counted in a list that was shown. */
export function placeIn(reading: Reading, listed: readonly string[]): string | undefined {
  if (listed.length < 2) return undefined;
  const place = reading.quantities.find((q) => q.kind === "number" && q.ordinal);
  if (place?.kind === "number") return listed[place.value - 1];
  const last = reading.tokens.findIndex((t, i) => t.text === "last" && reading.tokens[i + 1]?.text === "one");
  return last >= 0 ? listed.at(-1) : undefined;
}

/** The one that ended last; where none has ended, the one that begins first. */
function latest(pool: readonly LexiconPromotion[], today: string): LexiconPromotion {
  const over = pool.filter((p) => p.end < today && p.status !== "cancelled");
  const key = (p: LexiconPromotion): string => `${p.end} ${p.start} ${String(p.id).padStart(9, "0")}`;
  return (over.length ? over : pool).toSorted((a, b) => (key(a) < key(b) ? 1 : -1))[0]!;
}

function describedBy(
  reading: Reading,
  features: Features,
  lexicon: Lexicon,
  wish: RefWish,
  there: string | null,
): { found: LexiconPromotion[]; last: boolean; next: boolean } | null {
  let found = lexicon.promotions.filter((p) => p.status !== "cancelled");
  let said = false;
  const narrow = (keep: (p: LexiconPromotion) => boolean, always = true): void => {
    const kept = found.filter(keep);
    if (kept.length || always) {
      found = kept;
      said = true;
    }
  };
  const spans = reading.names;
  const accounts = spans
    .filter((s) => s.kind === "account" && !wish.notAccounts?.includes(s.names[0]!) && !isExcluded(reading, s, spans))
    .flatMap((s) => s.names);
  if (!accounts.length && there) accounts.push(there);
  if (accounts.length) narrow((p) => accounts.includes(p.account));
  const brands = brandsOf(reading, lexicon);
  if (brands.length) narrow((p) => p.brand !== null && brands.includes(p.brand));
  const words = nameWords(reading, wish);
  for (const word of words) narrow((p) => ` ${p.name.toLowerCase()} `.includes(word), false);
  const last = features.has("last") && !features.has("plannedword");
  const next = !last && features.has("nextword") && !wish.newTerms;
  const period = periodMeant(reading, lexicon, wish, found);
  if (period) narrow(period);
  if (last) narrow((p) => (ENDED.includes(p.status) || p.end < lexicon.today) && p.end < lexicon.today);
  else if (next) narrow((p) => p.start > lexicon.today);
  for (const status of ["draft", "submitted", "approved", "running", "ended", "closed"]) {
    if (!features.has(`st_${status}`) || (status === "approved" && features.has("approve"))) continue;
    if (status === "draft" && (features.has("head:create") || features.has("head:draftit"))) continue;
    narrow((p) => p.status === status, false);
  }
  return said ? { found, last, next } : null;
}

function brandsOf(reading: Reading, lexicon: Lexicon): string[] {
  return reading.names.flatMap((s) => {
    if (s.kind === "brand") return s.names;
    if (s.kind === "product") return lexicon.products.filter((p) => s.names.includes(p.name)).map((p) => p.brand);
    if (s.kind === "category") return lexicon.brands.filter((b) => b.category === s.names[0]).map((b) => b.name);
    return [];
  });
}

/** "the 20 % one", "the coupon promotion", "the three for two": words that its name may hold. */
function nameWords(reading: Reading, wish: RefWish): string[] {
  if (wish.newTerms) return [];
  const words: string[] = [];
  for (const q of reading.quantities) {
    if (q.kind === "percent") words.push(` ${Math.round(q.values[0]! * 100)} %`);
    if (q.kind === "multibuy") words.push(`${q.get} for ${q.pay}`);
  }
  for (const mechanic of mechanicsIn(reading))
    if (mechanic === "coupon" || mechanic === "loyalty_price") words.push(mechanic.split("_")[0]!);
  if (supportIn(reading).display) words.push("display");
  return words;
}

/** Dates that say which promotion: "last year's Easter deal", "the June promotion"; where new dates are given, only those right before the noun. */
function periodMeant(
  reading: Reading,
  lexicon: Lexicon,
  wish: RefWish,
  found: readonly LexiconPromotion[],
): ((p: LexiconPromotion) => boolean) | null {
  const nouns = reading.concepts.filter((c) => c.concepts.includes("promotion"));
  for (const mention of reading.dates) {
    if (!("span" in mention)) continue;
    const attached = nouns.some(
      (n) => n.from >= mention.to && n.from - mention.to <= 1 + brandWords(reading, mention.to, n.from),
    );
    const { tense, year, grain } = mention.span;
    const behind =
      wish.pastDates &&
      (tense === "past" ||
        (year ?? 9999) < Number(lexicon.today.slice(0, 4)) ||
        (year === null && ["month", "quarter", "season", "holiday"].includes(grain)));
    // A month or a season is too wide to be a new date: it says which promotion, where one of them lies in it.
    const wide = mention.role === "period" && ["month", "quarter", "season", "holiday"].includes(grain);
    if (wish.newTerms && !attached && !behind && !wide) continue;
    const mayBePast = wish.statuses.some((status) => ENDED.includes(status));
    const readings = (mayBePast ? (["past", "future"] as const) : (["future"] as const)).flatMap(
      (tense) => resolveSpan(mention.span, frameOf(lexicon, tense, undefined)) ?? [],
    );
    const period =
      readings.find((p) => found.some((one) => overlaps(p, { from: one.start, to: one.end }))) ?? readings[0];
    if (!period || (wide && wish.newTerms && !found.some((one) => overlaps(period, { from: one.start, to: one.end }))))
      continue;
    // An Easter promotion is one that is on in the fortnight before Easter and began before it.
    if (mention.span.grain !== "holiday") return (p) => overlaps(period, { from: p.start, to: p.end });
    const before = { from: addDays(period.from, -14), to: addDays(period.from, -1) };
    return (p) => p.start < period.from && overlaps(before, { from: p.start, to: p.end });
  }
  return null;
}
/** Names may stand between: "last year's Kestrel deal". */
const brandWords = (reading: Reading, from: number, to: number): number =>
  reading.names.filter((n) => n.from >= from && n.to <= to).reduce((sum, n) => sum + n.to - n.from, 0);
