import { z } from "zod";
import type { Request } from "../agents/converse.ts";
import { KamError } from "../data/common/errors.ts";

/** Null stands for absent: many a client writes every key. */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);

const turnRequest = z.strictObject({
  id: maybe(z.union([z.string().max(200), z.number()])),
  text: maybe(z.string()),
  thread: maybe(z.string().min(1).max(200)),
  user: maybe(z.string().min(1).max(200)),
  channel: maybe(z.enum(["chat", "voice", "slash"])),
  resume: maybe(z.unknown()),
});

/**
 * One turn, as `ask --jsonl` and `POST /api/chat` take it.
 * @param what "The line", "The request": what is said not to fit
 * @throws KamError bad_input
 */
export function readTurnRequest(raw: unknown, what: string): Request {
  const parsed = turnRequest.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.length ? `${issue.path.join(".")}: ` : "";
  throw new KamError(
    "bad_input",
    `${what} does not fit {id?, text, thread?, user?, channel?, resume?}: ${where}${issue.message}.`,
  );
}

/** The id of what may not be a request at all, so that its answer, an error too, can carry it. */
export const idOf = (raw: unknown): string | number | undefined =>
  z.object({ id: turnRequest.shape.id }).safeParse(raw).data?.id;
