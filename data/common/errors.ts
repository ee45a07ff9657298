/** The closed union of everything that can go wrong for a person, one table from code to HTTP status and exit code. */
export const ERROR_TABLE = {
  bad_input: { http: 400, exit: 1 },
  usage: { http: 400, exit: 2 },
  missing_slot: { http: 422, exit: 1 },
  unknown_name: { http: 404, exit: 1 },
  ambiguous_name: { http: 409, exit: 1 },
  not_found: { http: 404, exit: 1 },
  no_right: { http: 403, exit: 1 },
  not_asked: { http: 403, exit: 1 },
  wrong_state: { http: 409, exit: 1 },
  blocked: { http: 409, exit: 1 },
  stale: { http: 409, exit: 1 },
  thread_busy: { http: 409, exit: 1 },
  no_data: { http: 404, exit: 1 },
  no_model: { http: 409, exit: 1 },
  file_missing: { http: 400, exit: 1 },
  file_kind: { http: 415, exit: 1 },
  file_truncated: { http: 400, exit: 1 },
  file_column: { http: 400, exit: 1 },
  mapping: { http: 400, exit: 1 },
  rows_rejected: { http: 422, exit: 1 },
  store_missing: { http: 503, exit: 1 },
  store_locked: { http: 503, exit: 1 },
  store_read_only: { http: 503, exit: 1 },
  store_full: { http: 507, exit: 1 },
  store_corrupt: { http: 500, exit: 1 },
  store_newer: { http: 503, exit: 1 },
  feed_refused: { http: 422, exit: 1 },
  feed_failed: { http: 502, exit: 1 },
  model_unavailable: { http: 502, exit: 1 },
  unauthorised: { http: 401, exit: 1 },
  internal: { http: 500, exit: 1 },
} as const;

export type ErrorCode = keyof typeof ERROR_TABLE;

/** An error meant for a person: one sentence that says what, where and what to do. */
export class KamError extends Error {
  readonly code: ErrorCode;
  /** Anything a caller may want to act on (alternatives of a name, the missing slot), JSON only. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, detail: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "KamError";
    this.code = code;
    this.detail = detail;
  }
}

/** What a person did not say and has to be asked for; the question is the whole of what she reads. */
export const missingSlot = (slot: string, question: string, detail: Readonly<Record<string, unknown>> = {}): KamError =>
  new KamError("missing_slot", question, { slot, question, ...detail });

const SQLITE_CODES: readonly [RegExp, ErrorCode, string][] = [
  [/^SQLITE_(BUSY|LOCKED|PROTOCOL)/, "store_locked", "is in use by another program; close it or try again in a moment"],
  [/^SQLITE_(READONLY|PERM)/, "store_read_only", "cannot be written; check its permissions and those of its folder"],
  [/^SQLITE_(FULL|IOERR)/, "store_full", "cannot grow: the disk is full or failing; free some room and run this again"],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    "store_corrupt",
    "is not a readable store; restore a backup or choose another file with KAM_DB",
  ],
  [/^SQLITE_CANTOPEN/, "store_missing", "cannot be opened; check that its folder exists and may be written"],
];

/** Turns anything thrown below into a KamError; SQLite's result codes become the store's own. */
export function toKamError(thrown: unknown, storePath = "the store"): KamError {
  if (thrown instanceof KamError) return thrown;
  const code = String((thrown as { code?: unknown } | null)?.code ?? "");
  for (const [pattern, kamCode, sentence] of SQLITE_CODES) {
    if (pattern.test(code)) return new KamError(kamCode, `${storePath} ${sentence}.`, { sqlite: code }, thrown);
  }
  if (code === "ENOSPC")
    return new KamError(
      "store_full",
      `The disk of ${storePath} is full; free some room and run this again.`,
      {},
      thrown,
    );
  if (code === "EROFS" || code === "EACCES")
    return new KamError("store_read_only", `${storePath} cannot be written; check its permissions.`, {}, thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new KamError("internal", `Something went wrong inside: ${message}`, {}, thrown);
}
