import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { toKamError } from "../../data/common/errors.ts";
import type { Kam } from "../kam.ts";
import { readTurnRequest } from "../turnRequest.ts";
import { jsonOf } from "./jsonOf.ts";

/** `POST /api/chat`: one turn, as JSON, or as server-sent events `step`, `thinking`, `answer`, `error` where the client accepts them. */
export function chat(kam: Kam): Hono {
  const app = new Hono();
  app.post("/", async (c) => {
    const request = readTurnRequest(await jsonOf(c.req), "The request");
    if (!c.req.header("accept")?.includes("text/event-stream")) return c.json(await kam.converse(request));
    return streamSSE(c, async (stream) => {
      let writing: Promise<unknown> = Promise.resolve();
      const send = (event: string, data: unknown): void => {
        writing = writing.then(() => stream.writeSSE({ event, data: JSON.stringify(data) }));
      };
      try {
        const answer = await kam.converse(request, (event) => {
          if (event.type === "step") send("step", { tool: event.tool, status: event.status });
          else if (event.type === "thinking") send("thinking", { says: event.says });
          else if (event.type === "log") console.error(event.message);
        });
        send("answer", answer);
      } catch (thrown) {
        const error = toKamError(thrown);
        if (error.code === "internal") console.error(error.cause ?? error);
        send("error", {
          code: error.code,
          message:
            error.code === "internal"
              ? "Something went wrong inside; the server's log has the details."
              : error.message,
        });
      }
      await writing;
    });
  });
  return app;
}
