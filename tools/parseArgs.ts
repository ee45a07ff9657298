import type { z } from "zod";
import { KamError } from "../data/common/errors.ts";
import type { Tool } from "./define.ts";

/**
 * The arguments of a call as the tool takes them.
 * @throws KamError bad_input naming the first argument that does not fit
 */
export function parseArgs(tool: Tool, args: Readonly<Record<string, unknown>>): unknown {
  const parsed = tool.schema.safeParse(args);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const where = issue.path.length ? `${issue.path.join(".")}: ` : "";
  throw new KamError("bad_input", `${tool.name} cannot take that: ${where}${issue.message}.`, {
    invalid: true,
    field: issue.path.join("."),
  });
}
