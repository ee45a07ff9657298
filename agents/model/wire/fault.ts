/** Why a service of a language model did not bring an answer. */
export type FaultKind =
  | "refused"
  | "unpaid"
  | "missing"
  | "nowhere"
  | "too_long"
  | "no_tools"
  | "bad_request"
  | "busy"
  | "failing"
  | "unreachable"
  | "slow"
  | "cut"
  | "nonsense";

/** In words, after "it"; without a digit, for it stands in replies. */
const SAYS: Readonly<Record<FaultKind, string>> = {
  refused: "refused the key",
  unpaid: "has no quota left",
  missing: "does not have that model",
  nowhere: "has nothing at that address",
  too_long: "found the conversation too long",
  no_tools: "cannot call tools",
  bad_request: "did not accept the request",
  busy: "is too busy",
  failing: "failed inside",
  unreachable: "cannot be reached",
  slow: "took too long",
  cut: "broke off in the middle",
  nonsense: "sent something that is no answer",
};

/** What may go better when it is tried again. A service that kept silent for the whole time is not asked again. */
const PASSING: ReadonlySet<FaultKind> = new Set(["busy", "failing", "unreachable", "cut", "nonsense"]);

export class ModelFault extends Error {
  readonly kind: FaultKind;
  /** What the service asked to wait, in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(kind: FaultKind, detail: string, retryAfterMs: number | null = null) {
    super(detail);
    this.name = "ModelFault";
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }

  get passing(): boolean {
    return PASSING.has(this.kind);
  }

  /** "refused the key": for a reply, after "it". */
  get says(): string {
    return SAYS[this.kind];
  }
}

/** The fault behind whatever a client library threw around it. */
export function faultOf(thrown: unknown): ModelFault {
  for (let at = thrown; at instanceof Error; at = at.cause) if (at instanceof ModelFault) return at;
  return new ModelFault("nonsense", thrown instanceof Error ? thrown.message : String(thrown));
}

const TOO_LONG =
  /context[_ -]?(length|window|size)|maximum context|too many (input )?tokens|(prompt|input|request) (is )?too (long|large)|reduce the length|exceeds?\b.{0,40}\b(context|tokens?)\b/i;
const NO_TOOLS = /not support (tools?|function)|(tools?|function)[ -]?(use|calls?|calling)? (is|are) not supported/i;
const UNPAID = /insufficient_quota|exceeded your current quota|billing/i;

/** What an error says, whichever shape it has: `{error: "…"}`, `{error: {message, code}}`, `{message}`, `{detail}` or text. */
export function errorText(body: unknown): string {
  if (typeof body === "string") return body;
  if (body === null || typeof body !== "object") return "";
  const { error, message, detail, code, type, param } = body as Record<string, unknown>;
  const inner = error ?? detail;
  if (inner !== undefined && inner !== null) return errorText(inner);
  return [message, code, type, param].filter((part) => typeof part === "string" || typeof part === "number").join(" ");
}

/** The fault of an error that a service sent, as a status or inside a stream that had begun well. */
export function faultOfError(status: number, body: unknown, retryAfterMs: number | null = null): ModelFault {
  const text = errorText(body);
  return new ModelFault(kindOf(status, text), `${status}: ${withoutKeys(text).slice(0, 300)}`, retryAfterMs);
}

/** Some services repeat the key that they refuse. */
const withoutKeys = (text: string): string => text.replace(/\b(sk|key|gsk|pk)[-_][\w*.-]{4,}/gi, "…");

function kindOf(status: number, text: string): FaultKind {
  if (status === 401 || status === 403) return "refused";
  if (status === 402 || (status === 429 && UNPAID.test(text))) return "unpaid";
  if (status === 413 || (status !== 429 && TOO_LONG.test(text))) return "too_long";
  if (NO_TOOLS.test(text)) return "no_tools";
  if (status === 404 || status === 405) return /\bmodel\b/i.test(text) ? "missing" : "nowhere";
  if (status === 429 || status === 503 || status === 529) return "busy";
  if (status === 408 || status === 425 || status >= 500) return "failing";
  return "bad_request";
}

/** `Retry-After` in milliseconds: seconds, or a date; `retry-after-ms` where a service has it. */
export function retryAfter(headers: Headers, now = Date.now()): number | null {
  const ms = Number(headers.get("retry-after-ms") ?? Number.NaN);
  if (Number.isFinite(ms) && ms >= 0) return ms;
  const said = headers.get("retry-after")?.trim();
  if (!said) return null;
  const seconds = Number(said);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1_000 : null;
  const at = Date.parse(said);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
