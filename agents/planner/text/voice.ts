import { numberAt } from "../numbers.ts";
import { CORRECTIONS, FILLERS, MONTHS, PERCENT, UNITS } from "../vocabulary/index.ts";
import { matchAt } from "../vocabulary/match.ts";
import type { Token } from "./tokens.ts";

/** "uh", "you know": gone, wherever they stand. */
export function withoutFillers(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const filler = matchAt(tokens, i, FILLERS);
    if (filler) {
      i = filler.to;
      if (tokens[i]?.text === ",") i++;
      if (kept.at(-1)?.text === "," && i < tokens.length && tokens[i - 1]?.text === ",") kept.pop();
    } else kept.push(tokens[i++]!);
  }
  return kept;
}

const CENTURY = 2000;
/** "twenty twenty-five", "two thousand and twenty five", "'25": a year that is spoken or cut short, as its four digits. */
export function withYears(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; ) {
    const year = spokenYear(tokens, i);
    if (year && !COUNTS.has(tokens[year.to]?.text ?? "")) {
      const written = String(year.value);
      const from = tokens[i]!;
      joined.push({ ...from, raw: written, text: written, stem: written, kind: "number", to: tokens[year.to - 1]!.to });
      i = year.to;
    } else joined.push(tokens[i++]!);
  }
  return joined;
}
/** What makes "twenty twenty-five" two amounts. */
const COUNTS = new Set([...PERCENT.keys(), "%", "off", "€", "$", "£"]);

function spokenYear(tokens: readonly Token[], at: number): { value: number; to: number } | null {
  const first = tokens[at]!;
  if (first.kind !== "word") return null;
  const head = numberAt(tokens, at);
  if (!head || head.ordinal) return null;
  // "two thousand (and) twenty-five"
  if (head.value === CENTURY && tokens[head.to]?.text === "and") {
    const rest = numberAt(tokens, head.to + 1);
    if (rest?.spelled && isOfCentury(rest.value)) return { value: CENTURY + rest.value, to: rest.to };
  }
  if (head.value > CENTURY && isOfCentury(head.value - CENTURY)) return { value: head.value, to: head.to };
  if (head.value !== 20 || head.to !== at + 1) return null;
  const rest = numberAt(tokens, at + (tokens[at + 1]?.text === "-" ? 2 : 1));
  return rest?.spelled && !rest.ordinal && isOfCentury(rest.value)
    ? { value: CENTURY + rest.value, to: rest.to }
    : null;
}
const isOfCentury = (value: number): boolean => Number.isInteger(value) && value >= 10 && value < 60;

/** What kind of thing a stretch of tokens says; a correction replaces its like. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly sort: string;
}

/**
 * "June 1, no, June 8" · "twenty, sorry, twenty-five percent" · "for A, I mean B": what was taken back goes.
 * @param pieces names, dates and amounts found in these tokens, in order
 * @returns the tokens without it, or null where nothing was corrected
 */
export function applyCorrection(tokens: readonly Token[], pieces: readonly Piece[]): Token[] | null {
  for (let i = 1; i < tokens.length - 1; i++) {
    const marker = matchAt(tokens, i, CORRECTIONS);
    if (!marker) continue;
    let to = marker.to;
    for (
      let more = matchAt(tokens, skipMarks(tokens, to), CORRECTIONS);
      more;
      more = matchAt(tokens, skipMarks(tokens, to), CORRECTIONS)
    )
      to = more.to;
    to = skipWords(tokens, skipMarks(tokens, to));
    let end = i;
    while (end > 0 && isPause(tokens[end - 1]!)) end--;
    const cut = correctedPart(tokens, pieces, end, to);
    if (cut !== null) return [...tokens.slice(0, cut.from), ...tokens.slice(cut.to)];
  }
  return null;
}

const isPause = (t: Token): boolean => [",", ".", "-", ";", ":", "("].includes(t.text);
const skipMarks = (tokens: readonly Token[], at: number): number => {
  let i = at;
  while (tokens[i] && isPause(tokens[i]!)) i++;
  return i;
};
/** "no, make it 25", "I mean for B": small words that may stand before what is meant. */
const LITTLE = new Set([
  "for",
  "at",
  "to",
  "from",
  "with",
  "make",
  "it",
  "that",
  "is",
  "on",
  "the",
  "until",
  "till",
  "in",
  "its",
]);
const skipWords = (tokens: readonly Token[], at: number): number => {
  let i = at;
  while (tokens[i] && i - at < 3 && LITTLE.has(tokens[i]!.text)) i++;
  return i;
};

function correctedPart(
  tokens: readonly Token[],
  pieces: readonly Piece[],
  end: number,
  start: number,
): { from: number; to: number } | null {
  const after = pieces.find((p) => p.from === start);
  const before = [...pieces].reverse().find((p) => p.to <= end && end - p.to <= 1);
  if (after && before && after.sort === before.sort) return { from: before.from, to: start };
  // "June 1, no, 8": a number takes the place of the number said before it; its unit follows the second.
  const said = numberAt(tokens, start);
  const prior = lastNumberBefore(tokens, end);
  if (said && prior) return { from: prior.from, to: start };
  // "in June, no, July" and "two weeks, sorry, three"
  if (said && !prior) {
    const unit = unitEndingAt(tokens, end);
    const counted = unit === null ? null : lastNumberBefore(tokens, unit);
    if (counted && !matchAt(tokens, said.to, UNITS)) return { from: counted.from, to: start };
  }
  if (MONTHS.has(tokens[start]?.text ?? "") && MONTHS.has(tokens[end - 1]?.text ?? ""))
    return { from: end - 1, to: start };
  return null;
}

function lastNumberBefore(tokens: readonly Token[], end: number): { from: number; to: number } | null {
  for (let from = Math.max(0, end - 5); from < end; from++) {
    const n = numberAt(tokens, from);
    if (n && n.to === end) return { from, to: end };
  }
  return null;
}
function unitEndingAt(tokens: readonly Token[], end: number): number | null {
  const found = end > 0 ? matchAt(tokens, end - 1, UNITS) : null;
  return found && found.to === end ? end - 1 : null;
}
