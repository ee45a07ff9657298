import type { Token } from "./text/tokens.ts";
import { FRACTIONS, MULTIPLIERS, NUMBERS, ORDINAL_ENDINGS, ORDINALS } from "./vocabulary/index.ts";

/** A number that starts at a token: its value and one past its last token. */
export interface Num {
  readonly value: number;
  readonly from: number;
  readonly to: number;
  /** "1st", "first": names a day or a place, never an amount. */
  readonly ordinal: boolean;
  readonly spelled: boolean;
}

/**
 * The value of digits with separators: 1.234,56 and 1,234.56; a lone separator before three digits parts thousands,
 * before any other number of digits it is the decimal sign.
 */
export function parseDigits(raw: string): number {
  const last = Math.max(raw.lastIndexOf("."), raw.lastIndexOf(","));
  if (last < 0) return Number(raw);
  const sign = raw[last]!;
  const other = sign === "." ? "," : ".";
  const tail = raw.length - last - 1;
  const repeated = raw.indexOf(sign) !== last;
  const thousands = repeated || (tail === 3 && !raw.includes(other) && !/^0/.test(raw));
  const plain = thousands
    ? raw.replace(/[.,]/g, "")
    : `${raw.slice(0, last).replace(/[.,]/g, "")}.${raw.slice(last + 1)}`;
  return Number(plain);
}

const isTens = (value: number): boolean => value >= 20 && value < 100 && value % 10 === 0;

/** The number, written or spelt out, that starts at token `at`, or null. */
export function numberAt(tokens: readonly Token[], at: number): Num | null {
  const token = tokens[at];
  if (!token) return null;
  if (token.kind === "number") return digitsAt(tokens, at);
  return token.kind === "word" ? wordsAt(tokens, at) : null;
}

function digitsAt(tokens: readonly Token[], at: number): Num {
  let value = parseDigits(tokens[at]!.raw);
  let to = at + 1;
  const next = tokens[to];
  if (next?.kind === "word" && next.glued && ORDINAL_ENDINGS.has(next.text))
    return { value, from: at, to: to + 1, ordinal: true, spelled: false };
  // "5 000": digits parted by a space, as French and ISO write them.
  if (next?.kind === "number" && !next.glued && next.raw === "000" && value < 1000) {
    value *= 1000;
    to++;
  }
  const times = tokens[to];
  if (times?.kind === "word" && MULTIPLIERS.has(times.text) && (times.glued || times.text.length > 1)) {
    value *= MULTIPLIERS.get(times.text)!;
    to++;
  }
  return { value, from: at, to, ordinal: false, spelled: false };
}

function wordsAt(tokens: readonly Token[], at: number): Num | null {
  let i = at;
  let total = 0;
  let group: number | null = null;
  let ordinal = false;
  const wordAt = (index: number): string => (tokens[index]?.kind === "word" ? tokens[index]!.text : "");
  while (i < tokens.length) {
    // "twenty-five", "one hundred and ten"
    let j = i;
    if (i > at && tokens[j]?.text === "-" && tokens[j]!.glued && tokens[j + 1]?.glued) j++;
    else if (i > at && group !== null && group >= 100 && (wordAt(j) === "and" || wordAt(j) === "und")) j++;
    const word = wordAt(j);
    const unit = NUMBERS.get(word);
    const place = ORDINALS.get(word);
    const times = MULTIPLIERS.get(word);
    if (unit !== undefined && unit < 100 && (group === null || (group === 0 && total > 0) || mayFollow(group, unit))) {
      group = join(group, unit);
    } else if (place !== undefined && (group === null || (isTens(group) && place < 10)) && !ordinal) {
      group = (group ?? 0) + place;
      ordinal = true;
      i = j + 1;
      break;
    } else if (times === 100 && group !== null && group < 10) {
      group *= 100;
    } else if (times !== undefined && times >= 1000 && word.length > 1 && group !== null) {
      total += group * times;
      group = 0;
    } else break;
    i = j + 1;
  }
  if (i === at || group === null) return null;
  return { value: total + group, from: at, to: i, ordinal, spelled: true };
}

/** "twenty" may be followed by "five", "hundred" by anything below, French "soixante" by "quinze", "quatre" by "vingt". */
const mayFollow = (group: number, unit: number): boolean =>
  (isTens(group) && unit > 0 && unit < (group === 60 || group === 80 ? 20 : 10)) ||
  (group >= 100 && group % 100 === 0 && unit > 0) ||
  (group > 100 && isTens(group % 100) && unit > 0 && unit < 10) ||
  (group === 4 && unit === 20);
const join = (group: number | null, unit: number): number =>
  group === null ? unit : group === 4 && unit === 20 ? 80 : group + unit;

/** "a fifth", "one third", "half": a fraction named by a word at `at`. */
export function fractionAt(tokens: readonly Token[], at: number): { value: number; to: number } | null {
  const word = tokens[at]?.kind === "word" ? tokens[at]!.text : "";
  const plain = FRACTIONS.get(word);
  if (plain !== undefined) return { value: plain, to: at + 1 };
  const count = word === "a" || word === "an" ? { value: 1, to: at + 1 } : numberAt(tokens, at);
  if (!count || count.value > 9) return null;
  const part = tokens[count.to]?.text ?? "";
  const value = FRACTIONS.get(part) ?? FRACTIONS.get(part.replace(/s$/, ""));
  return value === undefined ? null : { value: value * count.value, to: count.to + 1 };
}
