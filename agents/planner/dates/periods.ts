import { addDays, addMonths, type Period } from "../../../data/common/dates.ts";
import { SEASONS } from "../vocabulary/index.ts";
import {
  type DateText,
  monthAt,
  number,
  past,
  type Read,
  type Reader,
  relativeYear,
  said,
  token,
  word,
  yearAfter,
} from "./cursor.ts";
import { fixed, type Grain, type Span, type Tense } from "./span.ts";

const first = (year: number, month: number): string => `${year}-${String(month).padStart(2, "0")}-01`;
/** Whole months, `count` of them from `month` (1–12) of a year on. */
export const monthsFrom = (year: number, month: number, count: number): Period => ({
  from: first(year, month),
  to: addDays(addMonths(first(year, month), count), -1),
});
export const recurring = (
  grain: Grain,
  year: number | null,
  make: (y: number) => Period | null,
  label?: string,
): Span => ({
  grain,
  year,
  make,
  ...(label ? { label } : {}),
});

interface Lead {
  readonly to: number;
  readonly tense?: Tense;
  readonly thisYear?: boolean;
}
/** "last", "next", "this" before a month, a season, a holiday. */
function leadAt(text: DateText, at: number): Lead {
  for (const [name, lead] of [
    ["next", { tense: "future" }],
    ["last", { tense: "past" }],
    ["this", { thisYear: true }],
  ] as const) {
    const to = said(text, at, name);
    if (to > 0) return { to, ...lead };
  }
  return { to: at };
}
export function led(text: DateText, at: number, read: (start: number) => Read<Span> | null): Read<Span> | null {
  const year = relativeYear(text, at);
  if (year) {
    // "last year's Easter deal", "next year in June"
    const inner = read(past(text, year.to, "on"));
    if (inner && inner.value.year === null) return { to: inner.to, value: { ...inner.value, year: year.value } };
  }
  const lead = leadAt(text, at);
  const inner = read(lead.to);
  if (!inner) return null;
  const { value } = inner;
  if (lead.tense && value.year === null) return { to: inner.to, value: { ...value, tense: lead.tense } };
  if (lead.thisYear && value.year === null)
    return { to: inner.to, value: { ...value, year: Number(text.today.slice(0, 4)) } };
  return inner;
}

/** "may", "march" and "mar" are months only where the words around say so. */
function speaksOfMonth(text: DateText, at: number): boolean {
  if (!["may", "march", "mar", "mars", "sat", "dec"].includes(word(text, at))) return true;
  const before = word(text, at - 1);
  if (
    [
      "in",
      "of",
      "from",
      "to",
      "until",
      "till",
      "through",
      "for",
      "next",
      "last",
      "this",
      "mid",
      "early",
      "late",
      "during",
      "into",
      "within",
      "since",
      "by",
      "and",
      "or",
      "-",
      "between",
      "en",
      "im",
      "whole",
      "all",
      "than",
      "throughout",
      "over",
      "versus",
      "vs",
      "en",
      "au",
      "before",
      "after",
      "starting",
    ].includes(before)
  )
    return true;
  const after = token(text, at + 1);
  if (after && token(text, at)!.capital && ["or", "and", "to", "versus", "vs", "-"].includes(after.text)) return true;
  if (token(text, at)!.capital && text.tokens.slice(0, at).some((t) => t.kind === "word") && word(text, at) !== "may")
    return true;
  return after?.kind === "number" || (after === undefined && at > 0 && before !== "");
}

export const month: Reader = (text, at) =>
  led(text, at, (start) => {
    const name = monthAt(text, start);
    if (!name || !speaksOfMonth(text, start)) return null;
    const year = yearAfter(text, name.to);
    return {
      to: year?.to ?? name.to,
      value: recurring("month", year?.value ?? null, (y) => monthsFrom(y, name.value, 1)),
    };
  });

