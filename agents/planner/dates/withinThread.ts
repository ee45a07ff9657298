import { addDays, addMonths, type Period } from "../../../data/common/dates.ts";
import type { Reading } from "../reading.ts";
import { type DateText, number, past, said, word } from "./cursor.ts";
import { lengthOf, type Unit, unitAt } from "./lengths.ts";
import { calendarUnit } from "./relative.ts";
import { endOfLength, type Length } from "./span.ts";

/**
 * Dates that are counted from those the thread is about: "and the year before?", "the previous quarter", "same period a
 * year earlier", "the first two weeks". Null where the sentence says none.
 */
export function relatedPeriod(reading: Reading, base: Period): Period | null {
  const text: DateText = {
    tokens: reading.tokens,
    blocked: reading.tokens.map((_, i) => [...reading.names, ...reading.codes].some((s) => s.from <= i && i < s.to)),
    today: base.to,
    planningToday: base.to,
    dayFirst: true,
  };
  for (let at = 0; at < text.tokens.length; at++) {
    const found = movedAt(text, at, base) ?? partAt(text, at, base);
    if (found) return found;
  }
  return null;
}

/** "the year before", "the previous quarter", "the month after", "the same period last year" */
function movedAt(text: DateText, at: number, base: Period): Period | null {
  const same = said(text, at, "samePeriod");
  if (same > 0) {
    for (let i = same; i < Math.min(same + 4, text.tokens.length); i++) {
      const unit = unitAt(text, i);
      if (unit) return moved(base, unit.value, -1);
    }
  }
  const previous = said(text, at, "previous");
  const led = previous > 0 ? unitAt(text, previous) : null;
  if (led) return moved(base, led.value, -1);
  const unit = unitAt(text, at);
  if (!unit || number(text, at - 1)) return null;
  const back = said(text, unit.to, "earlierBy");
  const on = said(text, unit.to, "laterBy");
  // "two weeks before Easter" is a day of its own.
  const ends = (to: number): boolean => to > 0 && !/[\p{L}\d]/u.test(word(text, to)) && !text.blocked[to];
  return ends(back) ? moved(base, unit.value, -1) : ends(on) ? moved(base, unit.value, 1) : null;
}

/** A unit as long as the base or longer moves it; of a shorter one it is the one that lies beside the base. */
function moved(base: Period, unit: Unit, step: 1 | -1): Period {
  const length = lengthOf(1, unit);
  if (endOfLength(base.from, length, addMonths) < base.to)
    return step < 0 ? calendarUnit(unit, addDays(base.from, -1), 0) : calendarUnit(unit, addDays(base.to, 1), 0);
  const shift = (day: string): string => addDays(addMonths(day, step * length.months), step * length.days);
  return { from: shift(base.from), to: addDays(shift(addDays(base.to, 1)), -1) };
}

/** "in the first two weeks", "the final month": a part of the base. ("The last month" is today's.) */
function partAt(text: DateText, at: number, base: Period): Period | null {
  const last = word(text, at) === "last" ? -1 : said(text, at, "lastPart");
  const first = last > 0 ? -1 : said(text, at, "first");
  const to = Math.max(first, last);
  if (to < 0) return null;
  const count = number(text, to);
  const unit = unitAt(text, count?.to ?? to);
  // "the first two weeks of June" has a base of its own.
  if (!unit || past(text, unit.to, "of") > unit.to) return null;
  const length: Length = lengthOf(count?.value ?? 1, unit.value);
  const part =
    last > 0
      ? { from: addDays(addMonths(addDays(base.to, 1), -length.months), -length.days), to: base.to }
      : { from: base.from, to: endOfLength(base.from, length, addMonths) };
  return part.from >= base.from && part.to <= base.to ? part : null;
}
