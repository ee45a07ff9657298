import { headsOf } from "./heads.ts";
import { type Reading, readSentence } from "./reading.ts";
import type { Channel, Lexicon } from "./types.ts";
import { CONCEPTS } from "./vocabulary/index.ts";
import { valueAt } from "./vocabulary/match.ts";

const SEAMS = new Set([",", ";", ".", "-", ":", "but"]);
const LEADS = new Set(["but", "just", "only", "instead", "rather", "please", "and", "simply", "better", "-", ","]);

/**
 * "Don't cancel P-1042, just lower it to 15 %": what is refused asks for nothing, what follows is the request, of the same
 * promotion. Null where nothing follows that asks for something.
 */
export function afterRefusal(reading: Reading, lexicon: Lexicon, channel: Channel): Reading | null {
  const { tokens } = reading;
  const first = tokens.findIndex((t, i) => t.kind === "word" && valueAt(tokens, i, CONCEPTS, "polite") < 0);
  if (first < 0 || valueAt(tokens, first, CONCEPTS, "noneed") < 0) return null;
  const seam = tokens.findIndex((t, i) => i > first + 1 && SEAMS.has(t.text) && !inside(reading, i));
  if (seam < 0) return null;
  let from = seam;
  while (from < tokens.length && LEADS.has(tokens[from]!.text)) from++;
  if (from >= tokens.length) return null;
  const rest = readSentence(reading.text.slice(tokens[from]!.from), lexicon, channel);
  const heads = headsOf(rest);
  if (!heads.size || heads.has("neg")) return null;
  return { ...rest, codes: rest.codes.length ? rest.codes : reading.codes.map((c) => ({ ...c, from: 0, to: 0 })) };
}

const inside = (reading: Reading, at: number): boolean =>
  [...reading.names, ...reading.codes, ...reading.dates, ...reading.quantities].some((s) => s.from < at && at < s.to);
