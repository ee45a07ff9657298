import { HttpResponse, http } from "msw";
import { type SetupServer, setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";
import { createModel } from "./createModel.ts";

export type Kind = "openai" | "ollama";
export const KINDS: readonly Kind[] = ["openai", "ollama"];

/** One call of a tool as a model may make it; `args` as a string goes over the wire as it stands, malformed or not. */
export interface FakeCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>> | string;
  readonly id?: string;
}

/** What a service does with one request. */
export type Step =
  | { readonly text?: string; readonly calls?: readonly FakeCall[]; readonly usage?: readonly [number, number] | null }
  | { readonly status: number; readonly error?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** These pieces of a body, as they are; then the end (whole), a broken connection, or silence. */
  | { readonly pieces: readonly string[]; readonly ends?: "whole" | "break" | "silence"; readonly type?: string };

/** The model calls these tools at once. */
export const calls = (...made: readonly FakeCall[]): Step => ({ calls: made });
/** The model calls one tool. */
export const call = (name: string, args: FakeCall["args"] = {}): Step => calls({ name, args });
/** The model answers in words. */
export const says = (text: string): Step => ({ text });
/** The service answers with an error. */
export const fails = (status: number, error: unknown = "no", headers: Readonly<Record<string, string>> = {}): Step => ({
  status,
  error,
  headers,
});
/** The service takes the request and says nothing. */
export const silent: Step = { pieces: [], ends: "silence" };

/** One request that a service was sent. */
export interface Seen {
  readonly model: string;
  readonly stream?: boolean;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | null;
    readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string } }[];
    readonly tool_call_id?: string;
  }[];
  readonly tools?: readonly {
    readonly function: { readonly name: string; readonly parameters: Record<string, unknown> };
  }[];
  readonly [more: string]: unknown;
}

export const OPENAI = "http://model.test/v1";
export const OLLAMA = "http://ollama.test";

/**
 * Language model services at the wire, for the tests of one file: call it at the top level. `plays(kind, …steps)` is a
 * service that takes these steps in turn (after them it says nothing), `model(kind)` the real client that reaches it.
 *
 * ```ts
 * const fake = fakeServices();
 * it("…", async () => {
 *   const seen = fake.plays("openai", call("compare_promotions", { metric: "net_roi", by: "account" }), says("See the table."));
 *   const agent = await demoAgent(await fake.model("openai"));
 *   …
 *   expect(seen).toHaveLength(2);
 * ```
 */
export function fakeServices() {
  const server: SetupServer = setupServer(
    http.post(`${OLLAMA}/api/show`, () => HttpResponse.json({ capabilities: ["completion", "tools"] })),
  );
  const waits: number[] = [];
  beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
  afterEach(() => {
    server.resetHandlers();
    waits.length = 0;
  });
  afterAll(() => server.close());
  return {
    /** What the model would have waited for before trying again, in milliseconds; nobody waits in a test. */
    waits,
    /** msw itself, for what the steps cannot say. */
    server,
    /** @returns the requests, as they come */
    plays(kind: Kind, ...steps: readonly Step[]): Seen[] {
      const seen: Seen[] = [];
      const answer = kind === "openai" ? openaiBody : ollamaBody;
      server.use(
        http.post(kind === "openai" ? `${OPENAI}/chat/completions` : `${OLLAMA}/api/chat`, async ({ request }) => {
          const body = (await request.json()) as Seen;
          seen.push(body);
          const step = steps[seen.length - 1] ?? says("");
          if ("status" in step) {
            const error = typeof step.error === "string" && kind === "openai" ? { message: step.error } : step.error;
            return HttpResponse.json({ error }, { status: step.status, headers: step.headers ?? {} });
          }
          if ("pieces" in step) return pieces(step, kind);
          return answer(step, seen.length, body.stream === true);
        }),
      );
      return seen;
    },
    /** The model behind the real client, as the settings would make it. */
    model: (kind: Kind, more: Partial<Parameters<typeof createModel>[0]> = {}) =>
      createModel({
        model: `${kind}:m`,
        openaiKey: "k",
        openaiBaseUrl: OPENAI,
        ollamaHost: OLLAMA,
        timeoutMs: 5_000,
        wait: async (ms) => void waits.push(ms),
        ...more,
      }),
  };
}

