import { KamError } from "../../data/common/errors.ts";

/** The body of a request, sent as JSON. @throws KamError bad_input */
export async function jsonOf(req: {
  json(): Promise<unknown>;
  header(name: string): string | undefined;
}): Promise<unknown> {
  if (!req.header("content-type")?.startsWith("application/json"))
    throw new KamError("bad_input", "Send JSON, with content-type application/json.");
  try {
    return await req.json();
  } catch (error) {
    if (error instanceof KamError) throw error;
    throw new KamError("bad_input", "The body is not JSON.");
  }
}
