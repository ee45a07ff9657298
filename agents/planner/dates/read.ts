import { addDays, addMonths } from "../../../data/common/dates.ts";
import { casualAt } from "./casual.ts";
import { countsSomething, type DateText, number, past, type Read, said, token, word } from "./cursor.ts";
import { anyDay, dayOf, dayOfAnyMonth, weekOfDay } from "./days.ts";
import { lengthAt, unitAt } from "./lengths.ts";
import { calendarUnit, openPeriod, periodAt } from "./relative.ts";
import { endOfLength, fixed, type Length, rangeOf, type Span } from "./span.ts";
import { weekAt, weekRange } from "./weeks.ts";

/** What a mention of time says: both ends, one of them, a stretch that was named, how long, or how far to move. */
export type Mention = { readonly from: number; readonly to: number } & (
  | { readonly role: "range" | "start" | "end" | "day" | "period"; readonly span: Span; readonly whole?: boolean }
  | { readonly role: "length"; readonly length: Length }
  | { readonly role: "shift"; readonly length: Length; readonly sign: 1 | -1 }
);

/** All mentions of time in a sentence, in order; a start and a length beside it are already one range. */
export function readDates(text: DateText): Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < text.tokens.length; ) {
    const mention = text.blocked[at] ? null : mentionAt(text, at);
    if (mention) mentions.push(mention);
    at = mention?.to ?? at + 1;
  }
  return joinLengths(mentions, text);
}

/** A day or a named stretch. */
const pointAt = (text: DateText, at: number): Read<Span> | null =>
  anyDay(text, at) ?? weekOfDay(text, at) ?? weekAt(text, at) ?? periodAt(text, at) ?? casualAt(text, at, true);

function mentionAt(text: DateText, at: number): Mention | null {
  const open = openPeriod(text, at);
  if (open) return { from: at, to: open.to, role: "period", span: open.value };
  const range = rangeAt(text, at);
  if (range) return { from: at, to: range.to, role: "range", span: range.value };
  const until = said(text, at, "until");
  if (until > 0) {
    const end = pointAt(text, past(text, until, "on"));
    if (end) return { from: at, to: end.to, role: "end", span: end.value };
  }
  const lead = said(text, at, "from");
  if (lead > 0) {
    const start = pointAt(text, past(text, lead, "on")) ?? pointAt(text, lead);
    if (start) return { from: at, to: start.to, role: "start", span: start.value };
  }
  const whole = said(text, at, "whole");
  if (whole > 0) {
    const all = periodAt(text, word(text, whole) === "of" ? whole + 1 : whole);
    if (all) return { from: at, to: all.to, role: "period", span: all.value, whole: true };
  }
  return plainMention(text, at);
}

function plainMention(text: DateText, at: number): Mention | null {
  const weeks = weekRange(text, at);
  if (weeks) return { from: at, to: weeks.to, role: "range", span: rangeOf(weeks.value.left, weeks.value.right) };
  const day = anyDay(text, at);
  if (day) return { from: at, to: day.to, role: "day", span: day.value };
  const single = weekOfDay(text, at) ?? weekAt(text, at);
  if (single) return { from: at, to: single.to, role: "range", span: single.value };
  const period = periodAt(text, at);
  if (period) {
    const closed = period.value.grain === "week" || period.value.grain === "stretch";
    // "the Friday before Easter", "on Whit Monday": a day that something begins on.
    const onDay =
      period.value.grain === "day" || (period.value.oneDay && ["on", "am", "op"].includes(word(text, at - 1)));
    return { from: at, to: period.to, role: onDay ? "day" : closed ? "range" : "period", span: period.value };
  }
  const casual = casualAt(text, at, !backward(text, at));
  if (casual) return { from: at, to: casual.to, role: "day", span: casual.value };
  return lengthMention(text, at);
}

/** "last Friday" lies behind; a bare "Friday" lies ahead, save where the sentence tells of what was. */
const backward = (text: DateText, at: number): boolean => said(text, at, "last") > 0;

