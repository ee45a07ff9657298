import { resolveSpan } from "../dates/span.ts";
import type { Reading } from "../reading.ts";
import type { Args } from "../types.ts";
import { frameOf } from "../when.ts";
import type { Build } from "./build.ts";
import words from "./windowWords.json" with { type: "json" };

const BETWEEN: ReadonlySet<string> = new Set(words.between);
const LONGEST = 3;

/**
 * The buy-in and scan windows that a sentence gives ("with buy-in from 1 to 14 December"), and the sentence without those
 * dates, which are not the days on the shelf.
 */
export function windowsIn(b: Build): { args: Args; rest: Build } {
  const frame = frameOf(b.lexicon, "future", b.accounts.names[0]);
  const args: Record<string, unknown> = {};
  const dates = b.reading.dates.filter((mention) => {
    if (mention.role !== "range" && mention.role !== "period") return true;
    const window = windowBefore(b.reading, mention.from);
    const period = window && resolveSpan(mention.span, frame);
    if (!window || !period) return true;
    args[window] = { from: period.from, to: period.to };
    return false;
  });
  return { args, rest: { ...b, reading: { ...b.reading, dates } } };
}

/** Which window is named right before a token; codes, names and small words may stand between. */
function windowBefore({ tokens, codes, names }: Reading, at: number): "buy_in" | "scan" | null {
  let end = at;
  const skipped = (i: number): boolean =>
    [...codes, ...names].some((span) => i >= span.from && i < span.to) ||
    tokens[i]!.kind === "mark" ||
    (BETWEEN.has(tokens[i]!.text) && !named(i + 1));
  const named = (to: number): "buy_in" | "scan" | null => {
    const said: string[] = [];
    for (let i = to - 1; i >= 0 && said.length < LONGEST; i--) {
      if (tokens[i]!.kind === "mark") continue;
      said.unshift(tokens[i]!.text);
      if (words.buy_in.includes(said.join(" "))) return "buy_in";
      if (words.scan.includes(said.join(" "))) return "scan";
    }
    return null;
  };
  while (end > 0 && skipped(end - 1)) end--;
  return named(end);
}
