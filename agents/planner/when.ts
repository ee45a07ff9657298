import { addDays, addMonths, type Period } from "../../data/common/dates.ts";
import { dateInWords, periodInWords } from "../../data/common/format.ts";
import type { Mention } from "./dates/read.ts";
import { type DateFrame, endOfLength, type Length, resolveSpan, type Span, type Tense } from "./dates/span.ts";
import type { Lexicon } from "./types.ts";

/** The dates that a plan is made of, as far as they were said. */
export interface When {
  readonly start?: string;
  readonly end?: string;
  readonly length?: Length;
  readonly notes: readonly string[];
}

export const frameOf = (lexicon: Lexicon, tense: Tense, account: string | undefined): DateFrame => {
  const found = lexicon.accounts.find((a) => a.name === account);
  return {
    today: lexicon.today,
    planningToday: lexicon.planningToday,
    tense,
    calendar: found?.calendar ?? "iso",
    ownWeek1: found?.ownWeek1 ?? null,
  };
};

/** Start and end for a plan. A month or a quarter that is only the time of the year ("in June") gives neither: a write asks. */
export function planDates(
  mentions: readonly Mention[],
  frame: DateFrame,
  account: string | undefined,
  loose: boolean,
): When {
  const notes: string[] = [];
  const length = mentions.findLast((m) => m.role === "length");
  let start: string | undefined;
  let end: string | undefined;
  for (const mention of mentions) {
    if (!("span" in mention)) continue;
    const period = resolveSpan(mention.span, frame);
    if (!period) continue;
    const wholeStretch = mention.role === "range" || (mention.role === "period" && (loose || mention.whole));
    if (mention.role === "end") end ??= period.to;
    else if (wholeStretch && start === undefined) {
      start = period.from;
      end = period.to;
      notes.push(...assumed(mention.span, period, account, frame));
    } else if (mention.role === "start" || mention.role === "day") {
      if (start === undefined) {
        start = period.from;
        notes.push(...assumed(mention.span, { from: period.from, to: period.from }, account, frame));
      } else if (end === undefined && mention.role === "day" && period.from > start) end = period.from;
    }
  }
  const said = length?.role === "length" ? length.length : undefined;
  if (start && !end && said) end = endOfLength(start, said, addMonths);
  if (end && !start && said) start = addDays(addMonths(end, -said.months), 1 - said.days);
  return { ...(start ? { start } : {}), ...(end ? { end } : {}), ...(said ? { length: said } : {}), notes };
}

/** What was taken for granted about dates, in words: the year nobody named, the days of a numbered week. */
function assumed(span: Span, period: Period, account: string | undefined, frame: DateFrame): string[] {
  const words = periodInWords(period);
  if (span.label?.startsWith("week")) {
    const own = span.plainWeek && frame.calendar !== "iso" && account;
    return [own ? `${span.label} in ${account}'s own calendar is ${words}` : `${span.label} is ${words}`];
  }
  if (span.year === null && span.grain !== "holiday") {
    const near = frame.tense === "future" ? "next lie ahead" : "last lay behind";
    return [`no year was named, so the dates that ${near}: ${words}`];
  }
  return span.label ? [`${span.label} is ${words}`] : [];
}

/** The period that a question is about, all its stretches of time together, or null. */
export function periodOf(
  mentions: readonly Mention[],
  frame: DateFrame,
  account: string | undefined,
): { period: Period; notes: string[] } | null {
  const found: Period[] = [];
  const notes: string[] = [];
  for (const mention of mentions) {
    if (!("span" in mention)) continue;
    const period = resolveSpan(mention.span, frame);
    if (!period) continue;
    if (mention.role === "start" && frame.tense === "past" && mention.span.grain === "day")
      found.push({ from: period.from, to: frame.today > period.from ? frame.today : period.to });
    else found.push(period);
    notes.push(...assumed(mention.span, period, account, frame));
  }
  if (found.length === 0) return null;
  const from = found.map((p) => p.from).sort()[0]!;
  const to = found
    .map((p) => p.to)
    .sort()
    .at(-1)!;
  return { period: { from, to }, notes };
}

export const inWords = (start: string | undefined, end: string | undefined): string =>
  start && end ? periodInWords({ from: start, to: end }) : start ? `from ${dateInWords(start)}` : "";
