import { addDays, addMonths, mondayOf, type Period } from "../../../data/common/dates.ts";
import { type DateText, monthAt, number, past, type Read, type Reader, said, word } from "./cursor.ts";
import { aroundHoliday, holiday, holidayWeek, holidayWeekend } from "./holidays.ts";
import { countedUnit, type Unit, unitAt } from "./lengths.ts";
import { half, month, monthsFrom, quarter, season, year } from "./periods.ts";
import { fixed, type Span, weeksFrom, within } from "./span.ts";

const quarterOf = (iso: string): number => Math.floor((Number(iso.slice(5, 7)) - 1) / 3);
/** The calendar's unit that holds a day, `step` units on. */
export function calendarUnit(unit: Unit, day: string, step: number): Period {
  const y = Number(day.slice(0, 4));
  const m = Number(day.slice(5, 7));
  if (unit === "day") return { from: addDays(day, step), to: addDays(day, step) };
  if (unit === "week") return weeksFrom(addDays(mondayOf(day), 7 * step), 1);
  if (unit === "fortnight") return weeksFrom(addDays(mondayOf(day), step < 0 ? -14 : 7 * step), 2);
  if (unit === "month") {
    const moved = addMonths(`${day.slice(0, 8)}01`, step);
    return monthsFrom(Number(moved.slice(0, 4)), Number(moved.slice(5, 7)), 1);
  }
  if (unit === "quarter") {
    const index = y * 4 + quarterOf(day) + step;
    return monthsFrom(Math.floor(index / 4), (index % 4) * 3 + 1, 3);
  }
  if (unit === "half") {
    const index = y * 2 + (m > 6 ? 1 : 0) + step;
    return monthsFrom(Math.floor(index / 2), (index % 2) * 6 + 1, 6);
  }
  return { from: `${y + step}-01-01`, to: `${y + step}-12-31` };
}

/** Several units ahead: whole weeks from next Monday, whole months and quarters from the next one on. */
function unitsAhead(count: number, unit: Unit, from: string): Period {
  if (unit === "day") return { from: addDays(from, 1), to: addDays(from, count) };
  if (unit === "week" || unit === "fortnight")
    return weeksFrom(addDays(mondayOf(from), 7), unit === "week" ? count : 2 * count);
  return { from: calendarUnit(unit, from, 1).from, to: calendarUnit(unit, from, count).to };
}
/** Several units behind: whole weeks to last Sunday, whole calendar quarters, months and years to today. */
function unitsBehind(count: number, unit: Unit, to: string): Period {
  if (unit === "day") return { from: addDays(to, 1 - count), to };
  if (unit === "week" || unit === "fortnight") {
    const weeks = unit === "week" ? count : 2 * count;
    const monday = mondayOf(addDays(to, 1));
    return weeksFrom(addDays(monday, -7 * weeks), weeks);
  }
  if (unit === "quarter") return { from: calendarUnit(unit, to, -count).from, to: calendarUnit(unit, to, -1).to };
  return { from: addDays(addMonths(to, -count * { month: 1, half: 6, year: 12 }[unit]), 1), to };
}

const grainOf = (unit: Unit): Span["grain"] => (unit === "fortnight" ? "stretch" : unit);

const LASTING = new Set(["should", "will", "to", "shall", "must", "would", "can", "may"]);
/** "next four weeks", "last quarter", "this month", "the past year", "the coming weeks" */
export const relativeUnits: Reader = (text, at) => {
  for (const [name, sign] of [
    ["next", 1],
    ["last", -1],
    ["this", 0],
  ] as const) {
    const lead = said(text, at, name);
    // "it should last three weeks" is a length.
    if (lead < 0 || (name === "last" && LASTING.has(word(text, at - 1)))) continue;
    const few = said(text, lead, "few");
    const counted = few > 0 ? null : countedUnit(text, lead);
    const unit = counted ? null : unitAt(text, few > 0 ? few : lead);
    const from = sign > 0 ? text.planningToday : text.today;
    if (counted && sign !== 0) {
      const { count, unit: u } = counted.value;
      const p = sign > 0 ? unitsAhead(count, u, from) : unitsBehind(count, u, from);
      return { to: counted.to, value: fixed(p.from, p.to) };
    }
    if (!unit) continue;
    if (sign !== 0 && (few > 0 || (unit.value !== "day" && /s$/.test(word(text, unit.to - 1))))) {
      const p = sign > 0 ? unitsAhead(4, unit.value, from) : unitsBehind(4, unit.value, from);
      return { to: unit.to, value: fixed(p.from, p.to) };
    }
    if (sign < 0 && text.tokens[lead - 1]!.text === "past" && unit.value !== "day") {
      const p = unitsBehind(1, unit.value, from);
      return { to: unit.to, value: fixed(p.from, p.to) };
    }
    const p = calendarUnit(unit.value, from, sign);
    return { to: unit.to, value: fixed(p.from, p.to, grainOf(unit.value)) };
  }
  return null;
};

