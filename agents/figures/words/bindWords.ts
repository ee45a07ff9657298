import type { Figure } from "../../answer.ts";
import { blank, occurrences } from "../scan.ts";
import { type BoundNumber, contradictions } from "./claims.ts";
import type { Evidence } from "./evidence.ts";
import { type Label, labelsIn } from "./labels.ts";
import type { Leaf } from "./leaves.ts";
import { meant, NOT_MEANT, placeOf } from "./meaning.ts";
import { countedAt, measurePhrases } from "./measures.ts";
import { fits, isSaid, type Mention, strangers, subjectOf } from "./mentions.ts";
import { sentencesOf } from "./sentences.ts";
import { type Written, writtenNumbers } from "./tokens.ts";
import { type Change, saysValue } from "./value.ts";

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
      const last = bound.map(({ leaf }) => leaf.measure).filter((m) => m.name !== "interval");
      const place = placeOf(text, sentence, all, i, phrases, asked.phrases, last);
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
          if (!score || !fits(leaf, subject, evidence.leaves, evidence.rowNames)) return NOT_MEANT;
          return isSaid(leaf, subject, evidence.rowNames) ? score + 0.5 : score;
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
    if (all.length) wrong.push(...strangers(own, evidence.spoken).map((name) => `nothing was found about ${name}`));
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
