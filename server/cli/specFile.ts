import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { KamError } from "../../data/common/errors.ts";

/**
 * The specification that a command is given as a JSON file.
 * @throws KamError file_missing; bad_input where it is not JSON or does not fit, naming the place
 */
export async function readSpecFile<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (thrown) {
    throw new KamError("file_missing", `The spec ${path} cannot be read.`, {}, thrown);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new KamError("bad_input", `The spec ${path} is not JSON.`, {}, thrown);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new KamError(
    "bad_input",
    `The spec ${path} is wrong at ${issue.path.join(".") || "its top"}: ${issue.message}.`,
  );
}
