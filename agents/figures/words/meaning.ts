import type { Leaf } from "./leaves.ts";
import { type Measure, measurePhrases, type Phrase } from "./measures.ts";
import type { Sentence } from "./sentences.ts";
import type { Written } from "./tokens.ts";

/** A number in its sentence. */
export interface Place {
  readonly number: Written;
  /** The sentence before it and after it. */
  readonly lead: string;
  readonly tail: string;
  /** Which end of a range the number is ("-0.1 to 0.4"). */
  readonly pair: "low" | "high" | null;
  /** The head of its column where it stands in a table's row; undefined in a sentence. */
  readonly head: readonly Phrase[] | undefined;
  /** Names of measures after it, as far as the thought goes. */
  readonly after: readonly Phrase[];
  /** True where the first of them follows at once. */
  readonly glued: boolean;
  /** The last name of a measure since the number before it. */
  readonly before: Phrase | undefined;
  /** Names of measures said earlier, in the text and in the question, in order. */
  readonly earlier: readonly Phrase[];
  /** The measures of the numbers before it in the sentence. */
  readonly last: readonly Measure[];
}

const TO = /^\s?(?:to|–|—|-|and|bis)\s?$/i;

/** Which end of a range the number at a place of the list is. */
export function pairOf(text: string, all: readonly Written[], i: number): Place["pair"] {
  const joined = (a: Written | undefined, b: Written | undefined): boolean => {
    if (!a || !b || a.kind !== b.kind) return false;
    const gap = text.slice(a.end, b.start);
    const lead = text.slice(Math.max(0, a.start - 12), a.start);
    return TO.test(gap) && !/\bfrom\s*$/i.test(lead) && (!/and/i.test(gap) || /\bbetween\s*$/i.test(lead));
  };
  if (joined(all[i], all[i + 1])) return "low";
  return joined(all[i - 1], all[i]) ? "high" : null;
}

/** Where the words end that a number may take its measure from: a new thought. */
const BREAK =
  /[.,;:()|\n]|(?<!\p{L})(?:and|but|against|versus|vs|than|while|whereas|where|with|on|over|at|after|before|compared)(?!\p{L})/iu;
const FAR = 120;

/**
 * Reads what stands around a number.
 * @param phrases the names of measures in the text
 * @param asked those in the question
 */
export function placeOf(
  text: string,
  sentence: Sentence,
  all: readonly Written[],
  i: number,
  phrases: readonly Phrase[],
  asked: readonly Phrase[],
  last: readonly Measure[],
): Place {
  const number = all[i]!;
  const lead = text.slice(sentence.start, number.start);
  const tail = text.slice(number.end, sentence.end);
  const pair = pairOf(text, all, i);
  const thought = text.slice(number.end, all[i + 1]?.start ?? sentence.end);
  const cut = thought.search(BREAK);
  const after = within(phrases, number.end, number.end + (cut < 0 ? thought.length : cut));
  // "Sales fell to €41": the verb is of the change, the figure is not.
  const reached = /\bto\s*[*_]*$/i.test(lead) && pair === null;
  const isWay = (phrase: Phrase): boolean => reached && phrase.measures.every((m) => m.change);
  const from = Math.max(sentence.start, all[i - 1]?.end ?? sentence.start, number.start - FAR);
  return {
    number,
    lead,
    tail,
    pair,
    head: sentence.cells ? measurePhrases(sentence.headOf(number.start) ?? "") : undefined,
    after,
    glued: after[0] !== undefined && /^[\s*_]*$/.test(text.slice(number.end, after[0].start)),
    before: within(phrases, from, number.start).findLast((p) => !ofRange(p) && !isWay(p)),
    earlier: [...asked, ...phrases.filter((p) => p.end <= number.start && !isWay(p))],
    last,
  };
}

/** How plainly the words around a number call its measure by name. */
export const NOT_MEANT = 0;
const CARRIED = 1;
const BEFORE = 2;
const RIGHT_AFTER = 3;

/** How plainly the words around a number call this measure by name; a number that is the end of a range is meant as one. */
export function meant({ measure, end, ...leaf }: Leaf, place: Place): number {
  if (end !== place.pair || !isWrittenSo(measure, leaf, place.number)) return NOT_MEANT;
  const { head, after, before, last, pair } = place;
  const isIt = (phrase: Phrase): boolean => phrase.measures.includes(measure);
  if (head) {
    const ofBefore = pair !== null && last.at(-1) === measure && head.every(ofRange);
    return head.some(isIt) || ofBefore ? RIGHT_AFTER : NOT_MEANT;
  }
  const [next] = after;
  if (next && ofRange(next)) return measure.name === "interval" && pair === null ? RIGHT_AFTER : NOT_MEANT;
  if (next && place.glued) return isIt(isCount(next) ? after.findLast(isCount)! : next) ? RIGHT_AFTER : NOT_MEANT;
  if (after.some(isIt)) return RIGHT_AFTER;
  if (before) return isIt(before) ? BEFORE : NOT_MEANT;
  if (next) return NOT_MEANT;
  const alike = (m: Measure): boolean => kindOf(m.unit) === kindOf(measure.unit);
  const same = last.findLast(alike);
  if (same && (pair !== null || last.at(-1) === same)) return same === measure ? CARRIED : NOT_MEANT;
  const carried = place.earlier.findLast((p) => p.measures.some(alike));
  return carried !== undefined && isIt(carried) ? CARRIED : NOT_MEANT;
}

const within = (phrases: readonly Phrase[], from: number, to: number): Phrase[] =>
  phrases.filter((p) => p.start >= from && p.end <= to);
/** "80 % range": says what a percentage is, never what the ends are of. */
const ofRange = (phrase: Phrase): boolean => phrase.measures.some((m) => m.name === "interval");
/** "12 past promotions there": what is counted, before what is counted of it. */
const isCount = (phrase: Phrase): boolean => phrase.measures.every((m) => m.unit === "count");

const kindOf = (unit: Measure["unit"]): string =>
  unit === "units" || unit === "count" || unit === "weeks" || unit === "days" ? "count" : unit;

/** True where a number is written as this measure is: a ratio with decimals, a count without. */
function isWrittenSo({ unit }: Measure, leaf: Pick<Leaf, "unit" | "value">, number: Written): boolean {
  const { kind, currency, decimals } = number;
  if (unit === "money") return kind === "money" && currency === leaf.unit;
  if (unit === "%" || unit === "pp") return kind === unit;
  const whole = decimals.includes(0);
  return kind === "plain" && (unit === "ratio" ? !whole : whole || (unit === "units" && Math.abs(leaf.value) < 10));
}
