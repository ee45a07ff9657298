import { resolveAccount } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import type { Deed } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { ActivityTable } from "../store/schema/activities.ts";
import type { Actor } from "../users/actor.ts";
import { activityById, deleteActivity } from "./activities.repo.ts";
import { mayLog } from "./activities.service.ts";

/** The note that would leave the log. */
export interface ActivityUndo extends Omit<ActivityTable, "id"> {
  readonly account: string;
}

/** @throws KamError no_right unless it is the actor's own note; not_found */
export async function planActivityUndo(actor: Actor, store: Store, deed: Deed): Promise<ActivityUndo> {
  mayLog(actor);
  const row = await activityById(store, Number(deed.entity_id));
  if (!row) throw new KamError("not_found", "That note does not stand in the log any more.");
  if (row.by !== actor.id) throw new KamError("no_right", "Only who logged a note can take it back.");
  const account = await resolveAccount(actor, store, row.account_id);
  return { ...row, account: account.name };
}

/** Takes a note out of the log; the audit log keeps what it said. */
export async function undoActivity(actor: Actor, store: Store, deed: Deed): Promise<ActivityUndo> {
  return inTransaction(store, async (tx) => {
    const note = await planActivityUndo(actor, tx, deed);
    await deleteActivity(tx, Number(deed.entity_id));
    await recordAudit(actor, tx, {
      action: `undo ${deed.action}`,
      entity: deed.entity,
      entityId: deed.entity_id,
      before: deed.after,
    });
    return note;
  });
}
