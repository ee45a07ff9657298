import { recordAudit } from "../audit/audit.service.ts";
import { type Deed, journalsOf } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { reverse } from "../ledger/ledger.service.ts";
import { raiseDataVersion } from "../meta/dataVersion.repo.ts";
import { deleteApprovals } from "../policies/approvals.repo.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { PromotionSpendTable } from "../store/schema/promotions.ts";
import type { Actor } from "../users/actor.ts";
import { checkDraft } from "./checks/checkDraft.service.ts";
import type { DraftCheck } from "./checks/sentence.ts";
import { endRequests } from "./closing.repo.ts";
import { mayClose } from "./closing.service.ts";
import type { PromotionDraft } from "./draft.ts";
import { insertHistory, moveStatus, promotionOfCode, setWindows } from "./promotions.repo.ts";
import { cancelPromotion, refuseBlocked, storedDraft, updateDraft } from "./promotions.service.ts";
import type { PromotionRow } from "./reading.service.ts";
import { mayDecide, planAccount } from "./rights.service.ts";
import { nextStatus, type PromotionStatus } from "./states.ts";

/** What taking a step of a promotion back would do. */
export interface PromotionUndo {
  readonly row: PromotionRow;
  readonly to: PromotionStatus;
  /** As the promotion is now, and as it would be again, where more than its state changes. */
  readonly now: PromotionDraft;
  readonly old: PromotionDraft | null;
  readonly checks: readonly DraftCheck[];
}

/** A draft as it was before it was changed, with the windows that it had. */
type Before = PromotionDraft & { readonly windows: Parameters<typeof setWindows>[2] };

const REASON = "taken back";
const DECISIONS = ["approve", "reject", "first_approve"];

/**
 * What taking back one step of a promotion would do, without doing it: a new draft is cancelled, a changed one gets its old
 * values, a state goes back to the one before.
 * @throws KamError no_right, wrong_state
 */
export async function planPromotionUndo(actor: Actor, store: Store, deed: Deed): Promise<PromotionUndo> {
  const row = await promotionOfCode(store, deed.entity_id);
  if (!row) throw new KamError("not_found", `There is no promotion ${deed.entity_id} in the store any more.`);
  if (DECISIONS.includes(deed.action)) await mayDecide(actor, store, row);
  else if (deed.action === "close") mayClose(actor, row);
  else await planAccount(actor, store, row.account_id);
  const now = await storedDraft(store, row);
  const here = { promotionId: row.id, fundId: row.fund_id };
  if (deed.action === "create") {
    if (row.status !== "draft") throw movedOn(row, "draft");
    return { row, to: nextStatus(row, "cancel"), now, old: null, checks: [] };
  }
  if (deed.action === "update") {
    const { windows: _, ...old } = deed.before as unknown as Before;
    return { row, to: nextStatus(row, "update"), now, old, checks: await checkDraft(actor, store, old, here) };
  }
  const from = deed.after?.status as PromotionStatus;
  // A first approval or a request leaves the state as it is.
  const to = (deed.before?.status as PromotionStatus | undefined) ?? from;
  if (row.status !== from) throw movedOn(row, from);
  // What is taken back into a state in which it counts again has to pass what it passed to get there.
  const old = deed.action === "cancel" ? { ...now, spend_minor: heldBefore(deed) } : null;
  const counts = deed.action === "cancel" || deed.action === "reject";
  const checks = counts ? await checkDraft(actor, store, old ?? now, { ...here, noticeBinds: false }) : [];
  return { row, to, now, old: null, checks };
}

/**
 * Takes one step of a promotion back; rights, state and checks are looked at again.
 * @throws KamError no_right, wrong_state, stale, blocked
 */
export async function undoPromotionStep(actor: Actor, store: Store, deed: Deed): Promise<PromotionUndo> {
  return inTransaction(store, async (tx) => {
    const plan = await planPromotionUndo(actor, tx, deed);
    refuseBlocked(plan.checks);
    const { row, to, old } = plan;
    if (deed.action === "create") await cancelPromotion(actor, tx, row.id, REASON);
    else if (old) {
      await updateDraft(actor, tx, row.id, row.version, old);
      await setWindows(tx, row.id, (deed.before as unknown as Before).windows);
    } else {
      if (to !== row.status && !(await moveStatus(tx, row.id, row.status, to))) throw movedOn(row, row.status);
      await reverse(actor, tx, journalsOf(deed), `${deed.action} taken back`);
      if (DECISIONS.includes(deed.action)) await deleteApprovals(tx, row.id, actor.id);
      if (deed.action === "submit") await deleteApprovals(tx, row.id);
      if (deed.action === "request_close") await endRequests(tx, row.id, "replaced");
      if (to !== row.status) await insertHistory(tx, row.id, { from: row.status, to, by: actor.id, reason: REASON });
      await recordAudit(actor, tx, {
        action: `undo ${deed.action}`,
        entity: "promotion",
        entityId: row.code,
        before: { status: row.status },
        after: { status: to },
      });
      if (row.start <= tx.today) await raiseDataVersion(tx);
    }
    return plan;
  });
}

const released = (deed: Deed): readonly PromotionSpendTable[] =>
  (deed.before?.released as readonly PromotionSpendTable[] | undefined) ?? [];

function heldBefore(deed: Deed): number | null {
  const rows = released(deed);
  return rows.length ? rows.reduce((sum, row) => sum + row.amount_minor, 0) : null;
}

const movedOn = (row: PromotionRow, from: PromotionStatus): KamError =>
  new KamError("wrong_state", `${row.code}, ${row.name} is not ${from} any more, so this cannot be undone.`, {
    promotion: row.code,
    status: row.status,
  });
