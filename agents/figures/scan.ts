/** A number as it stands in a reply. */
export interface NumberToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly percent: boolean;
}

const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";
const DAY = "\\d{1,2}(?:st|nd|rd|th)?";
const DASH = "\\s?(?:–|—|-|to|and)\\s?";

/** What holds digits without being a figure: dates, week and quarter labels, years of them, list markers, ids. */
export const NOT_FIGURES: readonly RegExp[] = [
  /\b\d{4}-\d{2}-\d{2}\b/g,
  new RegExp(`\\b${DAY}(?:${DASH}${DAY})?\\s${MONTH}\\b(?:,?\\s\\d{4}\\b)?`, "g"),
  new RegExp(`\\b${MONTH}\\s(?:${DAY}(?:${DASH}${DAY})?\\b(?:,?\\s\\d{4}\\b)?|\\d{4}\\b)`, "g"),
  /\b(?:[Ww]eeks?|CW|KW|W|Q|H)\s?\d{1,2}(?:\s?(?:–|-|to|and)\s?\d{1,2})?(?:\s(?:of\s)?\d{4}\b)?/g,
  /\b\d{4}-(?:W\d{2}|Q\d)\b/g,
  /\b(?:in|of|since|from|to|for|year|before|until|calendar)\s(?:19|20)\d{2}\b/g,
  /^\s*(?:\d{1,3}[.)]|[-*])(?:\s|$)/gm,
  /\b[A-Z]{1,3}-\d+\b/g,
];

const NUMBER = /(?<![\p{L}\d_])[-−+]?[$€£¥]?\d+(?:[,.’']\d{3})*(?:[.,]\d+)?(?:\s?%)?/gu;

/** Marks with spaces what is not to be read, so that positions stay. */
export function blank(text: string, pieces: Iterable<[number, number]>): string {
  const chars = text.split("");
  for (const [start, end] of pieces) for (let i = start; i < end; i++) if (chars[i] !== "\n") chars[i] = " ";
  return chars.join("");
}

export function* occurrences(text: string, names: readonly string[]): Generator<[number, number]> {
  for (const name of names) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) yield [at, at + name.length];
  }
}

/**
 * Every number of a text that a figure must stand behind.
 * @param names names and ids that may hold digits ("Kestrel Espresso Beans 500 g", "P-1042"); they are not read
 */
export function scanNumbers(text: string, names: readonly string[]): NumberToken[] {
  const withDigits = names.filter((n) => /\d/.test(n)).sort((a, b) => b.length - a.length);
  let rest = blank(text, occurrences(text, withDigits));
  for (const pattern of NOT_FIGURES) {
    rest = blank(
      rest,
      [...rest.matchAll(pattern)].map((m) => [m.index, m.index + m[0].length]),
    );
  }
  return [...rest.matchAll(NUMBER)].map((m) => ({
    text: m[0],
    start: m.index,
    end: m.index + m[0].length,
    value: Number(
      m[0]
        .replace(/[,’' $€£¥%]/g, "")
        .replace("−", "-")
        .replace(/^([-+]?)$/, "NaN"),
    ),
    percent: m[0].endsWith("%"),
  }));
}
