import { easterSunday } from "../../../data/common/calendar.ts";
import { addDays, type Period, weekday } from "../../../data/common/dates.ts";

const lasting = (date: string, days = 1): Period => ({ from: date, to: addDays(date, days - 1) });
const day = (year: number, month: number, date: number): string =>
  `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
/** The nth Monday (1) … Sunday (7) of a month. */
const nth = (year: number, month: number, which: number, n: number): string => {
  const start = day(year, month, 1);
  return addDays(start, ((which - weekday(start) + 7) % 7) + (n - 1) * 7);
};
/** The last such weekday on or before a day. */
const upTo = (date: string, which: number): string => addDays(date, -((weekday(date) - which + 7) % 7));
const easterAnd = (offset: number, days = 1): ((year: number) => Period) => {
  return (year) => lasting(addDays(easterSunday(year), offset), days);
};
const fixedDay = (month: number, date: number, days = 1): ((year: number) => Period) => {
  return (year) => lasting(day(year, month, date), days);
};
/** The nth Sunday of Advent; the fourth is the last Sunday before 25 December. */
const advent = (n: number): ((year: number) => Period) => {
  return (year) => lasting(addDays(upTo(day(year, 12, 24), 7), 7 * (n - 4)));
};

/** The day or days of what is kept or traded on every year, by the key that the vocabularies give it. */
export const FEASTS: Readonly<Record<string, (year: number) => Period>> = {
  epiphany: fixedDay(1, 6),
  new_years_day: fixedDay(1, 1),
  valentine: fixedDay(2, 14),
  womens_day: fixedDay(3, 8),
  st_patrick: fixedDay(3, 17),
  carnival: easterAnd(-52, 6),
  rose_monday: easterAnd(-48),
  shrove_tuesday: easterAnd(-47),
  ash_wednesday: easterAnd(-46),
  palm_sunday: easterAnd(-7),
  maundy_thursday: easterAnd(-3),
  good_friday: easterAnd(-2),
  easter_saturday: easterAnd(-1),
  easter: easterAnd(0, 2),
  easter_monday: easterAnd(1),
  kings_day: (y) => (weekday(day(y, 4, 27)) === 7 ? lasting(day(y, 4, 26)) : lasting(day(y, 4, 27))),
  labour_day: fixedDay(5, 1),
  may_bank_holiday: (y) => lasting(nth(y, 5, 1, 1)),
  liberation_day: fixedDay(5, 5),
  victory_day: fixedDay(5, 8),
  mothers_day: (y) => lasting(nth(y, 5, 7, 2)),
  ascension: easterAnd(39),
  pentecost: easterAnd(49, 2),
  whit_sunday: easterAnd(49),
  whit_monday: easterAnd(50),
  corpus_christi: easterAnd(60),
  spring_bank_holiday: (y) => lasting(upTo(day(y, 5, 31), 1)),
  fathers_day: (y) => lasting(nth(y, 6, 7, 3)),
  midsummer: fixedDay(6, 24),
  bastille_day: fixedDay(7, 14),
  belgian_national_day: fixedDay(7, 21),
  assumption: fixedDay(8, 15),
  summer_bank_holiday: (y) => lasting(upTo(day(y, 8, 31), 1)),
  back_to_school: (y) => ({ from: day(y, 8, 15), to: day(y, 9, 15) }),
  oktoberfest: (y) => ({ from: upTo(day(y, 9, 21), 6), to: nth(y, 10, 7, 1) }),
  german_unity: fixedDay(10, 3),
  reformation: fixedDay(10, 31),
  halloween: fixedDay(10, 31),
  all_saints: fixedDay(11, 1),
  bonfire_night: fixedDay(11, 5),
  singles_day: fixedDay(11, 11),
  armistice: fixedDay(11, 11),
  thanksgiving: (y) => lasting(nth(y, 11, 4, 4)),
  black_friday: (y) => lasting(addDays(nth(y, 11, 4, 4), 1)),
  cyber_monday: (y) => lasting(addDays(nth(y, 11, 4, 4), 4)),
  advent: (y) => ({ from: advent(1)(y).from, to: day(y, 12, 24) }),
  advent_1: advent(1),
  advent_2: advent(2),
  advent_3: advent(3),
  advent_4: advent(4),
  st_nicholas: fixedDay(12, 6),
  sinterklaas: fixedDay(12, 5),
  christmas: fixedDay(12, 24, 3),
  christmas_eve: fixedDay(12, 24),
  christmas_day: fixedDay(12, 25),
  boxing_day: fixedDay(12, 26),
  new_year: fixedDay(12, 31, 2),
  new_years_eve: fixedDay(12, 31),
};

/** The days off that hang together around a feast: Easter and Whitsun from Friday or Saturday to Monday, others with the weekend they touch. */
export function longWeekend(key: string, feast: Period): Period {
  if (["easter", "easter_monday", "easter_saturday", "good_friday"].includes(key)) {
    const year = Number(feast.from.slice(0, 4));
    return { from: easterAnd(-2)(year).from, to: easterAnd(1)(year).from };
  }
  const on = weekday(feast.from);
  const saturday = on === 1 ? addDays(feast.from, -2) : addDays(feast.from, on === 7 ? -1 : 6 - on);
  const from = (on === 4 || on === 5) && feast.from < saturday ? feast.from : saturday;
  const sunday = addDays(saturday, 1);
  return { from, to: feast.to > sunday && feast.to <= addDays(sunday, 1) ? feast.to : sunday };
}
