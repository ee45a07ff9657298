import { addDays, dayNumber, weekIndex } from "../../data/common/dates.ts";

/** Shopping for a holiday is done in the seven days that end on it, and half as much of it in the seven before those. */
const RUN_UP_DAYS = 14;
const weightOf = (daysBefore: number): number => (daysBefore < 7 ? 1 : 0.5) / 7;

export interface Holiday {
  readonly date: string;
  readonly name: string;
  readonly country: string;
}

/** Share of the seven days of a week (its Monday) that lie inside a period; both ends included. */
export function shareOfWeek(week: string, from: string, to: string): number {
  const monday = dayNumber(week);
  const days = Math.min(monday + 6, dayNumber(to)) - Math.max(monday, dayNumber(from)) + 1;
  return Math.max(0, Math.min(7, days)) / 7;
}

/** By holiday name: a map from `country|week index` to the part of its run-up that falls into that week. */
export type RunUps = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Holidays that few of the countries keep are told apart too seldom to be learnt one by one. */
export const OTHER_HOLIDAYS = "other holidays";
/** Holidays this close share one run-up: Easter Monday is Easter. */
const SAME_DAYS = 3;

export const runUpKey = (country: string | null, weekNumber: number): string => `${country ?? ""}|${weekNumber}`;

/** One driver a holiday that at least half of the countries keep, neighbours within three days taken as one, and one for all others. */
export function holidayRunUps(holidays: readonly Holiday[]): RunUps {
  const nameOf = driverNames(holidays);
  const byName = new Map<string, Map<string, number>>();
  for (const { date, name, country } of holidays) {
    const driver = nameOf.get(name);
    if (driver === undefined) continue;
    const weeks = byName.get(driver) ?? new Map<string, number>();
    byName.set(driver, weeks);
    for (let before = 0; before < RUN_UP_DAYS; before++) {
      const at = runUpKey(country, weekIndex(addDays(date, -before)));
      weeks.set(at, (weeks.get(at) ?? 0) + weightOf(before));
    }
  }
  return byName;
}

/** Which driver a holiday counts in; one that lies next to a more widely kept one counts in none. */
function driverNames(holidays: readonly Holiday[]): Map<string, string> {
  const all = new Set(holidays.map((h) => h.country)).size;
  const byName = [...Map.groupBy(holidays, (h) => h.name)].map(([name, days]) => ({
    name,
    countries: new Set(days.map((d) => d.country)).size,
    days: [...new Set(days.map((d) => dayNumber(d.date)))].sort((a, b) => a - b),
  }));
  byName.sort((a, b) => b.countries - a.countries || a.days[0]! - b.days[0]! || a.name.localeCompare(b.name));
  const kept: typeof byName = [];
  const names = new Map<string, string>();
  for (const holiday of byName) {
    const near = (day: number) => kept.some((k) => k.days.some((other) => Math.abs(other - day) <= SAME_DAYS));
    if (holiday.days.every(near)) continue;
    kept.push(holiday);
    names.set(holiday.name, 2 * holiday.countries >= all ? holiday.name : OTHER_HOLIDAYS);
  }
  return names;
}