/** "since June", "year to date", "rest of the year", "until the end of the year" */
export const openPeriod: Reader = (text, at) => {
  const ytd = said(text, at, "yearToDate");
  if (ytd > 0) return { to: ytd, value: fixed(`${text.today.slice(0, 4)}-01-01`, text.today) };
  const since = said(text, at, "since");
  if (since > 0) {
    const start = periodAt(text, past(text, since, "on"));
    if (start) return { to: start.to, value: sinceSpan(text, start.value) };
  }
  const rest = said(text, at, "restOf");
  if (rest > 0) {
    const unit = unitAt(text, word(text, rest) === "the" || word(text, rest) === "this" ? rest + 1 : rest);
    if (unit) {
      const p = calendarUnit(unit.value, text.planningToday, 0);
      return { to: unit.to, value: fixed(addDays(text.planningToday, 1), p.to) };
    }
  }
  return null;
};
/** From the last beginning of what was named to today. */
function sinceSpan(text: DateText, start: Span): Span {
  const frame = {
    today: text.today,
    planningToday: text.today,
    tense: "past" as const,
    calendar: "iso" as const,
    ownWeek1: null,
  };
  const latest = start.year ?? Number(text.today.slice(0, 4));
  for (let year = latest; year > latest - 2; year--) {
    const p = start.make(year, frame);
    if (p && p.from <= text.today) return fixed(p.from, text.today);
  }
  return fixed(text.today, text.today);
}

/** "first two weeks of June", "second half of March", "early May", "the last week of Q1", "mid-June", "end of August" */
export const partOf: Reader = (text, at) => {
  const lead = word(text, at) === "the" ? at + 1 : at;
  for (const [name, cut] of [
    ["early", [0, 1 / 3]],
    ["mid", [1 / 3, 2 / 3]],
    ["late", [2 / 3, 1]],
  ] as const) {
    const to = said(text, lead, name);
    if (to < 0) continue;
    const whole = wholeAt(text, past(text, past(text, word(text, to) === "-" ? to + 1 : to, "of"), "this"));
    if (whole) return { to: whole.to, value: within(whole.value, (p) => share(p, cut[0], cut[1])) };
  }
  const place = number(text, lead);
  const halfTo = place?.ordinal && place.value <= 2 ? said(text, place.to, "halfOf") : -1;
  if (halfTo > 0) {
    const whole = wholeAt(text, past(text, halfTo, "of"));
    if (whole)
      return {
        to: whole.to,
        value: within(whole.value, (p) =>
          place!.value === 1 ? { from: p.from, to: middle(p) } : { from: addDays(middle(p), 1), to: p.to },
        ),
      };
  }
  return unitsWithin(text, lead, place?.ordinal ? place : null);
};

/** "first two weeks of June", "last week of June", "third week of June" */
function unitsWithin(text: DateText, at: number, place: { value: number; to: number } | null): Read<Span> | null {
  const lastTo = place ? -1 : Math.max(said(text, at, "lastPart"), said(text, at, "last"));
  const start = place?.to ?? lastTo;
  if (start < 0) return null;
  const counted = countedUnit(text, start);
  const unit = counted ? null : unitAt(text, start);
  const kind = counted?.value.unit ?? unit?.value;
  const count = counted?.value.count ?? 1;
  if (kind !== "week" && kind !== "day" && kind !== "fortnight" && kind !== "month") return null;
  const to = counted?.to ?? unit!.to;
  const link = said(text, to, "of");
  const whole = link > 0 ? wholeAt(text, link) : null;
  if (!whole) return null;
  const skip = place && !counted ? place.value - 1 : 0;
  if (counted && place && place.value !== 1) return null;
  return {
    to: whole.to,
    value: within(whole.value, (p) => {
      if (kind === "month") {
        const from = place ? addMonths(p.from, skip) : addMonths(addDays(p.to, 1), -count);
        return { from, to: addDays(addMonths(from, count), -1) };
      }
      const days = count * { week: 7, day: 1, fortnight: 14 }[kind];
      const from = place ? addDays(p.from, skip * days) : addDays(p.to, 1 - days);
      const end = addDays(from, days - 1);
      return from <= p.to ? { from, to: end < p.to || place ? end : p.to } : null;
    }),
  };
}

const days = (p: Period): number => Math.round((Date.parse(p.to) - Date.parse(p.from)) / 86_400_000) + 1;
const middle = (p: Period): string => addDays(p.from, Math.floor(days(p) / 2) - 1);
const share = (p: Period, a: number, b: number): Period => ({
  from: addDays(p.from, Math.floor(days(p) * a)),
  to: addDays(p.from, Math.floor(days(p) * b) - 1),
});

const wholeAt = (text: DateText, at: number): Read<Span> | null => {
  const start = word(text, at) === "the" ? at + 1 : at;
  const relative = relativeUnits(text, start) ?? (unitAt(text, start)?.value === "year" ? thisYear(text, start) : null);
  return (
    quarter(text, start) ??
    (monthAt(text, start) ? month(text, start) : null) ??
    relative ??
    month(text, start) ??
    season(text, start) ??
    year(text, start)
  );
};
const thisYear = (text: DateText, at: number): Read<Span> => {
  const y = text.planningToday.slice(0, 4);
  return { to: at + 1, value: fixed(`${y}-01-01`, `${y}-12-31`, "year") };
};

/** Any named stretch longer than a day. */
export const periodAt = (text: DateText, at: number): Read<Span> | null =>
  aroundHoliday(text, at) ??
  holidayWeek(text, at) ??
  holidayWeekend(text, at) ??
  half(text, at) ??
  partOf(text, at) ??
  quarter(text, at) ??
  holiday(text, at) ??
  month(text, at) ??
  season(text, at) ??
  relativeUnits(text, at) ??
  year(text, at);
