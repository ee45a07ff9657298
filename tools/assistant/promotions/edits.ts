import type { z } from "zod";
import { KamError } from "../../../data/common/errors.ts";

/** What a person changed while approving, by the schema of what may change. @throws KamError bad_input, naming the field */
export function parseEdit<S extends z.ZodType>(
  schema: S,
  edit: Readonly<Record<string, unknown>> | undefined,
): z.output<S> {
  const parsed = schema.safeParse(edit ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.join(".");
  throw new KamError("bad_input", `The change cannot be applied: ${where ? `${where}: ` : ""}${issue.message}.`, {
    field: where,
  });
}
