import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { appliedResult, keepApplied } from "./changes.repo.ts";

/**
 * Applies an approved change once: a second call with the same key gives the first one's result and changes nothing.
 * Call it inside the transaction of the change (`tx`), so that the key and the change stand or fall together.
 */
export async function applyOnce(
  actor: Actor,
  tx: Store,
  key: string,
  kind: string,
  work: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const done = await appliedResult(tx, key);
  if (done !== undefined) return JSON.parse(done) as Record<string, unknown>;
  const result = await work();
  await keepApplied(tx, { key, kind, result: JSON.stringify(result), by: actor.id, at: tx.today });
  return result;
}
