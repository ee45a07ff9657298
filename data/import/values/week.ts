import { datesOfWeek } from "../../common/calendar.ts";
import { addDays, mondayOf } from "../../common/dates.ts";
import type { WeekRule } from "../mapping.ts";

/**
 * The store's week is the Monday that starts it. A file's week that starts on another day is put into the ISO week that holds most of its days,
 * which is the one of its fourth day.
 */
const mondayOfWeekFrom = (firstDay: string): string => mondayOf(addDays(firstDay, 3));

/** Weeks more than this from week 1 are taken for another column or another unit. */
const MOST_WEEKS = 5_200;

const YEAR_WEEK = [
  /^(?<year>\d{4})[-/ .]?(?:W|KW|CW|WK|WEEK)?[-/ .]?(?<week>\d{1,2})$/i,
  /^(?:W|KW|CW|WK|WEEK)?[-/ .]?(?<week>\d{1,2})[-/ .](?<year>\d{4})$/i,
];

const weekOf = (rule: WeekRule & { format: "year_week" }, year: number, week: number): string | null => {
  const dates = datesOfWeek(rule.calendar, year, week, rule.own_week1 ?? null);
  return dates && mondayOfWeekFrom(dates.from);
};

/** Week ending texts come with a label: "W/E 10/17/26", "1 Week Ending 17-Oct-2026". */
export const stripWeekLabel = (text: string): string =>
  text.trim().replace(/^(?:\d+\s*)?(?:w\/e|we|week ending|week end|wk ending|w\/c|week commencing)[:\s]+/i, "");

/** @returns the Monday, or null where there is no such week */
export function weekFromNumber(rule: WeekRule, week: number, year: number | null): string | null {
  if (!Number.isInteger(week)) return null;
  if (rule.format === "integer")
    return Math.abs(week) > MOST_WEEKS ? null : mondayOfWeekFrom(addDays(rule.week1, (week - 1) * 7));
  if (rule.format !== "year_week") return null;
  if (year !== null) return weekOf(rule, year, week);
  return week >= 197_001 && week <= 209_953 ? weekOf(rule, Math.floor(week / 100), week % 100) : null;
}

/**
 * @param year of a column of its own, with which "W42" will do
 * @returns the Monday of "2026-W42", "202642", "42/2026", "KW 42 2026"; null where there is no such week
 */
export function weekFromText(
  rule: WeekRule & { format: "year_week" },
  text: string,
  year: number | null,
): string | null {
  const trimmed = text.trim();
  if (year !== null) {
    const week = /^(?:W|KW|CW|WK|WEEK)[- .]?(\d{1,2})$/i.exec(trimmed)?.[1];
    return week === undefined ? null : weekOf(rule, year, Number(week));
  }
  for (const pattern of YEAR_WEEK) {
    const parts = pattern.exec(trimmed)?.groups;
    if (parts) return weekOf(rule, Number(parts.year), Number(parts.week));
  }
  return null;
}

/** @returns the Monday of the week that a date stands for */
export function weekFromDate(rule: WeekRule & { format: "start" | "ending" | "day" }, date: string): string {
  if (rule.format === "start") return mondayOfWeekFrom(date);
  return rule.format === "ending" ? mondayOfWeekFrom(addDays(date, -6)) : mondayOf(date);
}

/** What a week looks like by this rule, for the sentence about one that does not. */
export function describeWeek(rule: WeekRule): string {
  if (rule.format === "integer") return `a week counted from ${rule.week1}`;
  if (rule.format === "year_week") return `a week of the ${rule.calendar} calendar, as 2026-W42`;
  return rule.format === "ending" ? "the date of a week's last day" : "a date";
}
