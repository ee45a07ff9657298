import type { QuotePart } from "../../../../tools/assistant/accounts/quotes.ts";
import { atPointer, type Say } from "../../say.ts";

/** The text whose parts (`quoteParts`) stand at `path` of the result, in quotation marks, its numbers bound. */
export function quote(say: Say, path: string): string {
  const parts = atPointer(say.call.result, path) as readonly QuotePart[];
  const text = parts.map((part, i) =>
    "words" in part ? plain(part.words) : say.fig(`${path}/${i}/number`, part.unit),
  );
  return `“${text.join("").trim()}”`;
}

/** A year that stands alone in a note ("the Easter 2026 deal"), which would be read as a figure. */
const LONE_YEAR =
  /(?<!(?:\b(?:in|of|since|from|to|for|year|before|until|calendar|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)|\d),?\s)(?<![\d.,-])\b((?:19|20)\d{2})\b(?!-\d|[.,]?\d|\s?%)/gi;

/**
 * Quoted words carry no markup of their own: what would format, link or break a table is taken literally. A year that stands
 * alone gets its "of" in the brackets in which a quotation is mended, so that it reads as the date it is.
 */
const plain = (words: string): string =>
  words
    .replace(/\s+/g, " ")
    .replace(/“/g, "‘")
    .replace(/”/g, "’")
    .replace(/[\\`*_[\]<>#~|]/g, "\\$&")
    .replace(LONE_YEAR, "\\[of $1\\]");
