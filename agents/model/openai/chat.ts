import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { exchange, type Wire } from "../wire/exchange.ts";
import { ModelFault } from "../wire/fault.ts";
import { readCompletion } from "./completion.ts";

export interface OpenaiSettings {
  readonly model: string;
  readonly key: string | undefined;
  readonly baseUrl: string | undefined;
}

/** What a request can do without where a service does not know it. */
const DISPENSABLE = ["stream_options", "stream", "temperature"] as const;
export type Quirk = (typeof DISPENSABLE)[number];

/**
 * The OpenAI client over our own wire: answers are streamed there and put together, so the client sees a whole one.
 * @param quirks parameters that this service refused; kept from turn to turn
 */
export async function openaiChat(settings: OpenaiSettings, wire: Wire, quirks: Set<Quirk>): Promise<BaseChatModel> {
  const { ChatOpenAI } = await import("@langchain/openai");
  return new ChatOpenAI({
    model: settings.model,
    apiKey: settings.key ?? "none",
    temperature: 0,
    maxRetries: 0,
    useResponsesApi: false,
    configuration: {
      ...(settings.baseUrl ? { baseURL: settings.baseUrl } : {}),
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        // The client insists on a key; a service without one is sent none.
        if (!settings.key) headers.delete("authorization");
        return ask(String(input), { ...init, headers }, wire, quirks);
      },
    },
  });
}

async function ask(url: string, init: RequestInit, wire: Wire, quirks: Set<Quirk>): Promise<Response> {
  const asked = JSON.parse(String(init.body)) as Record<string, unknown>;
  const read = (pieces: AsyncIterable<string>) =>
    readCompletion(pieces, (tool) => wire.tell(`calling ${tool.replaceAll("_", " ")}`));
  for (;;) {
    try {
      const answer = await exchange(url, { ...init, body: bodyOf(asked, quirks) }, read, wire);
      return Response.json(answer);
    } catch (thrown) {
      if (!(thrown instanceof ModelFault) || thrown.kind !== "bad_request") throw thrown;
      const { message } = thrown;
      const refused = DISPENSABLE.find((name) => !quirks.has(name) && new RegExp(`\\b${name}\\b`).test(message));
      if (!refused) throw thrown;
      quirks.add(refused);
    }
  }
}

function bodyOf(asked: Readonly<Record<string, unknown>>, quirks: ReadonlySet<Quirk>): string {
  const body: Record<string, unknown> = { ...asked, stream: true, stream_options: { include_usage: true } };
  for (const name of quirks) delete body[name];
  if (!body.stream) delete body.stream_options;
  return JSON.stringify(body);
}
