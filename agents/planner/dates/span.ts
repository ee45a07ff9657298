import type { WeekCalendar } from "../../../data/common/calendar.ts";
import { addDays, type Period } from "../../../data/common/dates.ts";

export type Tense = "future" | "past";
export type Grain = "day" | "week" | "month" | "quarter" | "half" | "year" | "season" | "holiday" | "stretch";

/** What dates are counted from and in. */
export interface DateFrame {
  readonly today: string;
  /** Relative future periods and "next lie ahead" count from here. */
  readonly planningToday: string;
  readonly tense: Tense;
  /** The account's own weeks, for a plain "week 24". */
  readonly calendar: WeekCalendar;
  readonly ownWeek1: string | null;
}

/** Days that were named; they are fixed to a year only when it is known whether they lie ahead or behind. */
export interface Span {
  readonly grain: Grain;
  /** Named year, or null where the sentence leaves it open. */
  readonly year: number | null;
  /** "last June", "next June": overrides the tense of the sentence. */
  readonly tense?: Tense;
  /** The days in a year; null where the year has none such (29 February, week 53). */
  readonly make: (year: number, frame: DateFrame) => Period | null;
  /** A plain "week 42", which an account's calendar decides. */
  readonly plainWeek?: boolean;
  /** A feast of one day, that something can begin on. */
  readonly oneDay?: true;
  /** As the person said it, for notes: "week 42", "Easter". */
  readonly label?: string;
}

export const fixed = (from: string, to: string, grain: Grain = "stretch", label?: string): Span => ({
  grain,
  year: Number(from.slice(0, 4)),
  make: () => ({ from, to }),
  ...(label ? { label } : {}),
});

/** A part of each of a span's stretches. */
export const within = (span: Span, part: (p: Period) => Period | null): Span => ({
  grain: "stretch",
  year: span.year,
  ...(span.tense ? { tense: span.tense } : {}),
  make: (y, frame) => {
    const p = span.make(y, frame);
    return p && part(p);
  },
});

export const weeksFrom = (monday: string, count: number): Period => ({
  from: monday,
  to: addDays(monday, 7 * count - 1),
});

const SPACIOUS: ReadonlySet<Grain> = new Set(["month", "quarter", "half", "season"]);

/** The days that a span means: of its named year, else the next that lie ahead, or the last that lay behind. */
export function resolveSpan(span: Span, frame: DateFrame): Period | null {
  if (span.year !== null) return span.make(span.year, frame);
  const tense = span.tense ?? frame.tense;
  const now = tense === "future" ? frame.planningToday : frame.today;
  const year = Number(now.slice(0, 4));
  if (tense === "future") {
    for (let y = year - 1; y <= year + 8; y++) {
      const period = span.make(y, frame);
      if (period && period.from >= now) return period;
    }
    return null;
  }
  for (let y = year + 1; y >= year - 8; y--) {
    const period = span.make(y, frame);
    // A month, quarter or season that has begun counts, as far as it has come; days lie behind whole.
    if (period && (SPACIOUS.has(span.grain) ? period.from <= now : period.to < now)) return period;
  }
  return null;
}

/** From the beginning of one span to the end of another; a year named on either side counts for both. */
export function rangeOf(left: Span, right: Span): Span {
  const year = left.year ?? null;
  const make = (y: number, frame: DateFrame): Period | null => {
    const a = left.make(left.year ?? y, frame);
    if (!a) return null;
    if (right.year !== null && left.year === null) {
      // "20 December to 10 January 2028": the left side lies in the year that makes it come before.
      const b = right.make(right.year, frame);
      const same = left.make(right.year, frame);
      if (!b || !same) return null;
      if (same.from <= b.to) return { from: same.from, to: b.to };
      const before = left.make(right.year - 1, frame);
      // Over New Year, not backwards: "14 June to 1 June 2027" is a slip to ask about.
      const crosses = before && before.from.slice(5) > "09" && b.to.slice(5) < "04";
      return { from: crosses ? before.from : same.from, to: b.to };
    }
    const b = right.make(right.year ?? y, frame);
    if (b && b.to >= a.from) return { from: a.from, to: b.to };
    if (right.year !== null) return null;
    const next = right.make(y + 1, frame);
    if (!next) return null;
    return a.from.slice(5) > "09" && next.to.slice(5) < "04"
      ? { from: a.from, to: next.to }
      : { from: a.from, to: b?.to ?? next.to };
  };
  const grain = left.grain === right.grain && left.grain !== "day" ? left.grain : "stretch";
  const open = year === null && right.year === null;
  return {
    grain: grain === "week" ? "week" : "stretch",
    year: open ? null : (year ?? right.year),
    ...(left.tense ? { tense: left.tense } : {}),
    ...(left.plainWeek || right.plainWeek ? { plainWeek: true } : {}),
    ...(left.label && right.label ? { label: `${left.label} to ${right.label}` } : {}),
    make,
  };
}

export interface Length {
  readonly days: number;
  readonly months: number;
}

/** The last day of a stretch of this length that begins on `from`. */
export function endOfLength(from: string, length: Length, addMonths: (iso: string, n: number) => string): string {
  const start = length.months ? addMonths(from, length.months) : from;
  return addDays(start, length.days - 1);
}
