import { expect, it } from "vitest";
import { examplesOf, readExamples, written } from "./learn.ts";
import { type Example, softmax, train, type Weights } from "./train.ts";
import weights from "./weights.json" with { type: "json" };

const examples = examplesOf(readExamples());

function mostLikely(model: Weights, { signals }: Example): string {
  const tools = [...new Set(examples.map((e) => e.tool))].sort();
  const scores = new Float64Array(tools.length);
  for (const s of signals) for (const [tool, w] of Object.entries(model[s] ?? {})) scores[tools.indexOf(tool)]! += w;
  const p = softmax(scores);
  return tools[p.indexOf(Math.max(...p))]!;
}

it("the weights are those that the examples give (else run learned/learn.ts)", () => {
  expect(written(train(examples))).toEqual(weights);
});

it("tells the tool of sentences that it has not learned from", () => {
  const unseen = examples.filter((_, i) => i % 4 === 0);
  const model = train(examples.filter((_, i) => i % 4 !== 0));
  const right = unseen.filter((e) => mostLikely(model, e) === e.tool).length;
  expect(right / unseen.length).toBeGreaterThan(0.85);
});

it("knows every tool by several examples", () => {
  for (const [tool, sentences] of Object.entries(readExamples()))
    expect([tool, sentences.length >= 15]).toEqual([tool, true]);
});
