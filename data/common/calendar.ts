import { addDays, dayNumber, fromDayNumber, mondayOf, type Period, weekday } from "./dates.ts";

/** The week calendars of accounts: ISO 8601, NRF 4-5-4, or a retailer's own first day of week 1. */
export type WeekCalendar = "iso" | "nrf454" | "own";

/** ISO week year and number of a date: week 1 holds 4 January. */
export function isoWeek(iso: string): { year: number; week: number } {
  const thursday = addDays(mondayOf(iso), 3);
  const year = Number(thursday.slice(0, 4));
  return { year, week: 1 + Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) };
}

const isoWeekStart = (year: number, week: number): string => addDays(mondayOf(`${year}-01-04`), (week - 1) * 7);
const isoWeeksInYear = (year: number): number => isoWeek(`${year}-12-28`).week;

/**
 * First day of the NRF 4-5-4 year: the Sunday that starts the week after the Saturday nearest to 31 January
 * (a year has 52 weeks, 53 where that Saturday needs it). Source: NRF 4-5-4 calendar.
 */
function nrfYearStart(year: number): string {
  const jan31 = dayNumber(`${year}-01-31`);
  const day = weekday(fromDayNumber(jan31)); // Saturday is 6
  const back = (day - 6 + 7) % 7;
  const nearest = back <= 3 ? jan31 - back : jan31 + (7 - back);
  return fromDayNumber(nearest + 1);
}

/**
 * The dates of a numbered week in a calendar, both ends included.
 * @param ownWeek1 for `own`: the first day of the retailer's week 1, in any one year, as ISO date.
 * @returns null where the year has no such week.
 */
export function datesOfWeek(
  calendar: WeekCalendar,
  year: number,
  week: number,
  ownWeek1: string | null = null,
): Period | null {
  if (!Number.isInteger(week) || week < 1 || week > 53) return null;
  if (calendar === "iso" || (calendar === "own" && !ownWeek1)) {
    if (week > isoWeeksInYear(year)) return null;
    const from = isoWeekStart(year, week);
    return { from, to: addDays(from, 6) };
  }
  const yearStart = (y: number): string =>
    calendar === "nrf454" ? nrfYearStart(y) : ownYearStart(ownWeek1 as string, y);
  const from = addDays(yearStart(year), (week - 1) * 7);
  return from < yearStart(year + 1) ? { from, to: addDays(from, 6) } : null;
}

/** The retailer's own year starts on the same weekday, nearest to the same day of the year. */
function ownYearStart(week1: string, year: number): string {
  const target = dayNumber(`${year}${week1.slice(4)}`);
  const shift = (((weekday(week1) - weekday(fromDayNumber(target)) + 10) % 7) + 7) % 7;
  return fromDayNumber(target + shift - 3);
}

/** Western Easter Sunday (anonymous Gregorian algorithm, Meeus/Jones/Butcher). */
export function easterSunday(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return `${year}-${String(Math.floor(n / 31)).padStart(2, "0")}-${String((n % 31) + 1).padStart(2, "0")}`;
}
