import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";

/**
 * Applies an approved change once: a second call with the same key gives the first one's result and changes nothing.
 * Call it inside the transaction of the change (`tx`), so that the key and the change stand or fall together.
 */
export async function applyOnce(
  tx: Store,
  actor: Actor,
  key: string,
  kind: string,
  work: () => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const done = await tx.db.selectFrom("applied_change").select("result").where("key", "=", key).executeTakeFirst();
  if (done) return JSON.parse(done.result) as Record<string, unknown>;
  const result = await work();
  await tx.db
    .insertInto("applied_change")
    .values({ key, kind, result: JSON.stringify(result), by: actor.id, at: tx.today })
    .execute();
  return result;
}
