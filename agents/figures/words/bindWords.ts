import { formatFigure } from "../../../data/common/format.ts";
import type { Figure } from "../../answer.ts";
import { blank, occurrences } from "../scan.ts";
import { type BoundNumber, contradictions, direction } from "./claims.ts";
import type { Evidence } from "./evidence.ts";
import { type Label, labelsIn } from "./labels.ts";
import type { Leaf } from "./leaves.ts";
import { countedAt, type Measure, measurePhrases, type Phrase } from "./measures.ts";
import { fits, type Mention, subjectOf } from "./mentions.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import type { Written } from "./tokens.ts";
import { writtenNumbers } from "./tokens.ts";
import { WORDS } from "./wordList.ts";

/** A model's text with each of its numbers traced, or with the pieces in which one could not be. */
export interface BoundWords {
  readonly text: string;
  readonly figures: Figure[];
  /** Pieces that say something which stands in no result, with what it is. */
  readonly untraced: readonly { readonly piece: string; readonly why: string }[];
}

/** A place of the text whose source the model named itself (references.ts). */
export interface Named {
  readonly start: number;
  readonly leaf: Leaf;
}

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Binds every number of a model's text to a number of the turn's results: value, sign and unit must be its own, the sentence
 * must speak of its row and call its measure by name, and nothing else that is called so there may hold another value. What is
 * bound is written our way.
 * @param text cleaned
 */
export function bindWords(text: string, evidence: Evidence, named: readonly Named[] = []): BoundWords {
  const changes: Change[] = [];
  const figures: Figure[] = [];
  const untraced: { piece: string; why: string }[] = [];
  const labels = labelsIn(text, evidence.ground);
  const mentions = evidence.mentionsIn(text);
  const phrases = measurePhrases(text).filter((p) => !mentions.some((m) => p.start < m.end && p.end > m.start));
  const numbers = numbersIn(text, labels, mentions, evidence);
  const asked = evidence.asked;
  for (const sentence of sentencesOf(text)) {
    const inside = <T extends { readonly start: number; readonly end: number }>(list: readonly T[]): T[] =>
      list.filter((one) => one.start >= sentence.start && one.end <= sentence.end);
    const own = inside(mentions);
    const before = [...asked.mentions, ...mentions.filter((m) => m.end <= sentence.start)];
    const bound: BoundNumber[] = [];
    const wrong: string[] = inside(labels)
      .filter((label) => !label.grounded)
      .map((label) => `${text.slice(label.start, label.end).trim()} stands nowhere`);
    const all = inside(numbers);
    all.forEach((number, i) => {
      const place: Place = {
        text,
        sentence,
        number,
        previous: all[i - 1],
        next: all[i + 1],
        phrases,
        asked: asked.phrases,
        last: bound.map(({ leaf }) => leaf.measure).filter((m) => m.name !== "interval"),
        pair: pairOf(text, all, i),
      };
      const subject = subjectOf(
        { start: number.start - sentence.start, end: number.end - sentence.start },
        text.slice(sentence.start, sentence.end),
        own.map((m) => ({ ...m, start: m.start - sentence.start, end: m.end - sentence.start })),
        before,
        sentence.cells !== null,
      );
      const reference = named.find((n) => n.start >= number.start && n.start < number.end);
      const right = mostPlainly(
        evidence.leaves.filter((leaf) => !reference || leaf === reference.leaf),
        (leaf) => {
          const score = meant(leaf, place);
          return score && fits(leaf, subject, evidence.leaves, evidence.rowNames) ? score : NOT_MEANT;
        },
      );
      // What is called so here must hold one value: two would leave open which is meant.
      const values = new Set(right.map((leaf) => leaf.text));
      const leaf = right.find((one) => saysValue(place, one) !== null);
      if (!leaf || (values.size > 1 && !reference)) {
        wrong.push(`${number.text.trim()} ${leaf ? "may be of several things" : "stands in no result so"}`);
        return;
      }
      bound.push({ written: number, leaf });
      changes.push(saysValue(place, leaf)!);
      figures.push({ text: leaf.text, value: leaf.value, unit: leaf.unit, call: leaf.call, path: leaf.path });
    });
    const said = text.slice(sentence.start, sentence.end);
    wrong.push(...contradictions(said, bound, evidence.leaves));
    if (wrong.length) untraced.push({ piece: said.trim(), why: [...new Set(wrong)].join("; ") });
  }
  return { text: rewrite(text, changes), figures, untraced };
}

