/** Dates are ISO text (YYYY-MM-DD) and weeks are the ISO text of their Monday. Both ends of a period are included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

const DAY = 86_400_000;
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** Days since 1970-01-01 of an ISO date. */
export const dayNumber = (iso: string): number => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
export const fromDayNumber = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** True for a date that exists ("2026-02-30" does not). */
export const isIsoDate = (text: string): boolean =>
  ISO.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && fromDayNumber(dayNumber(text)) === text;

export const addDays = (iso: string, days: number): string => fromDayNumber(dayNumber(iso) + days);
/** Days from a to b; 0 for the same day. */
export const daysBetween = (a: string, b: string): number => dayNumber(b) - dayNumber(a);
/** Same day some months on; the last of the month where that day does not exist. */
export function addMonths(iso: string, months: number): string {
  const [y, m, d] = iso.split("-").map(Number) as [number, number, number];
  const first = new Date(Date.UTC(y, m - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(d, last))).toISOString().slice(0, 10);
}
/** 1 (Monday) … 7 (Sunday). */
export const weekday = (iso: string): number => ((((dayNumber(iso) + 3) % 7) + 7) % 7) + 1;
export const mondayOf = (iso: string): string => addDays(iso, 1 - weekday(iso));
/** Number of the week since Monday 1970-01-05, the consecutive index that forecasting/ counts in. */
export const weekIndex = (iso: string): number => Math.floor((dayNumber(iso) - 4) / 7);
export const weekFromIndex = (index: number): string => fromDayNumber(index * 7 + 4);
export const overlaps = (a: Period, b: Period): boolean => a.from <= b.to && b.from <= a.to;
/** Mondays of the weeks that a period touches. */
export function weeksOf(period: Period): string[] {
  const weeks: string[] = [];
  for (let w = mondayOf(period.from); w <= period.to; w = addDays(w, 7)) weeks.push(w);
  return weeks;
}

/** The first and the last of ISO dates. */
export const earliest = (...dates: readonly string[]): string => dates.toSorted()[0]!;
export const latest = (...dates: readonly string[]): string => dates.toSorted().at(-1)!;

/** A year as whole weeks, in days: periods this far apart hold the same weekdays and the same weeks of the season. */
export const YEAR_OF_WEEKS = 364;
/** Both ends moved by as many days. */
export const movedBy = (period: Period, days: number): Period => ({
  from: addDays(period.from, days),
  to: addDays(period.to, days),
});

/** The twelve months that end with a day. */
export const twelveMonthsTo = (day: string): Period => ({ from: addDays(addMonths(day, -12), 1), to: day });

/** The calendar quarter that a day lies in. */
export function quarterOf(day: string): Period {
  const month = Number(day.slice(5, 7));
  const from = `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
  return { from, to: addDays(addMonths(from, 3), -1) };
}
export const nextQuarter = (day: string): Period => quarterOf(addDays(quarterOf(day).to, 1));
