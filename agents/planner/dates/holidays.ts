import { addDays, mondayOf, weekday } from "../../../data/common/dates.ts";
import { HOLIDAYS, WEEKDAYS } from "../vocabulary/index.ts";
import { matchAt } from "../vocabulary/match.ts";
import { type DateText, type Read, type Reader, said, word, yearAfter } from "./cursor.ts";
import { FEASTS, longWeekend } from "./feasts.ts";
import { countedUnit, unitAt } from "./lengths.ts";
import { led, recurring } from "./periods.ts";
import { type Span, weeksFrom, within } from "./span.ts";

interface Feast {
  readonly key: string;
  readonly to: number;
}

/** The feast that is named at a place: "Whit Monday", "Christi Himmelfahrt", "Pâques". */
function feastAt(text: DateText, at: number): Feast | null {
  const found = text.blocked[at] ? null : matchAt(text.tokens, at, HOLIDAYS);
  return found && { key: found.values[0]!, to: found.to };
}

export const holiday: Reader = (text, at) =>
  led(text, at, (start) => {
    const found = feastAt(text, start);
    if (!found) return null;
    const named = yearAfter(text, found.to);
    const label = text.tokens
      .slice(start, found.to)
      .map((t) => t.raw)
      .join(" ")
      .replace(/['’]s$/u, "");
    const days = FEASTS[found.key]!;
    const sample = days(2027);
    const value = recurring("holiday", named?.value ?? null, days, label);
    return {
      to: named?.to ?? found.to,
      value: sample.from === sample.to ? { ...value, oneDay: true as const } : value,
    };
  });

/** "two weeks before Easter", "the week after Christmas", "the Friday before Whit Monday": what touches a holiday. */
export const aroundHoliday: Reader = (text, at) => {
  const lead = word(text, at) === "the" ? at + 1 : at;
  const counted = countedUnit(text, lead);
  const unit = counted ? null : unitAt(text, lead);
  const onDay = counted || unit ? undefined : WEEKDAYS.get(word(text, lead));
  const kind = counted?.value.unit ?? unit?.value ?? "day";
  if ((!counted && !unit && !onDay) || (kind !== "week" && kind !== "day" && kind !== "fortnight")) return null;
  const to = counted?.to ?? unit?.to ?? lead + 1;
  const length = (counted?.value.count ?? 1) * { week: 7, day: 1, fortnight: 14 }[kind];
  for (const [name, side] of [
    ["before", -1],
    ["after", 1],
  ] as const) {
    const link = said(text, to, name);
    const feast = link > 0 ? holiday(text, word(text, link) === "the" ? link + 1 : link) : null;
    if (!feast) continue;
    const value = within(feast.value, (p) => {
      if (onDay) {
        const date =
          side < 0
            ? addDays(p.from, -((weekday(p.from) - onDay + 6) % 7) - 1)
            : addDays(p.to, ((onDay - weekday(p.to) + 6) % 7) + 1);
        return { from: date, to: date };
      }
      return side < 0
        ? { from: addDays(p.from, -length), to: addDays(p.from, -1) }
        : { from: addDays(p.to, 1), to: addDays(p.to, length) };
    });
    return { to: feast.to, value: onDay ? { ...value, grain: "day" } : value };
  }
  return null;
};

/** "Easter week", "the week of Whit Monday", "Christmas fortnight": the Monday-to-Sunday week that holds the day. */
export const holidayWeek: Reader = (text, at) => {
  const first = word(text, at) === "week" ? said(text, at + 1, "of") : -1;
  const feast = holiday(text, first > 0 ? first : at);
  if (!feast) return null;
  const unit = first > 0 ? { to: feast.to, value: "week" } : unitAt(text, feast.to);
  if (unit?.value !== "week") return null;
  return { to: unit.to, value: { ...within(feast.value, (p) => weeksFrom(mondayOf(p.from), 1)), grain: "week" } };
};

/** "Easter weekend", "the Black Friday weekend", "Whitsun weekend" */
export const holidayWeekend: Reader = (text, at) => {
  const lead = word(text, at) === "the" ? at + 1 : at;
  const first = word(text, lead) === "weekend" ? said(text, lead + 1, "of") : -1;
  let key = "";
  const feast = led(text, first > 0 ? first : lead, (start) => {
    const found = feastAt(text, start);
    if (!found) return null;
    key = found.key;
    return { to: found.to, value: recurring("holiday", null, FEASTS[found.key]!) };
  });
  if (!feast) return null;
  const last = word(text, feast.to) === "long" || word(text, feast.to) === "bank" ? feast.to + 1 : feast.to;
  if (first < 0 && word(text, last) !== "weekend") return null;
  const to = first > 0 ? feast.to : last + 1;
  const year = yearAfter(text, to);
  const value: Span = within(feast.value, (p) => longWeekend(key, p));
  return year ? { to: year.to, value: { ...value, year: year.value } } : ({ to, value } satisfies Read<Span>);
};
