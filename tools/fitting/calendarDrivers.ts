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

export const runUpKey = (country: string | null, weekNumber: number): string => `${country ?? ""}|${weekNumber}`;

export function holidayRunUps(holidays: readonly Holiday[]): RunUps {
  const byName = new Map<string, Map<string, number>>();
  for (const { date, name, country } of holidays) {
    const weeks = byName.get(name) ?? new Map<string, number>();
    byName.set(name, weeks);
    for (let before = 0; before < RUN_UP_DAYS; before++) {
      const at = runUpKey(country, weekIndex(addDays(date, -before)));
      weeks.set(at, (weeks.get(at) ?? 0) + weightOf(before));
    }
  }
  return byName;
}
