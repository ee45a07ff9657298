import { createHash } from "node:crypto";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";

export interface AuditEntry {
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

const GENESIS = "0".repeat(64);

interface Row {
  at: string;
  actor: string;
  action: string;
  entity: string;
  entity_id: string;
  before: string | null;
  after: string | null;
  previous_hash: string;
}

const hashOf = (row: Row): string =>
  createHash("sha256")
    .update(
      JSON.stringify([
        row.previous_hash,
        row.at,
        row.actor,
        row.action,
        row.entity,
        row.entity_id,
        row.before,
        row.after,
      ]),
    )
    .digest("hex");

/** Appends to the hash-chained log; call it inside the transaction of the change that it records. */
export async function recordAudit(store: Store, actor: Actor, entry: AuditEntry): Promise<void> {
  await inTransaction(store, async (tx) => {
    const last = await tx.db.selectFrom("audit").select("hash").orderBy("id", "desc").limit(1).executeTakeFirst();
    const row: Row = {
      at: tx.today,
      actor: actor.id,
      action: entry.action,
      entity: entry.entity,
      entity_id: entry.entityId,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      previous_hash: last?.hash ?? GENESIS,
    };
    await tx.db
      .insertInto("audit")
      .values({ ...row, hash: hashOf(row) })
      .execute();
  });
}

/** Walks the chain. @returns the id of the first row that does not fit, or null where the log is whole. */
export async function verifyAudit(store: Store): Promise<number | null> {
  let previous = GENESIS;
  for (const row of await store.db.selectFrom("audit").selectAll().orderBy("id").execute()) {
    if (row.previous_hash !== previous || row.hash !== hashOf(row)) return row.id;
    previous = row.hash;
  }
  return null;
}
