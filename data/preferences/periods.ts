import { addDays, addMonths, mondayOf, type Period, quarterOf } from "../common/dates.ts";

const NUMBERS: Readonly<Record<number, string>> = {
  2: "two",
  3: "three",
  4: "four",
  6: "six",
  8: "eight",
  9: "nine",
  12: "twelve",
  13: "thirteen",
  18: "eighteen",
  24: "twenty-four",
  26: "twenty-six",
  36: "thirty-six",
  52: "fifty-two",
};
const UNITS = ["weeks", "months", "years"] as const;
const NAMED = [
  "last_week",
  "last_month",
  "last_quarter",
  "last_half_year",
  "last_year",
  "this_month",
  "this_quarter",
  "this_year",
  "year_to_date",
] as const;

/** Periods that move with the day, by name: what "always the last quarter" may mean. */
export const MOVING_PERIODS: readonly string[] = [
  ...NAMED,
  ...UNITS.flatMap((unit) => Object.keys(NUMBERS).map((n) => `last_${n}_${unit}`)),
];

const wholeMonth = (day: string): Period => {
  const from = `${day.slice(0, 7)}-01`;
  return { from, to: addDays(addMonths(from, 1), -1) };
};
const wholeYear = (year: number): Period => ({ from: `${year}-01-01`, to: `${year}-12-31` });

/** The days that a moving period stands for on a day. */
export function movingPeriod(name: string, today: string): Period {
  const year = Number(today.slice(0, 4));
  const [, n, unit] = /^last_(\d+)_(\w+)$/.exec(name) ?? [];
  if (unit === "weeks") {
    const sunday = addDays(mondayOf(today), -1);
    return { from: addDays(sunday, 1 - 7 * Number(n)), to: sunday };
  }
  if (unit) return { from: addDays(addMonths(today, -Number(n) * (unit === "years" ? 12 : 1)), 1), to: today };
  const monday = mondayOf(today);
  const quarter = quarterOf(today);
  const periods: Readonly<Record<string, Period>> = {
    last_week: { from: addDays(monday, -7), to: addDays(monday, -1) },
    last_month: wholeMonth(addDays(wholeMonth(today).from, -1)),
    last_quarter: quarterOf(addDays(quarter.from, -1)),
    last_half_year:
      today.slice(5) < "07-01"
        ? { from: `${year - 1}-07-01`, to: `${year - 1}-12-31` }
        : { from: `${year}-01-01`, to: `${year}-06-30` },
    last_year: wholeYear(year - 1),
    this_month: wholeMonth(today),
    this_quarter: quarter,
    this_year: wholeYear(year),
    year_to_date: { from: `${year}-01-01`, to: today },
  };
  return periods[name]!;
}

/** The moving period that stands for these days on that day, or null where it is one period of its own ("March 2025"). */
export const movingPeriodOf = (period: Period, today: string): string | null =>
  MOVING_PERIODS.find((name) => {
    const { from, to } = movingPeriod(name, today);
    return from === period.from && to === period.to;
  }) ?? null;

/** "the last quarter", "the last twelve months", "the year to date" */
export function movingPeriodWords(name: string): string {
  const [, n, unit] = /^last_(\d+)_(\w+)$/.exec(name) ?? [];
  if (unit) return `the last ${NUMBERS[Number(n)]} ${unit}`;
  return name.startsWith("this_") ? name.replaceAll("_", " ") : `the ${name.replaceAll("_", " ")}`;
}
