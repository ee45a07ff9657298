import { describe, expect, it } from "vitest";
import { faultOf } from "../wire/fault.ts";
import { readOllamaAnswer } from "./answer.ts";

async function* inPieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}
const lines = (...parts: unknown[]): string => parts.map((part) => `${JSON.stringify(part)}\n`).join("");
const read = (text: string, size = 1_000) => readOllamaAnswer(inPieces(text, size), () => {});
const called = (name: string, args: unknown) => ({
  message: { content: "", tool_calls: [{ function: { name, arguments: args } }] },
  done: false,
});
const done = { message: { role: "assistant", content: "" }, done: true, prompt_eval_count: 5, eval_count: 2 };

describe("an answer of Ollama, put together", () => {
  it("is the same wherever its lines are cut", async () => {
    const text = lines(
      { message: { content: "Zü", thinking: "hm" } },
      { message: { content: "rich" } },
      called("one", { x: 1 }),
      called("two", '{"y":2}'),
      done,
    );
    for (const size of [1, 7, 1_000]) {
      const { message, ...counted } = await read(text, size);
      expect(message.content).toBe("Zürich");
      expect(message.tool_calls.map((c) => [c.function.name, c.function.arguments])).toEqual([
        ["one", { x: 1 }],
        ["two", '{"y":2}'],
      ]);
      expect(counted).toEqual({ done: true, prompt_eval_count: 5, eval_count: 2 });
    }
  });

  it("needs no counts, no newline at its end, no content", async () => {
    const text = JSON.stringify({ message: { content: null, tool_calls: null }, done: true });
    expect(await read(text)).toEqual({ message: { role: "assistant", content: "", tool_calls: [] }, done: true });
  });

  it.each([
    ["a stream that ends early", lines({ message: { content: "Zü" } }), "cut"],
    ["a line that is no JSON", "oops\n", "nonsense"],
    ["an error inside the stream", lines({ error: "model runner has unexpectedly stopped" }), "failing"],
    ["an error about its length", lines({ error: "the input length exceeds the context length" }), "too_long"],
  ])("fails on %s", async (_, text, kind) => {
    expect(await read(text).catch(faultOf)).toMatchObject({ kind });
  });
});