function lengthMention(text: DateText, at: number): Mention | null {
  const read = lengthAt(text, at);
  if (!read) return null;
  const { length } = read;
  if (read.shift !== 0) return { from: at, to: read.to, role: "shift", length, sign: read.shift };
  const move = (from: string, sign: number): string =>
    addDays(addMonths(from, sign * length.months), sign * length.days);
  if (read.ago)
    return { from: at, to: read.to, role: "day", span: fixed(move(text.today, -1), move(text.today, -1), "day") };
  if (read.offset)
    return {
      from: at,
      to: read.to,
      role: "start",
      span: fixed(move(text.planningToday, 1), move(text.planningToday, 1), "day"),
    };
  return { from: at, to: read.to, role: "length", length };
}

/** "June 1 to June 14", "1–14 June", "between 3 and 16 May", "from Monday to Friday", "June to August", "CW 24 to CW 26" */
function rangeAt(text: DateText, at: number): Read<Span> | null {
  const between = said(text, at, "between");
  const lead = between > 0 ? between : said(text, at, "from");
  const start = lead > 0 ? past(text, lead, "on") : at;
  const weeks = weekRange(text, start);
  if (weeks) return { to: weeks.to, value: rangeOf(weeks.value.left, weeks.value.right) };
  const left = anyDay(text, start) ?? weekAt(text, start) ?? periodAt(text, start) ?? casualAt(text, start, true);
  if (left) {
    const right = rightSide(text, left.to, between > 0, left.value);
    return right && { to: right.to, value: rangeOf(left.value, right.value) };
  }
  return shortLeft(text, start, between > 0);
}

function joinAt(text: DateText, at: number, between: boolean): number {
  const skip = word(text, at) === "," ? at + 1 : at;
  // "01.06. - 14.06." and "1.-14.6.": a dot may stand before the dash.
  const dot = word(text, skip) === "." && token(text, skip)!.glued && said(text, skip + 1, "to") > 0 ? skip + 1 : skip;
  const endOf = said(text, dot, "endOf");
  if (endOf > 0) return -1;
  const to = said(text, dot, "to");
  return to > 0 ? to : between ? said(text, dot, "and") : -1;
}

function rightSide(text: DateText, at: number, between: boolean, left: Span): Read<Span> | null {
  const to = joinAt(text, at, between);
  if (to < 0) return endOfMonthSide(text, at, left);
  const start = past(text, to, "on");
  const right = anyDay(text, start) ?? weekAt(text, start) ?? periodAt(text, start) ?? casualAt(text, start, true);
  if (right) return right;
  if (left.grain !== "day") return null;
  // "June 1 to 14": the month is the left side's.
  const day = number(text, start);
  if (!day || !Number.isInteger(day.value) || day.value < 1 || day.value > 31 || countsSomething(text, day.to))
    return null;
  const dotTo =
    word(text, day.to) === "." && token(text, day.to)!.glued && token(text, day.to + 1) ? day.to + 1 : day.to;
  return {
    to: dotTo,
    value: {
      grain: "day",
      year: null,
      make: (y, frame) => {
        const month = left.make(left.year ?? y, frame)?.from.slice(5, 7);
        return month ? dayOf(Number(month), day.value, null).make(y, frame) : null;
      },
    },
  };
}

/** "from 1 June until the end of the month": the end of what was named, not the whole of it. */
function endOfMonthSide(text: DateText, at: number, left: Span): Read<Span> | null {
  const to = said(text, at, "endOf");
  if (to < 0) return null;
  const start = past(text, to, "on");
  const last =
    (make: Span["make"]): Span["make"] =>
    (y, frame) => {
      const p = make(y, frame);
      return p && { from: p.to, to: p.to };
    };
  const whole = periodAt(text, start);
  if (whole) return { to: whole.to, value: { ...whole.value, make: last(whole.value.make) } };
  // "until the end of the month": the one that the left side lies in.
  const unit = unitAt(text, ["the", "that", "this"].includes(word(text, start)) ? start + 1 : start);
  if (!unit) return null;
  const make: Span["make"] = (y, frame) => {
    const p = left.make(left.year ?? y, frame);
    return p && calendarUnit(unit.value, p.from, 0);
  };
  return { to: unit.to, value: { grain: "day", year: null, make: last(make) } };
}

