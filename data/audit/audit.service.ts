import { createHash } from "node:crypto";
import { inTransaction, type Store } from "../store/open.ts";
import type { AuditTable } from "../store/schema/audit.ts";
import type { Actor } from "../users/actor.ts";
import { appendAudit, lastHash, moveAuditHead } from "./audit.repo.ts";

/** What was done to what; `before` and `after` are kept as JSON. */
interface AuditEntry {
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Row = Omit<AuditTable, "id" | "hash">;

/** What the first entry is chained to. */
export const GENESIS = "0".repeat(64);

/** SHA-256 over the row and the hash before it, the fields in a fixed order. */
export const hashOf = (row: Row): string =>
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
export async function recordAudit(actor: Actor, store: Store, entry: AuditEntry): Promise<void> {
  await inTransaction(store, async (tx) => {
    const row: Row = {
      at: tx.today,
      actor: actor.id,
      action: entry.action,
      entity: entry.entity,
      entity_id: entry.entityId,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      previous_hash: (await lastHash(tx)) ?? GENESIS,
    };
    const hash = hashOf(row);
    await appendAudit(tx, { ...row, hash });
    await moveAuditHead(tx, hash);
  });
}
