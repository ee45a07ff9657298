import { FRACTIONS_AFTER, ONE, UNITS } from "../vocabulary/index.ts";
import { matchAt } from "../vocabulary/match.ts";
import { type DateText, number, past, type Read, said, word } from "./cursor.ts";
import type { Length } from "./span.ts";

export type Unit = "day" | "week" | "fortnight" | "month" | "quarter" | "year" | "half";

export function unitAt(text: DateText, at: number): Read<Unit> | null {
  const found = text.blocked[at] ? null : matchAt(text.tokens, at, UNITS);
  return found ? { to: found.to, value: found.values[0] as Unit } : null;
}

/** "two weeks", "a fortnight", "14 days", "a couple of months": how many of which unit. */
export function countedUnit(text: DateText, at: number): Read<{ count: number; unit: Unit }> | null {
  const couple = said(text, at, "couple");
  if (couple > 0) {
    const unit = unitAt(text, couple);
    return unit && { to: unit.to, value: { count: 2, unit: unit.value } };
  }
  let count = number(text, at);
  let i = count?.to ?? at;
  if (!count && ONE.has(word(text, at))) {
    count = { value: 1, from: at, to: at + 1, ordinal: false, spelled: true };
    i = at + 1;
  }
  // "half a year"
  if (!count) return null;
  if (count.ordinal || count.value <= 0 || count.value > 1000) return null;
  if (word(text, i) === "-") i++;
  for (const filler of ["full", "whole", "more", "further", "extra", "calendar", "consecutive", "additional"])
    if (word(text, i) === filler) i++;
  const unit = unitAt(text, i);
  // "week 24 2 weeks" is fine; "2 m" is no month.
  return unit && { to: unit.to, value: { count: count.value, unit: unit.value } };
}

export const lengthOf = (count: number, unit: Unit): Length => {
  if (unit === "day") return { days: count, months: 0 };
  if (unit === "week") return { days: Math.round(count * 7), months: 0 };
  if (unit === "fortnight") return { days: count * 14, months: 0 };
  const months = { month: 1, quarter: 3, half: 6, year: 12 }[unit];
  return { days: 0, months: Math.round(count * months) };
};

export interface LengthRead {
  readonly to: number;
  readonly length: Length;
  /** "a week later", "two weeks earlier": not how long, but how far. */
  readonly shift: 1 | -1 | 0;
  /** "in two weeks": a start that is counted from today. */
  readonly offset: boolean;
  /** "three weeks ago" */
  readonly ago: boolean;
}

/** A length of time, and what the words around it make of it. */
export function lengthAt(text: DateText, at: number): LengthRead | null {
  const lead = said(text, at, "for");
  const start = lead > 0 ? lead : at;
  const counted = countedUnit(text, past(text, start, "few") === start ? start : start);
  const bare =
    counted ??
    (unitAt(text, start)?.value === "fortnight"
      ? { to: start + 1, value: { count: 1, unit: "fortnight" as const } }
      : null);
  // "a quarter off" is an offer.
  if (!bare || FRACTIONS_AFTER.has(word(text, bare.to))) return null;
  const { count, unit } = bare.value;
  const length = lengthOf(count, unit);
  const later = said(text, bare.to, "later");
  const earlier = said(text, bare.to, "earlier");
  const ago = said(text, bare.to, "ago");
  const inFront = word(text, at - 1);
  return {
    to: Math.max(bare.to, later, earlier, ago),
    length,
    shift: earlier > 0 ? -1 : later > 0 ? 1 : 0,
    offset: lead < 0 && inFront === "in" && ago < 0,
    ago: ago > 0,
  };
}