type Said = Extract<Step, { text?: string }>;
type Pieces = Extract<Step, { pieces: readonly string[] }>;

function pieces({ pieces, ends = "whole", type }: Pieces, kind: Kind): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      for (const piece of pieces) stream.enqueue(encoder.encode(piece));
      if (ends === "whole") stream.close();
    },
    async pull(stream) {
      if (ends === "silence") return new Promise(() => {});
      // What was sent is on its way before the connection breaks.
      for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
      stream.error(new Error("the connection broke"));
    },
  });
  const known = kind === "openai" ? "text/event-stream" : "application/x-ndjson";
  return new HttpResponse(body, { headers: { "content-type": type ?? known } });
}

const written = (args: FakeCall["args"]): string => (typeof args === "string" ? args : JSON.stringify(args));

/** Server-sent events, each call's arguments cut into small fragments; or one JSON completion where no stream was asked for. */
function openaiBody({ text = "", calls = [], usage = [100, 10] }: Said, turn: number, stream: boolean): Response {
  const tool_calls = calls.map(({ name, args, id }, index) => ({
    index,
    id: id ?? `t${turn}_${index}`,
    type: "function",
    function: { name, arguments: written(args) },
  }));
  const finish_reason = tool_calls.length ? "tool_calls" : "stop";
  const counted = usage && { prompt_tokens: usage[0], completion_tokens: usage[1], total_tokens: usage[0] + usage[1] };
  const head = { id: "x", created: 0, model: "m" };
  if (!stream) {
    const message = { role: "assistant", content: text || null, ...(tool_calls.length ? { tool_calls } : {}) };
    return HttpResponse.json({
      ...head,
      object: "chat.completion",
      choices: [{ index: 0, finish_reason, message }],
      ...(counted ? { usage: counted } : {}),
    });
  }
  const deltas: unknown[] = [{ role: "assistant", content: "" }];
  for (const piece of text.match(/[\s\S]{1,9}/g) ?? []) deltas.push({ content: piece });
  for (const made of tool_calls) {
    const whole = made.function.arguments;
    deltas.push({ tool_calls: [{ ...made, function: { name: made.function.name, arguments: "" } }] });
    for (const piece of whole.match(/[\s\S]{1,7}/g) ?? [])
      deltas.push({ tool_calls: [{ index: made.index, function: { arguments: piece } }] });
  }
  const chunk = (choices: unknown[], more = {}) =>
    `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", choices, ...more })}\n\n`;
  const lines = [
    ...deltas.map((delta) => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason }]),
    ...(counted ? [chunk([], { usage: counted })] : []),
    "data: [DONE]\n\n",
  ];
  return pieces({ pieces: lines }, "openai");
}

/** Ollama's lines: words in pieces, then each call whole in a line of its own, then the line that is done. */
function ollamaBody({ text = "", calls = [], usage = [100, 10] }: Said, _turn: number, stream: boolean): Response {
  const head = { model: "m", created_at: "2026-11-21T00:00:00Z" };
  const tool_calls = calls.map(({ name, args }) => ({ function: { name, arguments: args } }));
  const done = {
    done: true,
    done_reason: "stop",
    ...(usage ? { prompt_eval_count: usage[0], eval_count: usage[1] } : {}),
  };
  if (!stream)
    return HttpResponse.json({ ...head, message: { role: "assistant", content: text, tool_calls }, ...done });
  const line = (message: unknown, more: unknown = { done: false }) =>
    `${JSON.stringify({ ...head, message, ...(more as object) })}\n`;
  return pieces(
    {
      pieces: [
        ...(text.match(/[\s\S]{1,9}/g) ?? []).map((content) => line({ role: "assistant", content })),
        ...tool_calls.map((made) => line({ role: "assistant", content: "", tool_calls: [made] })),
        line({ role: "assistant", content: "" }, done),
      ],
    },
    "ollama",
  );
}
