import { parsed } from "../wire/exchange.ts";
import { faultOfError, ModelFault } from "../wire/fault.ts";
import { isRecord, linesOf } from "../wire/lines.ts";

/** A call as Ollama sends it: whole, its arguments an object, or from some builds a text. */
export interface OllamaCall {
  readonly function: { readonly name: string; readonly arguments: unknown };
}

/** An answer of `/api/chat` made whole. */
export interface OllamaAnswer {
  readonly message: {
    readonly role: "assistant";
    readonly content: string;
    readonly tool_calls: readonly OllamaCall[];
  };
  readonly done: true;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
}

/**
 * Reads an answer of Ollama's chat protocol, a JSON object a line, and makes it one.
 * @param onCall told the name of a tool as soon as the model calls it
 * @throws ModelFault cut where the stream ends before the answer does
 */
export async function readOllamaAnswer(
  pieces: AsyncIterable<string>,
  onCall: (tool: string) => void,
): Promise<OllamaAnswer> {
  let content = "";
  const tool_calls: OllamaCall[] = [];
  for await (const line of linesOf(pieces)) {
    if (!line.trim()) continue;
    const part = parsed(line);
    if (!isRecord(part)) throw new ModelFault("nonsense", `not JSON: ${line.slice(0, 80)}`);
    if (part.error) throw faultOfError(500, part);
    const message = isRecord(part.message) ? part.message : {};
    if (typeof message.content === "string") content += message.content;
    for (const call of Array.isArray(message.tool_calls) ? message.tool_calls : []) {
      if (!isRecord(call) || !isRecord(call.function) || typeof call.function.name !== "string") continue;
      onCall(call.function.name);
      tool_calls.push({ function: { name: call.function.name, arguments: call.function.arguments } });
    }
    if (part.done === true) {
      return {
        message: { role: "assistant", content, tool_calls },
        done: true,
        ...(typeof part.prompt_eval_count === "number" ? { prompt_eval_count: part.prompt_eval_count } : {}),
        ...(typeof part.eval_count === "number" ? { eval_count: part.eval_count } : {}),
      };
    }
  }
  throw new ModelFault("cut", "the stream ended before the answer did");
}