/** "1–14 June", "from the 3rd to the 16th of May": the left side has its month from the right. */
function shortLeft(text: DateText, at: number, between: boolean): Read<Span> | null {
  const day = number(text, at);
  if (!day || !Number.isInteger(day.value) || day.value < 1 || day.value > 31) return null;
  const dot = word(text, day.to) === "." && token(text, day.to)!.glued ? day.to + 1 : day.to;
  const to = joinAt(text, dot, between);
  if (to < 0) return null;
  const start = past(text, to, "on");
  const right = anyDay(text, start);
  if (!right) return null;
  const left: Span =
    right.value.grain === "day"
      ? {
          grain: "day",
          year: right.value.year,
          make: (y, frame) => {
            const end = right.value.make(y, frame);
            if (!end) return null;
            const same = dayOf(Number(end.from.slice(5, 7)), day.value, null).make(Number(end.from.slice(0, 4)), frame);
            if (same && same.from <= end.from) return same;
            const before = addMonths(`${end.from.slice(0, 8)}01`, -1);
            return dayOf(Number(before.slice(5, 7)), day.value, null).make(Number(before.slice(0, 4)), frame);
          },
        }
      : dayOfAnyMonth(day.value);
  return { to: right.to, value: rangeOf(left, right.value) };
}

const EITHER = new Set(["or", "versus", "vs", "oder", "ou"]);
/** "for two weeks from 3 May": a start and a length in one sentence make a range; so do a start and an end that stand apart. */
function joinLengths(mentions: readonly Mention[], text: DateText): Mention[] {
  const starts = mentions.filter(
    (m) =>
      m.role === "start" || m.role === "day" || (m.role === "range" && m.span.grain === "week") || m.role === "period",
  );
  const lengths = mentions.filter((m) => m.role === "length");
  const ends = mentions.filter((m) => m.role === "end");
  const anchor = starts.find((m) => m.role === "start") ?? starts.find((m) => m.role === "day") ?? starts[0];
  if (!anchor || !("span" in anchor)) return [...mentions];
  const said = lengths.at(-1);
  // "one week or two weeks from 3 May" are two plans.
  const either = lengths.length > 1 && text.tokens.slice(lengths[0]!.to, said!.from).some((t) => EITHER.has(t.text));
  if (either) return [...mentions];
  if (said?.role === "length" && (starts.length === 1 || anchor.role !== "period")) {
    const { length } = said;
    // "Whit Monday for two weeks" begins there; "two weeks in June" may begin on any day of it.
    const begins = "oneDay" in anchor.span && said.from >= anchor.to && said.from - anchor.to <= 1;
    if (anchor.role === "period" && !begins) return [...mentions];
    const span: Span = {
      ...anchor.span,
      grain: "stretch",
      make: (y, frame) => {
        const p = anchor.span.make(y, frame);
        return p && { from: p.from, to: endOfLength(p.from, length, addMonths) };
      },
    };
    return replaceBoth(mentions, anchor, said, span);
  }
  if (ends.length === 1 && ends[0]!.role === "end" && anchor.role !== "period")
    return replaceBoth(mentions, anchor, ends[0]!, rangeOf(anchor.span, ends[0]!.span));
  return [...mentions];
}

function replaceBoth(mentions: readonly Mention[], anchor: Mention, other: Mention, span: Span): Mention[] {
  return mentions.flatMap((m): Mention[] =>
    m === other ? [] : m === anchor ? [{ from: anchor.from, to: anchor.to, role: "range", span }] : [m],
  );
}
