import type { ModelSettings } from "../createModel.ts";
import { isRecord } from "../wire/lines.ts";
import { nameOf, type ProbeFinding, UNTIL_THEN } from "./finding.ts";

const PATIENCE_MS = 5_000;
const OFFICIAL = "https://api.openai.com/v1";

/**
 * Whether an OpenAI-compatible service is reached, and what it says of its models. A model that it does not list is no
 * failure yet: many services list nothing, or know a model by other names, too.
 */
export async function probeOpenai({ model, openaiKey, openaiBaseUrl }: ModelSettings): Promise<ProbeFinding[]> {
  const name = nameOf(model);
  const base = (openaiBaseUrl ?? OFFICIAL).replace(/\/+$/, "");
  const failed = (says: string): ProbeFinding[] => [
    { check: "model service", ok: false, says: `${says}; ${UNTIL_THEN}` },
  ];
  let response: Response;
  try {
    response = await fetch(`${base}/models`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: openaiKey ? { authorization: `Bearer ${openaiKey}` } : {},
    });
  } catch (thrown) {
    const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    return failed(`${base} cannot be reached (${reason}): look at OPENAI_BASE_URL, and whether the service runs`);
  }
  if (response.status === 401 || response.status === 403)
    return failed(
      `${base} refuses ${openaiKey ? "the key" : "a request without a key"} (${response.status}): set OPENAI_API_KEY`,
    );
  const known = response.ok ? await namesIn(response) : [];
  const listed = known.length === 0 || known.includes(name);
  const shown = known.slice(0, 12).join(", ") + (known.length > 12 ? " and others" : "");
  const says = `${base} is reached${listed ? "" : `; it does not list ${name}, but ${shown}`}`;
  return [{ check: "model service", ok: true, says }];
}

async function namesIn(response: Response): Promise<string[]> {
  const body: unknown = await response.json().catch(() => null);
  const data = isRecord(body) && Array.isArray(body.data) ? body.data : [];
  return data.flatMap((one) => (isRecord(one) && typeof one.id === "string" ? [one.id] : []));
}
