import { type Num, numberAt } from "../numbers.ts";
import type { Token } from "../text/tokens.ts";
import { DATE_WORDS, MONTHS, type PhraseBook } from "../vocabulary/index.ts";
import { valueAt } from "../vocabulary/match.ts";
import type { Span } from "./span.ts";

/** The tokens that dates are read from; a blocked token belongs to a name. */
export interface DateText {
  readonly tokens: readonly Token[];
  readonly blocked: readonly boolean[];
  readonly today: string;
  readonly planningToday: string;
  readonly dayFirst: boolean;
}

/** A piece of the sentence read as a date, and one past its last token. */
export interface Read<T> {
  readonly to: number;
  readonly value: T;
}
export type Reader = (text: DateText, at: number) => Read<Span> | null;

export const token = (text: DateText, at: number): Token | undefined =>
  text.blocked[at] ? undefined : text.tokens[at];
export const word = (text: DateText, at: number): string => token(text, at)?.text ?? "";

/** End of a phrase of the date vocabulary at `at`, or -1. */
export function said(text: DateText, at: number, value: string, book: PhraseBook = DATE_WORDS): number {
  return text.blocked[at] ? -1 : valueAt(text.tokens, at, book, value);
}
/** `at`, or the place after the phrase where it stands. */
export function past(text: DateText, at: number, value: string): number {
  const to = said(text, at, value);
  return to < 0 ? at : to;
}

export const number = (text: DateText, at: number): Num | null => (text.blocked[at] ? null : numberAt(text.tokens, at));

export function monthAt(text: DateText, at: number): Read<number> | null {
  const name = token(text, at);
  const month = name?.kind === "word" ? MONTHS.get(name.text) : undefined;
  if (month === undefined) return null;
  const dot =
    word(text, at + 1) === "." && name!.text.length <= 4 && token(text, at + 1)?.glued && token(text, at + 2) ? 1 : 0;
  return { to: at + 1 + dot, value: month };
}

/** A number that counts something other than days of a month: "20 %", "3 weeks", "500 g". */
export function countsSomething(text: DateText, to: number): boolean {
  const next = token(text, to);
  if (!next) return false;
  return [
    "%",
    "percent",
    "per",
    "pct",
    "€",
    "$",
    "£",
    "eur",
    "euro",
    "euros",
    "cent",
    "cents",
    "prozent",
    "procent",
    "off",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "unit",
    "units",
    "tage",
    "wochen",
    "jours",
    "semaines",
    "dagen",
    "weken",
    "k",
  ].includes(next.text);
}

/** A four-digit year, "'27" or "next year" at `at`. */
export function yearAt(text: DateText, at: number): Read<number> | null {
  const here = token(text, at);
  if (!here) return null;
  if (here.kind === "number" && /^(19|20)\d\d$/.test(here.raw) && !countsSomething(text, at + 1))
    return { to: at + 1, value: Number(here.raw) };
  if ((here.text === "'" || here.text === "’") && /^\d\d$/.test(word(text, at + 1)))
    return { to: at + 2, value: 2000 + Number(word(text, at + 1)) };
  return relativeYear(text, at);
}

/** "last year", "next year", "this year" */
export function relativeYear(text: DateText, at: number): Read<number> | null {
  const start = past(text, at, "on");
  for (const [name, step] of [
    ["last", -1],
    ["next", 1],
    ["this", 0],
  ] as const) {
    const to = said(text, start, name);
    if (to < 0 || !["year", "years", "jahr", "jahres", "jaar", "annee"].includes(word(text, to))) continue;
    // "the past year" is the twelve months behind, not a calendar year.
    if (name === "last" && text.tokens[to - 1]!.text === "past") return null;
    const from = name === "next" ? text.planningToday : text.today;
    return { to: to + 1, value: Number(from.slice(0, 4)) + step };
  }
  return null;
}

/** The year that follows a date: "June 2027", "Q1 of next year", "1 June, 2027", "Q1/27". */
export function yearAfter(text: DateText, at: number): Read<number> | null {
  const direct = yearAt(text, at);
  if (direct) return direct;
  const link = word(text, at);
  if (link === "," || link === "of" || link === "in" || link === "/" || link === "-") {
    const year = yearAt(text, at + 1);
    if (year && (link !== "-" || token(text, at)!.glued)) return year;
    if (link === "/" && token(text, at + 1)?.glued && /^\d\d$/.test(word(text, at + 1)))
      return { to: at + 2, value: 2000 + Number(word(text, at + 1)) };
  }
  return null;
}
