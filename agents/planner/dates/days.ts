import { addDays, isIsoDate, type Period } from "../../../data/common/dates.ts";
import { WEEKDAYS } from "../vocabulary/index.ts";
import {
  countsSomething,
  type DateText,
  monthAt,
  number,
  past,
  type Read,
  said,
  token,
  word,
  yearAfter,
} from "./cursor.ts";
import { fixed, type Span } from "./span.ts";

const iso = (y: number, m: number, d: number): string =>
  `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
const single = (date: string): Period | null => (isIsoDate(date) ? { from: date, to: date } : null);
const fullYear = (raw: string): number => (raw.length <= 2 ? 2000 + Number(raw) : Number(raw));

export const dayOf = (month: number, day: number, year: number | null): Span => ({
  grain: "day",
  year,
  make: (y) => single(iso(y, month, day)),
});

/** "the 14th": that day of the month that comes next, or came last. */
export const dayOfAnyMonth = (day: number): Span => ({
  grain: "day",
  year: null,
  make: (year, frame) => {
    const now = frame.tense === "future" ? frame.planningToday : frame.today;
    if (year !== Number(now.slice(0, 4))) return null;
    const step = frame.tense === "future" ? 1 : -1;
    let month = Number(now.slice(5, 7));
    let y = year;
    for (let tries = 0; tries < 14; tries++) {
      const date = iso(y, month, day);
      if (isIsoDate(date) && (step > 0 ? date >= now : date < now)) return { from: date, to: date };
      month += step;
      if (month > 12 || month < 1) {
        y += step;
        month = month > 12 ? 1 : 12;
      }
    }
    return null;
  },
});

/** 2027-06-01 · 1.6.2027 · 01.06. · 3/6 · 3/6/27 · 1-6-2027 */
export function numericDay(text: DateText, at: number): Read<Span> | null {
  const first = token(text, at);
  if (first?.kind !== "number") return null;
  const dotted = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?$/.exec(first.raw);
  if (dotted) {
    const closing = word(text, at + 1) === "." && token(text, at + 1)!.glued;
    const [, d, m, y] = dotted;
    // "10.50" is an amount; a date without a year has its second dot, a leading zero, or a year after it.
    if (!y && !closing && (!/^0|\.0/.test(first.raw) || countsSomething(text, at + 1))) return null;
    let to = at + 1 + (!y && closing ? 1 : 0);
    let year = y ? fullYear(y) : null;
    if (!year && token(text, to)?.glued && /^(\d{4}|\d{2})$/.test(word(text, to))) year = fullYear(word(text, to++));
    return ordered(text, Number(d), Number(m), year, to, true);
  }
  const sign = word(text, at + 1);
  if ((sign !== "/" && sign !== "-") || !token(text, at + 1)!.glued) return null;
  const second = token(text, at + 2);
  if (second?.kind !== "number" || !second.glued || !/^\d{1,2}$/.test(second.raw)) return null;
  const third =
    word(text, at + 3) === sign && token(text, at + 3)!.glued && token(text, at + 4)?.glued
      ? token(text, at + 4)!
      : null;
  if (/^\d{4}$/.test(first.raw)) {
    if (third?.kind !== "number") return null;
    const date = iso(Number(first.raw), Number(second.raw), Number(third.raw));
    return isIsoDate(date) ? { to: at + 5, value: fixed(date, date, "day") } : null;
  }
  if (!/^\d{1,2}$/.test(first.raw)) return null;
  if (third && /^(\d{4}|\d{2})$/.test(third.raw))
    return ordered(text, Number(first.raw), Number(second.raw), fullYear(third.raw), at + 5, false);
  if (sign === "-" || countsSomething(text, at + 3)) return null;
  return ordered(text, Number(first.raw), Number(second.raw), null, at + 3, false);
}

/** Day first or month first by the locale; the other way round where only that makes a date. */
function ordered(
  text: DateText,
  a: number,
  b: number,
  year: number | null,
  to: number,
  dots: boolean,
): Read<Span> | null {
  const later = year === null ? yearAfter(text, to) : null;
  const y = year ?? later?.value ?? null;
  const tries =
    text.dayFirst || dots
      ? [
          [a, b],
          [b, a],
        ]
      : [
          [b, a],
          [a, b],
        ];
  for (const [d, m] of tries as [number, number][])
    if (m >= 1 && m <= 12 && isIsoDate(iso(y ?? 2028, m, d))) return { to: later?.to ?? to, value: dayOf(m, d, y) };
  return null;
}

/** "1 June", "1st of June 2027", "the first of June", "1. Juni" */
export function dayMonth(text: DateText, at: number): Read<Span> | null {
  const day = number(text, at);
  if (!day || !Number.isInteger(day.value) || day.value < 1 || day.value > 31) return null;
  let i = day.to;
  if (word(text, i) === "." && token(text, i)!.glued) i++;
  if (word(text, i) === "of" || word(text, i) === "de") i++;
  const month = monthAt(text, i);
  if (!month) return null;
  const year = yearAfter(text, month.to);
  return { to: year?.to ?? month.to, value: dayOf(month.value, day.value, year?.value ?? null) };
}

/** "June 1", "June 1st, 2027", "june first"; "the June one" is a promotion's month. */
export function monthDay(text: DateText, at: number): Read<Span> | null {
  const month = monthAt(text, at);
  if (!month) return null;
  if (word(text, month.to) === "one" && POINTING.has(word(text, at - 1))) return null;
  const start = word(text, month.to) === "the" ? month.to + 1 : month.to;
  const day = number(text, start);
  if (!day || !Number.isInteger(day.value) || day.value < 1 || day.value > 31 || countsSomething(text, day.to))
    return null;
  const year = yearAfter(text, day.to);
  return { to: year?.to ?? day.to, value: dayOf(month.value, day.value, year?.value ?? null) };
}

const POINTING = new Set(["the", "this", "that", "my", "our", "your"]);

/** "the 14th", "on the first": a day without a month, only where an ordinal follows an article. */
export function bareDay(text: DateText, at: number): Read<Span> | null {
  if (!["the", "le", "den", "de", "am"].includes(word(text, at))) return null;
  const day = number(text, at + 1);
  if (!day?.ordinal || day.value > 31) return null;
  const next = token(text, day.to);
  if (
    day.spelled &&
    next &&
    next.kind === "word" &&
    said(text, day.to, "to") < 0 &&
    said(text, day.to, "for") < 0 &&
    said(text, day.to, "and") < 0
  )
    return null;
  return { to: day.to, value: dayOfAnyMonth(day.value) };
}

/** "week of 5 June", "w/c 1 March": the Monday-to-Sunday week that holds the day. */
export function weekOfDay(text: DateText, at: number): Read<Span> | null {
  let start = said(text, at, "weekOf");
  if (start < 0 && word(text, at) === "w" && word(text, at + 1) === "/" && word(text, at + 2) === "c") start = at + 3;
  if (start < 0) return null;
  const day = anyDay(text, past(text, start, "on"));
  if (!day) return null;
  return {
    to: day.to,
    value: {
      grain: "week",
      year: day.value.year,
      make: (y, frame) => {
        const p = day.value.make(y, frame);
        return p && { from: addDays(p.from, -mondayShift(p.from)), to: addDays(p.from, 6 - mondayShift(p.from)) };
      },
    },
  };
}
const mondayShift = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

/** "Monday 7 June", "Mon, 7 June", "Tuesday the 8th": the weekday only goes with the date. */
const afterWeekday = (text: DateText, at: number): number => {
  if (!WEEKDAYS.has(word(text, at)) || word(text, at) === "mar") return at;
  const comma = [",", "."].includes(word(text, at + 1)) ? at + 2 : at + 1;
  return word(text, comma) === "the" && !number(text, comma + 1)?.ordinal ? comma + 1 : comma;
};

export function anyDay(text: DateText, at: number): Read<Span> | null {
  const start = afterWeekday(text, at);
  return numericDay(text, start) ?? dayMonth(text, start) ?? monthDay(text, start) ?? bareDay(text, start);
}
