import { resolveSpan, type Tense } from "../dates/span.ts";
import { allAccounts, type Goods } from "../mentions.ts";
import type { Args } from "../types.ts";
import { frameOf, periodOf } from "../when.ts";
import { accountArg, type Build, type Built, done } from "./build.ts";

/** True where one of the features holds. */
export const has = (b: Build, ...names: string[]): boolean => names.some((n) => b.features.has(n));
/** The period that is named, other than "now", and what was assumed about it. */
export const period = (
  b: Build,
  tense: Tense,
  account: string | undefined,
): { period?: { from: string; to: string }; notes: string[] } => {
  const when = periodOf(
    b.reading.dates.filter((d) => !isNow(b, d) && !isAside(b, d)),
    frameOf(b.lexicon, tense, account),
    account,
  );
  return when ? { period: when.period, notes: when.notes } : { notes: [] };
};
/** "today", "right now" with what is running says no period. */
const isNow = (b: Build, d: Build["reading"]["dates"][number]): boolean =>
  d.role === "day" &&
  "span" in d &&
  resolveSpan(d.span, frameOf(b.lexicon, "future", undefined))?.from === b.lexicon.today;

/** A single day beside a longer stretch: "I'm there on Tuesday, what did they sell last quarter?" */
const isAside = (b: Build, d: Build["reading"]["dates"][number]): boolean =>
  d.role === "day" &&
  "span" in d &&
  d.span.grain === "day" &&
  b.reading.dates.some((other) => "span" in other && LONG.has(other.span.grain));
const LONG: ReadonlySet<string> = new Set(["month", "quarter", "half", "year"]);

/** One call for each account where several are named. */
export const perAccount = (b: Build, rest: Args, notes: readonly string[]): Built => {
  const names =
    b.accounts.all && b.accounts.excluded.length
      ? allAccounts(b.reading, b.lexicon, b.accounts.excluded)
      : b.accounts.names;
  return names.length > 1
    ? { args: names.map((account) => ({ account, ...rest })), notes }
    : done({ ...accountArg(b), ...rest }, notes);
};

/** The period of a question about what was, where one is named. */
export function pastPeriod(
  b: Build,
  account: string | undefined,
): { period?: { from: string; to: string }; notes: string[] } {
  const when = periodOf(b.reading.dates, frameOf(b.lexicon, b.tense, account), account);
  return when ? { period: when.period, notes: when.notes } : { notes: [] };
}

/** A product filter; a whole category goes by its own argument. */
export function goodsFilter(goods: readonly Goods[]): { product?: Goods; category?: string } {
  const [first] = goods;
  if (!first) return {};
  return typeof first === "object" && "category" in first ? { category: first.category } : { product: first };
}
