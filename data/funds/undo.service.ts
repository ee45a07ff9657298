import { recordAudit } from "../audit/audit.service.ts";
import { type Deed, journalsOf } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { toMajor, toMinor } from "../common/money.ts";
import { reverse } from "../ledger/ledger.service.ts";
import { called, check, type DraftCheck, figure } from "../promotions/checks/sentence.ts";
import { refuseBlocked } from "../promotions/promotions.service.ts";
import { transferRight } from "../promotions/rights.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { FundTransferTable } from "../store/schema/funds.ts";
import type { Actor } from "../users/actor.ts";
import { type FundBalance, insertTransfer, removeTransfer, reopenTransfer, transferById } from "./funds.repo.ts";
import { resolveFund } from "./funds.service.ts";

/** What taking a transfer or a request for one back would do. */
export interface TransferUndo {
  readonly id: number;
  readonly from: FundBalance;
  readonly to: FundBalance;
  readonly amount_minor: number;
  readonly status: FundTransferTable["status"];
  readonly checks: readonly DraftCheck[];
}

/**
 * What taking it back would do, without doing it: money goes the way back (a request that it fulfilled is open again), a
 * request is withdrawn.
 * @throws KamError no_right unless finance takes money back; wrong_state where it was decided meanwhile
 */
export async function planTransferUndo(actor: Actor, store: Store, deed: Deed): Promise<TransferUndo> {
  const row = await transferById(store, Number(deed.entity_id));
  if (!row || row.status !== deed.after?.status)
    throw new KamError("wrong_state", "That request was decided meanwhile, so it cannot be undone.");
  if (row.status !== "requested" && transferRight(actor) !== "move")
    throw new KamError("no_right", `Finance moves funds; ${actor.name} cannot move this money back.`, {
      right: "finance",
    });
  const from = await resolveFund(actor, store, row.from_fund);
  const to = await resolveFund(actor, store, row.to_fund);
  const plan = { id: row.id, from, to, amount_minor: row.amount_minor, status: row.status };
  return { ...plan, checks: row.status === "done" ? [backCheck(plan)] : [] };
}

/** Takes a transfer or a request for one back; everything is looked at again. @throws KamError no_right, wrong_state, blocked */
export async function undoTransfer(actor: Actor, store: Store, deed: Deed): Promise<TransferUndo> {
  return inTransaction(store, async (tx) => {
    const plan = await planTransferUndo(actor, tx, deed);
    refuseBlocked(plan.checks);
    if (plan.status === "requested") await removeTransfer(tx, plan.id);
    else if (deed.before?.status === "requested") await reopenTransfer(tx, plan.id);
    else
      await insertTransfer(tx, {
        from: plan.to.fund_id,
        to: plan.from.fund_id,
        amountMinor: plan.amount_minor,
        status: "done",
        by: actor.id,
        note: "taken back",
      });
    await reverse(actor, tx, journalsOf(deed), `${deed.action} taken back`);
    await recordAudit(actor, tx, {
      action: `undo ${deed.action}`,
      entity: deed.entity,
      entityId: deed.entity_id,
      before: deed.after,
      after: deed.before ?? undefined,
    });
    return plan;
  });
}

/** The money has to be there still, in the fund that it went to. */
function backCheck({ to, amount_minor }: Pick<TransferUndo, "to" | "amount_minor">): DraftCheck {
  const amount = figure("amount", toMajor(amount_minor), to.currency);
  const left = figure("left", to.left, to.currency);
  const fund = called("fund", to.fund);
  return toMinor(to.left) >= amount_minor
    ? check("budget", "pass", [amount, " is covered by the ", left, " left in ", fund, "."])
    : check("budget", "block", [amount, " is more than the ", left, " that is left in ", fund, " by now."]);
}
