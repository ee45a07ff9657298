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

/** Quoted words carry no markup of their own: what would format, link or break a table is taken literally. */
const plain = (words: string): string => words.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#~|]/g, "\\$&");
