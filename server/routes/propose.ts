import { Hono } from "hono";
import { z } from "zod";
import { KamError } from "../../data/common/errors.ts";
import type { Kam } from "../kam.ts";
import { jsonOf } from "./jsonOf.ts";

const proposal = z.strictObject({
  tool: z.string().min(1).max(100),
  args: z.record(z.string(), z.unknown()),
  /** What was done on the page, in words, for the conversation. */
  text: z.string().trim().min(1).max(1_000),
  thread: z.string().min(1).max(200),
  user: z.string().min(1).max(200).optional(),
});

/**
 * `POST /api/propose`: a write that a view asks for, as a turn of a conversation. Nothing is written: what it proposes waits in
 * the thread, and is decided by `POST /api/chat` with `resume`, like what a sentence proposes.
 */
export function propose(kam: Kam): Hono {
  const app = new Hono();
  app.post("/", async (c) => {
    const parsed = proposal.safeParse(await jsonOf(c.req));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new KamError(
        "bad_input",
        `The request does not fit {tool, args, text, thread, user?}: ${issue.path.join(".") || "the whole"}: ${issue.message}.`,
      );
    }
    const { tool, args, ...request } = parsed.data;
    return c.json(await kam.converse({ ...request, call: { tool, args } }));
  });
  return app;
}
