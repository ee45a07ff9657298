import { describe, expect, it } from "vitest";
import { faultOf } from "../wire/fault.ts";
import { readCompletion } from "./completion.ts";

async function* piecesOf(...pieces: string[]) {
  yield* pieces;
}
const sse = (...chunks: unknown[]): string => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("");
const delta = (part: unknown, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: part, finish_reason }],
});

async function read(...pieces: string[]) {
  const begun: string[] = [];
  const whole = (await readCompletion(piecesOf(...pieces), (tool) => begun.push(tool))) as {
    choices: {
      message: { content: string; tool_calls?: { id: string; function: { name: string; arguments: string } }[] };
    }[];
    usage?: unknown;
  };
  const { content, tool_calls = [] } = whole.choices[0]!.message;
  return {
    content,
    calls: tool_calls.map((c) => [c.function.name, c.function.arguments]),
    ids: tool_calls.map((c) => c.id),
    usage: whole.usage,
    begun,
  };
}

describe("an answer of an OpenAI-compatible service, put together", () => {
  it("is the same wherever its stream is cut, in the middle of arguments and of a line", async () => {
    const body = sse(
      delta({ role: "assistant", content: null }),
      delta({ tool_calls: [{ index: 0, id: "a", function: { name: "one", arguments: '{"x":' } }] }),
      delta({ tool_calls: [{ index: 1, id: "b", function: { name: "two", arguments: "" } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: ' "Zürich"}' } }] }),
      delta({ tool_calls: [{ index: 1, function: { arguments: '{"y":2}' } }] }),
      delta({}, "tool_calls"),
    );
    for (const size of [1, 3, 17, 1_000]) {
      const pieces = Array.from({ length: Math.ceil(body.length / size) }, (_, i) =>
        body.slice(i * size, (i + 1) * size),
      );
      const { calls, begun } = await read(...pieces, "data: [DONE]\n\n");
      expect(calls).toEqual([
        ["one", '{"x": "Zürich"}'],
        ["two", '{"y":2}'],
      ]);
      expect(begun).toEqual(["one", "two"]);
    }
  });

  it.each([
    ["no [DONE]", sse(delta({ content: "Yes." }, "stop"))],
    ["no finish_reason", `${sse(delta({ content: "Yes." }))}data: [DONE]\n\n`],
    ["an odd finish_reason", sse(delta({ content: "Yes." }, "eos_token"))],
    [
      "no empty lines, and carriage returns",
      `data: ${JSON.stringify(delta({ content: "Yes." }, "stop"))}\r\ndata: [DONE]`,
    ],
    [
      "comments, events and no space after the colon",
      `: ping\nevent: x\ndata:${JSON.stringify(delta({ content: "Yes." }, "stop"))}\n\n`,
    ],
    [
      "content in parts",
      sse(
        delta(
          {
            content: [
              { type: "text", text: "Ye" },
              { type: "text", text: "s." },
            ],
          },
          "stop",
        ),
      ),
    ],
    ["whole messages in place of deltas", sse({ choices: [{ message: { content: "Yes." }, finish_reason: "stop" }] })],
    ["fields nobody knows", sse({ ...delta({ content: "Yes.", reasoning: "hm", refusal: null }, "stop"), x: 1 })],
    [
      "one JSON body although a stream was asked for",
      JSON.stringify({ choices: [{ message: { content: "Yes." } }] }, null, 2),
    ],
    ["chunks without choices", sse({ choices: [] }, delta({ content: "Yes." }, "stop"), { usage: null })],
  ])("is read with %s", async (_, body) => {
    expect(await read(body)).toMatchObject({ content: "Yes.", calls: [] });
  });

  it("keeps parallel calls apart that have no index, one index for all, no ids or the same id", async () => {
    const made = (more: object[]) =>
      sse(delta({ tool_calls: more.map((m, i) => ({ function: { name: `t${i}`, arguments: "{}" }, ...m })) }, "stop"));
    for (const more of [
      [{}, {}],
      [
        { index: 0, id: "a" },
        { index: 0, id: "b" },
      ],
      [{ index: 0 }, { index: 1 }],
      [
        { index: 0, id: "a" },
        { index: 1, id: "a" },
      ],
    ]) {
      const { calls, ids } = await read(made(more));
      expect(calls.map(([name]) => name)).toEqual(["t0", "t1"]);
      expect(new Set(ids).size).toBe(2);
    }
  });

  it("takes arguments as an object, and none at all", async () => {
    const body = sse(
      delta({ tool_calls: [{ index: 0, id: "a", function: { name: "one", arguments: { x: 1 } } }] }),
      delta({ tool_calls: [{ index: 1, id: "b", function: { name: "two" } }] }, "tool_calls"),
    );
    expect((await read(body)).calls).toEqual([
      ["one", '{"x":1}'],
      ["two", "{}"],
    ]);
  });

  it("has the tokens that were counted, and none where none were", async () => {
    const counted = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 };
    expect((await read(sse(delta({ content: "Yes." }, "stop"), { choices: [], usage: counted }))).usage).toEqual(
      counted,
    );
    expect((await read(sse(delta({ content: "Yes." }, "stop")))).usage).toBeUndefined();
  });

  it.each([
    ["a stream that ends early", sse(delta({ content: "Yes, b" })), "cut"],
    ["an empty body", "", "cut"],
    ["a page of a proxy", "<html>Bad gateway</html>", "nonsense"],
    ["a line that is no JSON", "data: {oops\n\n", "nonsense"],
    ["an error inside the stream", sse({ error: { message: "overloaded", code: 503 } }), "busy"],
    [
      "an error inside the stream about its length",
      sse({ error: { message: "maximum context length is 8192 tokens" } }),
      "too_long",
    ],
  ])("fails on %s", async (_, body, kind) => {
    const fault = await read(body).catch(faultOf);
    expect(fault).toMatchObject({ kind });
  });
});
