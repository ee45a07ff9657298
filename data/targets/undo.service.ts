import { resolveAccount } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import type { Deed } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { deleteTarget, type Target, targetById, updateTarget } from "./targets.repo.ts";
import { maySetTargets } from "./targets.service.ts";

/** The target as it stands, and the value it would have again; null where it would be gone. */
export interface TargetUndo {
  readonly target: Target;
  readonly old: Pick<Target, "value" | "value_minor" | "currency" | "set_by" | "set_at" | "note"> | null;
}

/** @throws KamError no_right, not_found */
export async function planTargetUndo(actor: Actor, store: Store, deed: Deed): Promise<TargetUndo> {
  maySetTargets(actor);
  const target = await targetById(store, Number(deed.entity_id));
  if (!target) throw new KamError("not_found", "That target does not stand any more.");
  await resolveAccount(actor, store, target.account_id);
  return { target, old: deed.before as unknown as TargetUndo["old"] };
}

/** Takes a target back, to the value before or out of the plan. @throws KamError no_right, not_found */
export async function undoTarget(actor: Actor, store: Store, deed: Deed): Promise<TargetUndo> {
  return inTransaction(store, async (tx) => {
    const plan = await planTargetUndo(actor, tx, deed);
    if (plan.old) await updateTarget(tx, plan.target.id, plan.old);
    else await deleteTarget(tx, plan.target.id);
    await recordAudit(actor, tx, {
      action: `undo ${deed.action}`,
      entity: deed.entity,
      entityId: deed.entity_id,
      before: deed.after,
      after: deed.before,
    });
    return plan;
  });
}
