import type { Answer } from "../../../agents/answer.ts";
import { t } from "../words/text.ts";
import { PageError, post } from "./http.ts";

/** Cuts a stream of server-sent events into events as they come; what is incomplete waits for the next piece. */
export function eventReader(onEvent: (event: string, data: unknown) => void): (piece: string) => void {
  let rest = "";
  return (piece) => {
    rest = (rest + piece).replaceAll("\r\n", "\n");
    const blocks = rest.split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      let event = "message";
      const data: string[] = [];
      for (const line of block.split("\n")) {
        if (line.startsWith("event:")) event = line.slice(6).trim();
        else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      }
      if (data.length) onEvent(event, JSON.parse(data.join("\n")));
    }
  };
}

/** What happens while an answer is made. */
export type Step =
  | { readonly type: "step"; readonly tool: string; readonly status: "running" | "ok" | "proposed" | "error" }
  | { readonly type: "thinking"; readonly says: string };

export interface TurnBody {
  readonly text?: string;
  readonly resume?: unknown;
  readonly thread: string;
  readonly user: string;
}

/**
 * One turn: what is said, or a decision about what waits.
 * @param onStep called as the answer is made
 * @throws PageError
 */
export async function converse(body: TurnBody, onStep: (step: Step) => void): Promise<Answer> {
  const response = await post("/api/chat", body, "text/event-stream");
  let answer: Answer | null = null;
  let failure: PageError | null = null;
  const read = eventReader((event, data) => {
    if (event === "step" || event === "thinking") onStep({ type: event, ...(data as object) } as Step);
    else if (event === "answer") answer = data as Answer;
    else if (event === "error") {
      const { code, message } = data as { code: string; message: string };
      failure = new PageError(code, message);
    }
  });
  try {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      read(decoder.decode(chunk, { stream: true }));
  } catch {
    throw new PageError("network", t("error.broken"));
  }
  if (failure) throw failure;
  if (!answer) throw new PageError("network", t("error.noAnswer"));
  return answer;
}
