import { recordAudit } from "../audit/audit.service.ts";
import { type Deed, journalsOf } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { reverse } from "../ledger/ledger.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";

/** What taking booked accruals back would do. */
export interface AccrualUndo {
  /** The Sunday up to which they were booked. */
  readonly to: string;
  readonly journals: number;
}

/** @throws KamError no_right unless finance */
export async function planAccrualUndo(actor: Actor, _store: Store, deed: Deed): Promise<AccrualUndo> {
  if (actor.role !== "finance")
    throw new KamError("no_right", `Finance books accruals; ${actor.name} cannot take them back.`, {
      right: "finance",
    });
  return { to: deed.entity_id, journals: journalsOf(deed).length };
}

/** Reverses the journals. @throws KamError no_right; wrong_state where the money has moved on, say to a claim */
export async function undoAccruals(actor: Actor, store: Store, deed: Deed): Promise<AccrualUndo> {
  return inTransaction(store, async (tx) => {
    const plan = await planAccrualUndo(actor, tx, deed);
    await reverse(actor, tx, journalsOf(deed), "accruals taken back");
    await recordAudit(actor, tx, {
      action: `undo ${deed.action}`,
      entity: deed.entity,
      entityId: deed.entity_id,
      before: deed.after,
    });
    return plan;
  });
}
