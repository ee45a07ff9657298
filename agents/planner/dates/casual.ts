import * as chrono from "chrono-node";
import { CASUAL } from "../vocabulary/index.ts";
import type { DateText, Read } from "./cursor.ts";
import { fixed, type Span } from "./span.ts";

const PARSERS: Record<string, { parse: typeof chrono.en.casual.parse }> = {
  en: chrono.en.GB,
  de: chrono.de.casual,
  fr: chrono.fr.casual,
  nl: chrono.nl.casual,
};
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
  const stretch = text.tokens.slice(at, at + 5);
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
  const isWeekend = stretch.slice(0, to - at).some((t) => t.stem === "weekend");
  if (!isWeekend) return { to, value: fixed(iso, iso, "day") };
  const saturday = new Date(`${iso}T12:00:00Z`);
  saturday.setUTCDate(
    saturday.getUTCDate() + ((6 - saturday.getUTCDay() + 7) % 7) - (saturday.getUTCDay() === 0 ? 7 : 0),
  );
  const sunday = new Date(saturday.getTime() + 86_400_000);
  return { to, value: fixed(saturday.toISOString().slice(0, 10), sunday.toISOString().slice(0, 10)) };
}
