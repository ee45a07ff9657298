/** A piece of a quoted text: words as they stand, or a number with the unit that it is written in. */
export type QuotePart = { readonly words: string } | { readonly number: number; readonly unit: string };

const SYMBOLS: Readonly<Record<string, string>> = { "€": "EUR", $: "USD", "£": "GBP" };
const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
/** What holds digits and is no figure: ISO dates, days of a month, week and quarter labels, years, ids. */
const NOT_FIGURES =
  `\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th)?\\s(?:of\\s)?${MONTH}(?:\\s\\d{4})?|${MONTH}\\s\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s\\d{4})?` +
  "|(?:weeks?|cw|kw|q|w)\\s?\\d{1,2}(?:\\s?[-–]\\s?\\d{1,2})?|(?:19|20)\\d{2}(?![\\d%]|[.,]\\d)|[a-z]{1,3}-\\d+|[a-z]\\w*\\d\\w*";
const NUMBER =
  "(?<sign>(?<![\\p{L}\\d])[-−+])?(?:(?<currency>[€$£])\\s?)?(?<digits>\\d{1,3}(?:[, ]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?<percent>\\s?%)?";
const TOKEN = new RegExp(`\\b(?:${NOT_FIGURES})\\b|${NUMBER}`, "giu");

/**
 * Cuts a text that came from outside (a note, a reason) into words and numbers, so that a reply that quotes it can bind
 * every number to the result it stands in.
 * @example quoteParts("asked for 5% more") // [{ words: "asked for " }, { number: 0.05, unit: "%" }, { words: " more" }]
 */
export function quoteParts(text: string): QuotePart[] {
  const parts: QuotePart[] = [];
  let from = 0;
  const words = (until: number): void => {
    if (until > from) parts.push({ words: text.slice(from, until) });
  };
  for (const match of text.matchAll(TOKEN)) {
    const { sign, currency, digits, percent } = match.groups ?? {};
    if (digits === undefined) continue;
    words(match.index);
    from = match.index + match[0].length;
    const value = Number(digits.replace(/[, ]/g, "")) * (sign && sign !== "+" ? -1 : 1);
    if (percent) parts.push({ number: value / 100, unit: "%" });
    else if (currency) parts.push({ number: value, unit: SYMBOLS[currency] ?? "EUR" });
    else parts.push({ number: value, unit: Number.isInteger(value) ? "count" : "ratio" });
  }
  words(text.length);
  return parts;
}
