import { parsed } from "../wire/exchange.ts";
import { faultOfError, ModelFault } from "../wire/fault.ts";
import { isRecord, linesOf } from "../wire/lines.ts";

/** A call as it grows out of its fragments; its arguments are text until they are whole. */
interface GrowingCall {
  index: number | null;
  id: string;
  name: string;
  args: string;
}

/** Everything that an answer has brought so far. */
class Answer {
  text = "";
  readonly calls: GrowingCall[] = [];
  usage: Record<string, unknown> | null = null;
  finish: string | null = null;
  /** True once the service said that this is all. */
  ended = false;

  /** Takes a chunk of a stream or a whole completion. @throws ModelFault for an error inside */
  take(chunk: unknown, onCall: (tool: string) => void): void {
    if (!isRecord(chunk)) throw new ModelFault("nonsense", `not an object: ${String(chunk).slice(0, 80)}`);
    if (chunk.error) throw faultOfError(statusOf(chunk.error), chunk);
    if (isRecord(chunk.usage)) this.usage = chunk.usage;
    const choice = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
    if (!isRecord(choice)) return;
    if (choice.finish_reason) this.finish = String(choice.finish_reason);
    const part = isRecord(choice.delta) ? choice.delta : choice.message;
    if (!isRecord(part)) return;
    this.text += textOf(part.content);
    const made = Array.isArray(part.tool_calls) ? part.tool_calls : part.function_call ? [part.function_call] : [];
    for (const fragment of made) this.takeCall(fragment, onCall);
  }

  private takeCall(fragment: unknown, onCall: (tool: string) => void): void {
    if (!isRecord(fragment)) return;
    const of = isRecord(fragment.function) ? fragment.function : fragment;
    const name = typeof of.name === "string" ? of.name : "";
    const id = typeof fragment.id === "string" ? fragment.id : "";
    const index = typeof fragment.index === "number" ? fragment.index : null;
    let call = this.growing(index, id, name);
    if (!call) {
      call = { index, id, name: "", args: "" };
      this.calls.push(call);
    }
    if (name && !call.name) onCall(name);
    call.name ||= name;
    call.id ||= id;
    const args = of.arguments;
    call.args += typeof args === "string" ? args : isRecord(args) ? JSON.stringify(args) : "";
  }

  /** The call that a fragment goes on with: the one at its index, else the one of its id, else the last; a name under another id begins anew. */
  private growing(index: number | null, id: string, name: string): GrowingCall | undefined {
    const at =
      index !== null
        ? this.calls.findLast((c) => c.index === index)
        : id
          ? this.calls.find((c) => c.id === id)
          : name
            ? undefined
            : this.calls.at(-1);
    return at && name && id && at.id && at.id !== id ? undefined : at;
  }

  /** As the official service would have sent it in one piece. */
  completion(): Record<string, unknown> {
    const ids = new Set<string>();
    const tool_calls = this.calls
      .filter((call) => call.name)
      .map(({ id, name, args }, i) => {
        const own = id && !ids.has(id) ? id : `call_${i + 1}`;
        ids.add(own);
        return { id: own, type: "function", function: { name, arguments: argumentsOf(args) } };
      });
    const message = { role: "assistant", content: this.text, ...(tool_calls.length ? { tool_calls } : {}) };
    const finish_reason = this.finish ?? "stop";
    return {
      object: "chat.completion",
      choices: [{ index: 0, finish_reason, message }],
      ...(this.usage ? { usage: this.usage } : {}),
    };
  }
}

/**
 * Reads an answer of the chat completions protocol, streamed (server-sent events, with `[DONE]` or without) or in one
 * piece, whichever the service chose, and makes it whole and regular: fragments of calls joined, ids present and
 * different, arguments as text.
 * @param onCall told the name of a tool as soon as the model begins to call it
 * @throws ModelFault cut where the stream ends before the answer does
 */
export async function readCompletion(
  pieces: AsyncIterable<string>,
  onCall: (tool: string) => void,
): Promise<Record<string, unknown>> {
  const answer = new Answer();
  const other: string[] = [];
  for await (const line of linesOf(pieces)) {
    if (!line.startsWith("data:")) {
      if (!/^(event|id|retry):|^:|^\s*$/.test(line)) other.push(line);
      continue;
    }
    const data = line.slice(5).trim();
    if (data === "[DONE]") {
      answer.ended = true;
      break;
    }
    const chunk = parsed(data);
    if (chunk === data) throw new ModelFault("nonsense", `not JSON: ${data.slice(0, 80)}`);
    answer.take(chunk, onCall);
  }
  if (other.length) {
    const whole = parsed(other.join("\n"));
    if (!isRecord(whole) || !(Array.isArray(whole.choices) || whole.error))
      throw new ModelFault("nonsense", other.join(" ").slice(0, 80));
    answer.take(whole, onCall);
    answer.ended = true;
  }
  if (!answer.ended && answer.finish === null) throw new ModelFault("cut", "the stream ended before the answer did");
  return answer.completion();
}

/** JSON in any case: what is not stays a text, which is no object of arguments either, and is told so to the model. */
function argumentsOf(args: string): string {
  const text = args.trim() || "{}";
  return parsed(text) === text ? JSON.stringify(text) : text;
}

/** The status that an error inside a stream would have had. */
function statusOf(error: unknown): number {
  const { code, status } = isRecord(error) ? error : {};
  const said = Number(status ?? code);
  return said >= 400 && said < 600 ? said : /rate/i.test(String(code)) ? 429 : 500;
}

/** Text as a string, or as the list of parts that some services send. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isRecord(part) && typeof part.text === "string" ? part.text : "")).join("");
}
