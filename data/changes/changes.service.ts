import { lastAuditId } from "../audit/audit.repo.ts";
import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { appliedResult, keepApplied } from "./changes.repo.ts";

/** Which approved change it is. */
export interface ChangeKey {
  /** Names it among all that ever were. */
  readonly key: string;
  /** The key of the first of those that are approved together. */
  readonly batch: string;
  readonly kind: string;
}

/**
 * Applies an approved change once: a second call with the same key gives the first one's result and changes nothing.
 * Call it inside the transaction of the change (`tx`), so that the key and the change stand or fall together.
 * @returns what the work returned, with `change_no`, by which the change is named when it is taken back
 */
export async function applyOnce(
  actor: Actor,
  tx: Store,
  { key, batch, kind }: ChangeKey,
  work: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const done = await appliedResult(tx, key);
  if (done !== undefined) return JSON.parse(done) as Record<string, unknown>;
  const before = await lastAuditId(tx);
  const made = await work();
  const last = await lastAuditId(tx);
  const audited =
    last > before ? { first_audit: before + 1, last_audit: last } : { first_audit: null, last_audit: null };
  const result = audited.last_audit === null ? made : { ...made, change_no: audited.last_audit };
  await keepApplied(tx, {
    ...{ key, batch, kind, result: JSON.stringify(result), by: actor.id, at: tx.today, undone_at: null },
    ...audited,
  });
  return result;
}