/** Those that the words mean most plainly. */
function mostPlainly(leaves: readonly Leaf[], plainly: (leaf: Leaf) => number): Leaf[] {
  const scored = leaves.map((leaf) => ({ leaf, score: plainly(leaf) })).filter(({ score }) => score > NOT_MEANT);
  const best = Math.max(...scored.map(({ score }) => score));
  return scored.filter(({ score }) => score === best).map(({ leaf }) => leaf);
}

/** The numbers of a text that a result must hold: not those of labels that are grounded, nor digits of names. */
function numbersIn(
  text: string,
  labels: readonly Label[],
  mentions: readonly Mention[],
  { names }: Evidence,
): Written[] {
  const named = mentions.filter((m) => !m.kinds.has("level")).map((m): [number, number] => [m.start, m.end]);
  const digits = [
    ...occurrences(
      text,
      names.filter((n) => /\d/.test(n)),
    ),
  ];
  const rest = blank(text, [...labels.map((l): [number, number] => [l.start, l.end]), ...named, ...digits]);
  return writtenNumbers(rest, (at) => countedAt(rest, at));
}

function rewrite(text: string, changes: readonly Change[]): string {
  let out = "";
  let from = 0;
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    out += text.slice(from, change.start) + change.text;
    from = change.end;
  }
  return out + text.slice(from);
}

interface Place {
  readonly text: string;
  readonly sentence: Sentence;
  readonly number: Written;
  readonly previous: Written | undefined;
  readonly next: Written | undefined;
  readonly phrases: readonly Phrase[];
  readonly asked: readonly Phrase[];
  /** The measures of the numbers before it in the sentence. */
  readonly last: readonly Measure[];
  /** Which end of a range the number is ("-0.1 to 0.4"). */
  readonly pair: "low" | "high" | null;
}

const TO = /^\s?(?:to|–|—|-|and|bis)\s?$/i;

function pairOf(text: string, all: readonly Written[], i: number): Place["pair"] {
  const joined = (a: Written | undefined, b: Written | undefined): boolean => {
    if (!a || !b) return false;
    const gap = text.slice(a.end, b.start);
    if (a.kind !== b.kind || /\bfrom\s*$/i.test(text.slice(0, a.start))) return false;
    return TO.test(gap) && (!/and/i.test(gap) || /\bbetween\s*$/i.test(text.slice(0, a.start)));
  };
  if (joined(all[i], all[i + 1])) return "low";
  return joined(all[i - 1], all[i]) ? "high" : null;
}

/** Where the words end that a number may take its measure from: a new thought. */
const BREAK =
  /[.,;:()|\n]|(?<!\p{L})(?:and|but|against|versus|vs|than|while|whereas|where|with|on|over|at|after|before|compared)(?!\p{L})/iu;
const FAR = 120;

/** How plainly the words around a number call its measure by name. */
const NOT_MEANT = 0;
const CARRIED = 1;
const BEFORE = 2;
const RIGHT_AFTER = 3;

