import { recordAudit } from "../audit/audit.service.ts";
import { type Deed, journalsOf } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { reverse } from "../ledger/ledger.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { type FundInTree, fundTree, updateFund } from "./setting.repo.ts";
import { maySetFunds } from "./setting.service.ts";

/** What taking the setting of a fund back would do: its money goes, and of one that was changed the old name, dates and rate return. */
export interface FundUndo {
  readonly fund: FundInTree;
  readonly created: boolean;
}

type Before = { readonly name: string; readonly start: string; readonly end: string; readonly rate: number | null };

/** @throws KamError no_right, wrong_state */
export async function planFundUndo(actor: Actor, store: Store, deed: Deed): Promise<FundUndo> {
  maySetFunds(actor);
  const account = (deed.after?.account_id as number | null | undefined) ?? null;
  const all = await fundTree(store, account === null ? [] : [account], account === null);
  const fund = all.find((f) => f.fund_id === Number(deed.entity_id));
  if (!fund) throw new KamError("wrong_state", "That fund is not in the store any more, so this cannot be undone.");
  return { fund, created: deed.action === "set" };
}

/**
 * Takes it back. A fund that was set up stays in the books without money, and pays nothing.
 * @throws KamError no_right; blocked where its money is held or spent by now
 */
export async function undoFund(actor: Actor, store: Store, deed: Deed): Promise<FundUndo> {
  return inTransaction(store, async (tx) => {
    const plan = await planFundUndo(actor, tx, deed);
    await reverse(actor, tx, journalsOf(deed), "setting of the fund taken back");
    if (plan.created) await updateFund(tx, plan.fund.fund_id, { rate: null });
    else {
      const { name, start, end, rate } = deed.before as unknown as Before;
      await updateFund(tx, plan.fund.fund_id, { name, start, end, rate });
    }
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
