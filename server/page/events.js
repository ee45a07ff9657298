/** Cuts a stream of server-sent events into events as they come; what is incomplete waits for the next piece. */
export function eventReader(onEvent) {
  let rest = "";
  return (piece) => {
    rest = (rest + piece).replaceAll("\r\n", "\n");
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      let event = "message";
      const data = [];
      for (const line of block.split("\n")) {
        if (line.startsWith("event:")) event = line.slice(6).trim();
        else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      }
      if (data.length) onEvent(event, JSON.parse(data.join("\n")));
    }
  };
}

/** An error that a person reads: `code` of the server's closed union, or `network`. */
export class ChatError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * One turn: what is said, or a decision about what waits.
 * @param body { text, thread } or { resume, thread }
 * @param onStep called with { tool, status } as the tools run
 * @returns the answer
 * @throws ChatError
 */
export async function converse(body, onStep) {
  let response;
  try {
    response = await fetch("/api/chat", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ChatError("network", "The server cannot be reached.");
  }
  if (!response.ok || !response.body) {
    const problem = await response.json().catch(() => null);
    throw new ChatError(
      problem?.error?.code ?? "internal",
      problem?.error?.message ?? `The server said ${response.status}.`,
    );
  }
  let answer = null;
  let failure = null;
  const read = eventReader((event, data) => {
    if (event === "step") onStep(data);
    else if (event === "answer") answer = data;
    else if (event === "error") failure = new ChatError(data.code, data.message);
  });
  try {
    const decoder = new TextDecoder();
    for await (const chunk of response.body) read(decoder.decode(chunk, { stream: true }));
  } catch {
    throw new ChatError("network", "The connection broke off before the answer was complete.");
  }
  if (failure) throw failure;
  if (!answer) throw new ChatError("network", "The connection ended without an answer.");
  return answer;
}