/** How plainly the words around a number call this measure by name; a number that is the end of a range is meant as one. */
function meant(leaf: Leaf, place: Place): number {
  if (leaf.end !== place.pair || !sameKind(leaf, place.number)) return NOT_MEANT;
  const { text, number, sentence } = place;
  const isIt = (phrase: Phrase): boolean => phrase.measures.includes(leaf.measure);
  if (sentence.cells) {
    const words = measurePhrases(sentence.headOf(number.start) ?? "");
    const ofBefore = place.pair !== null && place.last.at(-1) === leaf.measure && words.every(ofRange);
    return words.some(isIt) || ofBefore ? RIGHT_AFTER : NOT_MEANT;
  }
  const tail = text.slice(number.end, place.next?.start ?? sentence.end);
  const cut = tail.search(BREAK);
  const after = within(place.phrases, number.end, number.end + (cut < 0 ? tail.length : cut));
  if (after[0] && ofRange(after[0]))
    return leaf.measure.name === "interval" && place.pair === null ? RIGHT_AFTER : NOT_MEANT;
  // "Sales fell to €41": the verb is of the change, the figure is not.
  const reached = /\bto\s*[*_]*$/i.test(text.slice(0, number.start)) && place.pair === null;
  const isWay = (phrase: Phrase): boolean => reached && phrase.measures.every((m) => m.change);
  const from = Math.max(sentence.start, place.previous?.end ?? sentence.start, number.start - FAR);
  const before = within(place.phrases, from, number.start).findLast((p) => !ofRange(p) && !isWay(p));
  const next = after[0];
  const glued = next !== undefined && /^[\s*_]*$/.test(text.slice(number.end, next.start));
  if (glued) return isIt(isCount(next) ? after.findLast(isCount)! : next) ? RIGHT_AFTER : NOT_MEANT;
  if (after.some(isIt)) return RIGHT_AFTER;
  if (before) return isIt(before) ? BEFORE : NOT_MEANT;
  if (after.length) return NOT_MEANT;
  const alike = (m: Measure): boolean => kindOf(m.unit) === kindOf(leaf.measure.unit);
  const last = place.last.findLast(alike);
  if (last && (place.pair !== null || place.last.at(-1) === last)) return last === leaf.measure ? CARRIED : NOT_MEANT;
  const carried = [...place.asked, ...place.phrases.filter((p) => p.end <= number.start && !isWay(p))].findLast((p) =>
    p.measures.some(alike),
  );
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
function sameKind(leaf: Leaf, { kind, currency, decimals }: Written): boolean {
  const { unit } = leaf.measure;
  if (unit === "money") return kind === "money" && currency === leaf.unit;
  if (unit === "%" || unit === "pp") return kind === unit;
  const whole = decimals.includes(0);
  return kind === "plain" && (unit === "ratio" ? !whole : whole || (unit === "units" && Math.abs(leaf.value) < 10));
}

/** How a number that says this value is to be written in its place, or null where it says another. */
function saysValue({ text, number }: Place, leaf: Leaf): Change | null {
  const scale = leaf.measure.unit === "%" || leaf.measure.unit === "pp" ? 100 : 1;
  const value = leaf.value * scale;
  const ours = shown(leaf);
  const points = direction(text, number);
  const lead = text.slice(0, number.start);
  const loose =
    number.rounded ||
    [...lead.matchAll(WORDS.about)].some((m) => /^[\s~≈]*$/.test(lead.slice(m.index + m[0].length))) ||
    /[~≈]\s?$/.test(lead);
  const isIt = (said: number, decimals: number): boolean => {
    const step = 10 ** -decimals;
    if (Math.abs(said - ours.value) < 1e-9) return true;
    if (decimals >= ours.decimals && Math.abs(said - value) <= step / 2 + 1e-9) return true;
    const digits = String(Math.abs(said)).replace(/^0\.?0*|0+$|\./g, "").length;
    const last = number.rounded || decimals === 0 ? lastPlace(said) : step;
    return loose && digits >= 2 && Math.abs(said - value) <= last / 2;
  };
  const here = (said: string): Change => ({ start: number.start, end: number.end, text: said });
  const word = points.before || points.after;
  const straight = number.values.some((said, i) => isIt(said, number.decimals[i]!));
  if (straight) {
    // "Up 5 %" says a change, and which way; a level that rose "to 5 %" has no such word right beside it.
    if (word && !leaf.measure.signed) return leaf.measure.change || points.before ? null : here(leaf.text);
    if (word && leaf.measure.signed && Math.sign(value) !== word && value !== 0) return null;
    return here(leaf.text);
  }
  const turned = value < 0 && word < 0 && number.values.some((said, i) => said > 0 && isIt(-said, number.decimals[i]!));
  if (!turned || !leaf.measure.signed) return null;
  // "fell by 5 %" → "fell (-5 %)": the figure keeps its own sign.
  const by = /\s(?:by|of)\s*$/i.exec(lead)?.[0].length ?? 0;
  return { start: number.start - by, end: number.end, text: `${by ? " " : ""}(${leaf.text})` };
}

/** The number as our own text shows it. */
function shown(leaf: Leaf): { value: number; decimals: number } {
  const digits = formatFigure(leaf.value, leaf.unit).replace(/[^\d.-]/g, "");
  return { value: Number(digits), decimals: digits.split(".")[1]?.length ?? 0 };
}

/** The value of the last digit that is not a filling zero: 1,200 was rounded to hundreds. */
function lastPlace(value: number): number {
  let step = 1;
  while (value % (step * 10) === 0 && step < 1e12) step *= 10;
  return step;
}
