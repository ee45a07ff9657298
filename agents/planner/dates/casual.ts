import * as chrono from "chrono-node";
import { addDays, dayNumber, weekday } from "../../../data/common/dates.ts";
import { CASUAL, WEEKDAYS } from "../vocabulary/index.ts";
import type { DateText, Read } from "./cursor.ts";
import { fixed, type Span } from "./span.ts";

const PARSERS: Record<string, { parse: typeof chrono.en.casual.parse }> = {
  en: chrono.en.GB,
  de: chrono.de.casual,
  fr: chrono.fr.casual,
  nl: chrono.nl.casual,
};
const RANGE_WORDS = new Set(["until", "till", "to", "through", "-", "and", "bis", "tot", "for", "with", ","]);
const pad = (n: number): string => String(n).padStart(2, "0");

/**
 * Days named by their place in the week or next to today ("tomorrow", "last Friday", "übermorgen"), read by chrono-node.
 * Weeks, quarters, ranges and years are the project's own grammar: chrono knows no retail calendar.
 */
export function casualAt(text: DateText, at: number, forward: boolean): Read<Span> | null {
  const token = text.tokens[at];
  if (!token || text.blocked[at] || token.kind !== "word") return null;
  const next = text.tokens[at + 1];
  const trigger =
    CASUAL.get(token.text) ??
    (["next", "last", "this", "coming", "past", "the"].includes(token.text) && next
      ? CASUAL.get(next.text)
      : undefined);
  const language =
    trigger ??
    (token.text === "day" && next?.text === "after"
      ? "en"
      : token.text === "day" && next?.text === "before"
        ? "en"
        : undefined);
  if (!language) return null;
  // A range has its own grammar; chrono gets the one day.
  const end = text.tokens.findIndex((t, i) => i > at && (RANGE_WORDS.has(t.text) || text.blocked[i]));
  const stretch = text.tokens.slice(at, Math.min(at + 5, end < 0 ? at + 5 : end));
  const words = stretch
    .map((t) => t.raw)
    .join(" ")
    .replace(/['’]s\b/gu, "");
  const from = new Date(`${forward ? text.planningToday : text.today}T12:00:00`);
  const [found] = PARSERS[language]!.parse(words, from, { forwardDate: forward });
  if (!found || found.index > 0) return null;
  const { start } = found;
  const iso = `${start.get("year")}-${pad(start.get("month")!)}-${pad(start.get("day")!)}`;
  let length = 0;
  let to = at;
  for (const t of stretch) {
    if (length >= found.text.length) break;
    length += t.raw.length + 1;
    to++;
  }
  // "this weekend" is two days.
  if (stretch.slice(0, to - at).some((t) => t.stem === "weekend")) return { to, value: weekend(iso) };
  const bare = stretch.slice(0, to - at).every((t) => WEEKDAYS.has(t.text) || t.text === "on");
  return { to, value: bare ? weekdayOf(iso, text) : fixed(iso, iso, "day") };
}

/** A bare "Friday" is the next one in a plan, the last one in a note of what was. */
function weekdayOf(next: string, text: DateText): Span {
  const last = next <= text.today ? next : addDays(next, -7 * Math.ceil((dayNumber(next) - dayNumber(text.today)) / 7));
  return {
    grain: "day",
    year: null,
    make: (year, frame) => {
      const date = frame.tense === "future" ? next : last === frame.today ? addDays(last, -7) : last;
      return Number(date.slice(0, 4)) === year ? { from: date, to: date } : null;
    },
  };
}

/** Saturday and Sunday of the weekend that a day lies in or before. */
function weekend(iso: string): Span {
  const saturday = addDays(iso, weekday(iso) === 7 ? -1 : 6 - weekday(iso));
  return fixed(saturday, addDays(saturday, 1));
}
