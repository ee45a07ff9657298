import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import type { Message, Tool } from "ollama";
import type { ToolSpec } from "../toolSpec.ts";
import { exchange, type Wire } from "../wire/exchange.ts";
import { ModelFault } from "../wire/fault.ts";
import { isRecord } from "../wire/lines.ts";
import { type OllamaAnswer, readOllamaAnswer } from "./answer.ts";

export interface OllamaSettings {
  readonly model: string;
  readonly host: string | undefined;
}

/** Room for a role's tools and policy and a thread of some turns. */
const CONTEXT_TOKENS = 32_768;
/** What is kept free of it for the answer. */
const ANSWER_TOKENS = 1_024;
/** JSON and English come to somewhat more; a conversation is rather found too long than cut unseen. */
const CHARACTERS_PER_TOKEN = 3.5;

interface Options extends BaseChatModelCallOptions {
  readonly tools?: readonly ToolSpec[];
}

/** A chat model over the `ollama` client: calls in parallel, results under the names of their tools, no thinking (it empties answers that call tools). */
export class OllamaChat extends BaseChatModel<Options> {
  private readonly settings: OllamaSettings;
  private readonly wire: Wire;

  constructor(settings: OllamaSettings, wire: Wire) {
    super({ maxRetries: 0 });
    this.settings = settings;
    this.wire = wire;
  }

  override _llmType(): string {
    return "ollama";
  }

  override bindTools(tools: readonly unknown[]) {
    return this.withConfig({ tools: tools as readonly ToolSpec[] });
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { Ollama } = await import("ollama");
    const client = new Ollama({
      ...(this.settings.host ? { host: this.settings.host } : {}),
      fetch: (input, init) => this.ask(String(input), init ?? {}, options.signal ?? null),
    });
    const answer = (await client.chat({
      model: this.settings.model,
      messages: messages.map(toOllama),
      tools: [...(options.tools ?? [])] as unknown as Tool[],
      think: false,
      options: { temperature: 0, num_ctx: CONTEXT_TOKENS },
    })) as unknown as OllamaAnswer;
    const message = toMessage(answer);
    return { generations: [{ text: message.text, message }] };
  }

  private async ask(url: string, init: RequestInit, signal: AbortSignal | null): Promise<Response> {
    const body = JSON.stringify({ ...JSON.parse(String(init.body)), stream: true });
    // Ollama would cut the beginning off without a word: the policy and the tools.
    if (body.length / CHARACTERS_PER_TOKEN > CONTEXT_TOKENS - ANSWER_TOKENS)
      throw new ModelFault("too_long", `${body.length} characters are more than ${CONTEXT_TOKENS} tokens hold`);
    const answer = await exchange(
      url,
      { ...init, body, signal },
      (pieces) => readOllamaAnswer(pieces, (tool) => this.wire.tell(`calling ${tool.replaceAll("_", " ")}`)),
      this.wire,
    );
    return Response.json(answer);
  }
}

function toOllama(message: BaseMessage): Message {
  if (ToolMessage.isInstance(message))
    return { role: "tool", content: message.text, tool_name: message.name ?? "" } as Message;
  if (AIMessage.isInstance(message)) {
    const tool_calls = message.tool_calls?.map(({ name, args }) => ({ function: { name, arguments: args } })) ?? [];
    return { role: "assistant", content: message.text, ...(tool_calls.length ? { tool_calls } : {}) };
  }
  return { role: message.getType() === "system" ? "system" : "user", content: message.text };
}

function toMessage({ message, prompt_eval_count, eval_count }: OllamaAnswer): AIMessage {
  const tool_calls: NonNullable<AIMessage["tool_calls"]> = [];
  const invalid_tool_calls: NonNullable<AIMessage["invalid_tool_calls"]> = [];
  message.tool_calls.forEach(({ function: { name, arguments: said } }, i) => {
    const id = `call_${i + 1}`;
    const args = typeof said === "string" ? readObject(said) : (said ?? {});
    if (isRecord(args)) tool_calls.push({ id, name, args, type: "tool_call" });
    else invalid_tool_calls.push({ id, name, args: String(said), error: "not an object", type: "invalid_tool_call" });
  });
  const [input, output] = [prompt_eval_count ?? 0, eval_count ?? 0];
  return new AIMessage({
    content: message.content,
    tool_calls,
    invalid_tool_calls,
    ...(input || output
      ? { usage_metadata: { input_tokens: input, output_tokens: output, total_tokens: input + output } }
      : {}),
  });
}

function readObject(text: string): unknown {
  try {
    return JSON.parse(text.trim() || "{}");
  } catch {
    return null;
  }
}
