import { HEADS, QUESTION_CONCEPTS } from "../heads.ts";
import type { Reading } from "../reading.ts";

const CONNECTORS = new Set([
  "and",
  "then",
  "also",
  "afterwards",
  ",",
  ";",
  ".",
  "?",
  "!",
  "und",
  "dann",
  "et",
  "puis",
  "en",
  "dan",
]);
const BEGINS = new Set<string>([...HEADS, ...QUESTION_CONCEPTS, "whatif"]);
const MOST_SEAMS = 4;

/** A sentence in two: what is asked first, and what with its answer. */
export interface Halves {
  readonly head: string;
  readonly tail: string;
}

/** The places where a second request may begin: past a word or mark that joins, at a word that asks or orders. */
export function seamsOf(reading: Reading): Halves[] {
  const { tokens, text } = reading;
  const halves: Halves[] = [];
  for (let i = 2; i + 1 < tokens.length && halves.length < MOST_SEAMS; i++) {
    const joins = CONNECTORS.has(tokens[i]!.text) && tokens[i]!.kind !== "quote";
    if (!joins || CONNECTORS.has(tokens[i + 1]!.text)) continue;
    const at = pastPoliteness(reading, i + 1);
    const begins = reading.concepts.some((c) => c.from === at && c.concepts.some((k) => BEGINS.has(k)));
    if (!begins) continue;
    let end = i;
    while (end > 0 && CONNECTORS.has(tokens[end - 1]!.text)) end--;
    halves.push({ head: text.slice(0, tokens[end - 1]!.to), tail: text.slice(tokens[i + 1]!.from) });
  }
  return halves.filter(({ head, tail }) => head.trim() && tail.trim());
}

function pastPoliteness({ concepts }: Reading, from: number): number {
  let at = from;
  for (;;) {
    const polite = concepts.find((c) => c.from === at && c.concepts.includes("polite"));
    if (!polite) return at;
    at = polite.to;
  }
}
