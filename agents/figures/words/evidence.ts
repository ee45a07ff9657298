import type { Call } from "../../answer.ts";
import type { Lexicon } from "../../planner/index.ts";
import { namesInCalls } from "../names.ts";
import { type Ground, groundOf } from "./labels.ts";
import { type Leaf, leavesOf, namerOf } from "./leaves.ts";
import { measurePhrases, type Phrase } from "./measures.ts";
import { knownNames, type Mention, mentionFinder, rowNamesOf } from "./mentions.ts";

/** All that a model's words of a turn can rest on. */
export interface Evidence {
  readonly leaves: readonly Leaf[];
  readonly rowNames: ReadonlySet<string>;
  /** Names that the results or the question are about, by kind. */
  readonly spoken: ReadonlySet<string>;
  readonly ground: Ground;
  /** Names with digits that the results hold. */
  readonly names: readonly string[];
  /** What the person asked about: it is the subject until another is named. */
  readonly asked: { readonly mentions: readonly Mention[]; readonly phrases: readonly Phrase[] };
  mentionsIn(text: string): Mention[];
}

/**
 * @param question what the person said
 * @param said further text of ours in the turn (the composed reply), whose dates and labels may be repeated
 */
export function evidenceOf(calls: readonly Call[], lexicon: Lexicon, question: string, said: string): Evidence {
  const namer = namerOf(lexicon);
  const leaves = leavesOf(calls, namer);
  const mentionsIn = mentionFinder(knownNames(leaves, lexicon, namer));
  const good = calls.filter((call) => call.status !== "error");
  const asked = mentionsIn(question);
  return {
    leaves,
    spoken: new Set([
      ...leaves.flatMap(namesOf),
      ...asked.flatMap(({ kinds, name }) => [...kinds].map((kind) => `${kind}:${name}`)),
    ]),
    rowNames: rowNamesOf(leaves),
    ground: groundOf([good.map(({ args, result }) => [args, result]), question, said, lexicon.today]),
    names: namesInCalls(good),
    asked: { mentions: oneOfAKind(asked), phrases: measurePhrases(question) },
    mentionsIn,
  };
}

const namesOf = (leaf: Leaf): string[] =>
  [leaf.scope, ...leaf.rows.map((row) => row.names)].flatMap((scope) =>
    [...scope].flatMap(([kind, forms]) => [...forms].map((form) => `${kind}:${form}`)),
  );

/** Of several accounts asked about, none is the subject by itself. */
const oneOfAKind = (mentions: readonly Mention[]): Mention[] =>
  mentions.filter(
    ({ kinds, name }) =>
      !mentions.some((other) => other.name !== name && [...other.kinds].some((kind) => kinds.has(kind))),
  );
