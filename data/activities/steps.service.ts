import { resolveAccount, type VisibleAccount } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import type { Deed } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { foldName } from "../common/names.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { activityById, markStep, openNextSteps } from "./activities.repo.ts";
import { type Activity, mayLog } from "./activities.service.ts";

/** How many open steps of an account are looked through. */
const MOST = 500;

/** The open next steps of an account that the words may mean: all of them where nothing is said, those that hold every word. */
export async function stepsMeant(
  store: Store,
  account: VisibleAccount,
  words: string | undefined,
): Promise<Activity[]> {
  const open = await openNextSteps(store, account.id, MOST);
  const wanted = wordsOf(words ?? "");
  if (!wanted.length) return open;
  const held = (step: Activity): number => {
    const own = new Set(wordsOf(step.next_step ?? ""));
    return wanted.filter((word) => own.has(word)).length;
  };
  const most = Math.max(0, ...open.map(held));
  // Half of what was said has to be in it: a step of quite other words is not the one that is meant.
  return most * 2 >= wanted.length ? open.filter((step) => held(step) === most) : [];
}

/** What carries no meaning of its own, so that "the display plan" finds "Send the … display plan by …". */
const EMPTY = new Set("a an the of to for with by and is was it done next step".split(" "));
const wordsOf = (text: string): string[] =>
  foldName(text)
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length > 1 && !EMPTY.has(word));

/**
 * Marks a next step as done. @throws KamError no_right, not_found, wrong_state where it was done meanwhile
 */
export async function completeStep(actor: Actor, store: Store, id: number): Promise<{ account: string; step: string }> {
  mayLog(actor);
  return inTransaction(store, async (tx) => {
    const row = await activityById(tx, id);
    if (row?.next_step == null) throw new KamError("not_found", "That next step does not stand in the log any more.");
    const account = await resolveAccount(actor, tx, row.account_id);
    if (row.done_at !== null) throw new KamError("wrong_state", `That next step was done on ${row.done_at} already.`);
    await markStep(tx, id, { done_at: tx.today, done_by: actor.id });
    await recordAudit(actor, tx, {
      action: "complete",
      entity: "next_step",
      entityId: String(id),
      after: { account: account.name, next_step: row.next_step },
    });
    return { account: account.name, step: row.next_step };
  });
}

/** The next step that would be open again. */
export interface StepUndo {
  readonly account: string;
  readonly step: string;
}

/** @throws KamError no_right, not_found */
export async function planStepUndo(actor: Actor, store: Store, deed: Deed): Promise<StepUndo> {
  mayLog(actor);
  const row = await activityById(store, Number(deed.entity_id));
  if (row?.next_step == null || row.done_at === null)
    throw new KamError("not_found", "That next step is not marked as done any more.");
  const account = await resolveAccount(actor, store, row.account_id);
  return { account: account.name, step: row.next_step };
}

/** Opens a next step again. */
export async function undoStep(actor: Actor, store: Store, deed: Deed): Promise<StepUndo> {
  return inTransaction(store, async (tx) => {
    const step = await planStepUndo(actor, tx, deed);
    await markStep(tx, Number(deed.entity_id), { done_at: null, done_by: null });
    await recordAudit(actor, tx, {
      action: `undo ${deed.action}`,
      entity: deed.entity,
      entityId: deed.entity_id,
      before: deed.after,
    });
    return step;
  });
}
