import { readFileSync, writeFileSync } from "node:fs";
import { demoLexicon } from "../demoLexicon.ts";
import { featuresOf } from "../features.ts";
import { readSentence } from "../reading.ts";
import { signalsOf } from "./signals.ts";
import { type Example, train, type Weights } from "./train.ts";

/** Sentences by the tool that they ask for; "none" holds what asks for no tool alone: fragments, chat, other people's business. */
export type Sentences = Readonly<Record<string, readonly string[]>>;

export const readExamples = (): Sentences =>
  JSON.parse(readFileSync(new URL("../examples/en.json", import.meta.url), "utf8")) as Sentences;

export function examplesOf(sentences: Sentences): Example[] {
  return Object.entries(sentences).flatMap(([tool, list]) =>
    list.map((say) => {
      const reading = readSentence(say, demoLexicon, "chat");
      return { tool, signals: signalsOf(reading, featuresOf(reading, demoLexicon)) };
    }),
  );
}

/** "compare_promotions 0.42, explain_result -0.2": one line a signal. */
export const written = (weights: Weights): Record<string, string> =>
  Object.fromEntries(
    Object.entries(weights).map(([signal, row]) => [
      signal,
      Object.entries(row)
        .map(([tool, w]) => `${tool} ${w}`)
        .join(", "),
    ]),
  );

// `node agents/planner/learned/learn.ts` learns anew, after the vocabulary, the features or the examples have changed.
if (import.meta.main) {
  const weights = written(train(examplesOf(readExamples())));
  writeFileSync(new URL("./weights.json", import.meta.url), `${JSON.stringify(weights, null, 2)}\n`);
  process.stdout.write(`${Object.keys(weights).length} signals\n`);
}
