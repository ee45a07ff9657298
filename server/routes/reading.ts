import { Hono } from "hono";
import { z } from "zod";
import { KamError } from "../../data/common/errors.ts";
import type { Kam } from "../kam.ts";

const argsSchema = z.record(z.string(), z.unknown());

/** `GET /api/tools/:name?args=<JSON>&user=<id>`: the result of one READ tool of the agent, as the person may see it. */
export function reading(kam: Kam): Hono {
  const app = new Hono();
  app.get("/:name", async (c) => {
    const user = c.req.query("user");
    const result = await kam.read({
      tool: c.req.param("name"),
      args: readArgs(c.req.query("args")),
      ...(user && { user }),
    });
    c.header("cache-control", "no-store");
    return c.json(result);
  });
  return app;
}

/** @throws KamError bad_input */
function readArgs(text: string | undefined): Record<string, unknown> {
  if (!text) return {};
  try {
    const parsed = argsSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // What is no JSON at all gets the same sentence.
  }
  throw new KamError("bad_input", "args is one JSON object of the tool's arguments.");
}