/** "Q1", "Q1/27", "first quarter of 2027", "the last quarter of 2025", "quarter 2" */
export const quarter: Reader = (text, at) =>
  led(text, at, (start) => {
    const found = quarterNumber(text, start);
    if (!found) return null;
    const year = yearAfter(text, found.to) ?? ofTheYear(text, found.to);
    return {
      to: year?.to ?? found.to,
      value: recurring("quarter", year?.value ?? null, (y) => monthsFrom(y, found.value * 3 - 2, 3)),
    };
  });

/** "of the year": this year's. */
function ofTheYear(text: DateText, at: number): Read<number | null> | null {
  if (word(text, at) !== "of" || said(text, at + 1, "fiscal") < 0) return null;
  return { to: said(text, at + 1, "fiscal"), value: null };
}

function quarterNumber(text: DateText, at: number): Read<number> | null {
  const next = token(text, at + 1);
  if (said(text, at, "quarterLetter") > 0 && next?.kind === "number" && /^[1-4]$/.test(next.raw))
    return { to: at + 2, value: Number(next.raw) };
  const place = number(text, at);
  if (place && place.value >= 1 && place.value <= 4 && (place.ordinal || word(text, place.to) === ".")) {
    const noun = place.ordinal ? place.to : place.to + 1;
    const to = said(text, noun, "quarter");
    if (to > 0) return { to, value: place.value };
  }
  const noun = said(text, at, "quarter");
  const after = noun > 0 ? number(text, noun) : null;
  if (after && !after.ordinal && after.value >= 1 && after.value <= 4) return { to: after.to, value: after.value };
  // "the last quarter of 2025"
  const last = said(text, at, "lastPart");
  const lastTo = last > 0 ? said(text, last, "quarter") : -1;
  if (lastTo > 0 && word(text, lastTo) === "of" && yearAfter(text, lastTo)) return { to: lastTo, value: 4 };
  return null;
}

/** "H1", "first half of 2026", "second half of the year" */
export const half: Reader = (text, from) => {
  const at = word(text, from) === "the" ? from + 1 : from;
  const next = token(text, at + 1);
  let found: Read<number> | null = null;
  if (said(text, at, "halfLetter") > 0 && next?.kind === "number" && next.glued && /^[12]$/.test(next.raw))
    found = { to: at + 2, value: Number(next.raw) };
  const place = number(text, at);
  if (place?.ordinal && place.value <= 2 && said(text, place.to, "halfOf") > 0) {
    const to = said(text, place.to, "halfOf");
    // "first half of June" is read elsewhere
    if (yearAfter(text, to) || ofTheYear(text, to) || !(word(text, to) === "of")) found = { to, value: place.value };
  }
  if (!found) return null;
  const { value } = found;
  const year = yearAfter(text, found.to) ?? ofTheYear(text, found.to);
  return {
    to: year?.to ?? found.to,
    value: recurring("half", year?.value ?? null, (y) => monthsFrom(y, value * 6 - 5, 6)),
  };
};

/** "2025", "in 2027", "last year", "calendar year 2026" */
export const year: Reader = (text, at) => {
  const lead = said(text, at, "fiscal");
  const start = lead > 0 ? lead : at;
  const found = relativeYear(text, start) ?? (token(text, start)?.kind === "number" ? yearAfter(text, start) : null);
  if (!found) return null;
  return { to: found.to, value: fixed(`${found.value}-01-01`, `${found.value}-12-31`, "year") };
};

export const season: Reader = (text, at) =>
  led(text, at, (start) => {
    const begins = SEASONS.get(word(text, start));
    // "fall" is also what sales do.
    if (
      begins === undefined ||
      (word(text, start) === "fall" && !["in", "this", "last", "next", "the", "during"].includes(word(text, start - 1)))
    )
      return null;
    const named = yearAfter(text, start + 1);
    return {
      to: named?.to ?? start + 1,
      value: recurring("season", named?.value ?? null, (y) => monthsFrom(y, begins, 3), word(text, start)),
    };
  });
