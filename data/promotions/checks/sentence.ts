import { formatFigure, type Unit } from "../../common/format.ts";

export type Verdict = "pass" | "warn" | "block";

/** What a rule says of a draft: one sentence, whose numbers, names and ids stand in `facts`. */
export interface DraftCheck {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly message: string;
  readonly facts: Readonly<Record<string, number | string>>;
}

interface Fact {
  readonly key: string;
  readonly value: number | string;
  readonly text: string;
}

/** A number of a sentence, written in its unit and kept as a fact under `key`. */
export const figure = (key: string, value: number, unit: Unit): Fact => ({
  key,
  value,
  text: formatFigure(value, unit),
});
/** A name or an id of a sentence, kept as a fact so that its digits are known not to be a figure. */
export const called = (key: string, name: string): Fact => ({ key, value: name, text: name });
/** A count and its word: "1 day", "14 days". */
export const counted = (key: string, n: number, one: string, many = `${one}s`): readonly [Fact, string] => [
  figure(key, n, "count"),
  ` ${n === 1 ? one : many}`,
];

type Part = string | Fact | readonly (string | Fact)[];

/** One check of one rule; every number in its message comes in through `figure`, so that a reply can bind it. */
export function check(rule: string, verdict: Verdict, parts: readonly Part[]): DraftCheck {
  const facts: Record<string, number | string> = {};
  let message = "";
  for (const part of (parts as readonly unknown[]).flat() as (string | Fact)[]) {
    if (typeof part === "string") message += part;
    else {
      facts[part.key] = part.value;
      message += part.text;
    }
  }
  return Object.freeze({ rule, verdict, message, facts: Object.freeze(facts) });
}
