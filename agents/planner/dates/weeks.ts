import { datesOfWeek } from "../../../data/common/calendar.ts";
import { type DateText, number, past, type Read, type Reader, said, token, word, yearAfter } from "./cursor.ts";
import type { Span } from "./span.ts";

/** A numbered week: ISO where the words say so (CW, KW, calendar week), else the account's own. */
export const numberedWeek = (week: number, iso: boolean, year: number | null): Span => ({
  grain: "week",
  year,
  label: `week ${week}`,
  ...(iso ? {} : { plainWeek: true }),
  make: (y, frame) => (iso ? datesOfWeek("iso", y, week) : datesOfWeek(frame.calendar, y, week, frame.ownWeek1)),
});

export interface WeekRead extends Read<Span> {
  readonly week: number;
  readonly iso: boolean;
}

/** "week 24", "wk 24", "CW24", "calendar week 24 of 2027", "KW 24/2027" */
export function weekAt(text: DateText, at: number): WeekRead | null {
  let noun = said(text, at, "isoWeek");
  const iso = noun > 0;
  if (!iso) noun = said(text, at, "week");
  if (noun < 0) return null;
  if (word(text, noun) === "." || word(text, noun) === "#") noun++;
  const value = number(text, noun);
  const first = token(text, at)!;
  if (!value || value.ordinal || !Number.isInteger(value.value) || value.value < 1 || value.value > 53) return null;
  // "w 2" is nothing; "W24" and "w24" are.
  if (first.text === "w" && !token(text, noun)!.glued) return null;
  const year = yearAfter(text, value.to);
  return {
    to: year?.to ?? value.to,
    value: numberedWeek(value.value, iso, year?.value ?? null),
    week: value.value,
    iso,
  };
}
export const week: Reader = (text, at) => weekAt(text, past(text, at, "on"));

/** "CW 24–25", "weeks 24 to 26", "week 24 and 25", "KW 24/25": one stretch of weeks. */
export function weekRange(text: DateText, at: number): Read<{ left: Span; right: Span }> | null {
  const left = weekAt(text, at);
  if (!left) return null;
  const plural = /s$/.test(word(text, at)) || left.iso;
  const joins = [
    said(text, left.to, "to"),
    plural ? said(text, left.to, "and") : -1,
    word(text, left.to) === "/" ? left.to + 1 : -1,
  ];
  const to = joins.find((end) => end > 0);
  if (to === undefined) return null;
  const again = weekAt(text, to);
  const bare = again ? null : number(text, to);
  const right = again?.week ?? bare?.value;
  if (right === undefined || bare?.ordinal || right < 1 || right > 53 || !Number.isInteger(right)) return null;
  const end = again?.to ?? bare!.to;
  const year = again ? null : yearAfter(text, end);
  const named = again?.value.year ?? year?.value ?? left.value.year;
  return {
    to: year?.to ?? end,
    value: {
      left:
        left.value.year === null && named !== null && left.week <= right
          ? numberedWeek(left.week, left.iso, named)
          : left.value,
      right: numberedWeek(right, again ? again.iso || left.iso : left.iso, named),
    },
  };
}
