import { type AccrualUndo, planAccrualUndo, undoAccruals } from "../accruals/undo.service.ts";
import { planStepUndo, type StepUndo, undoStep } from "../activities/steps.service.ts";
import { type ActivityUndo, planActivityUndo, undoActivity } from "../activities/undo.service.ts";
import { auditBetween } from "../audit/audit.repo.ts";
import { type ClaimUndo, planClaimUndo, undoSettlement } from "../claims/undo.service.ts";
import { KamError } from "../common/errors.ts";
import { foldName } from "../common/names.ts";
import { planTransferUndo, type TransferUndo, undoTransfer } from "../funds/undo.service.ts";
import { type FundUndo, planFundUndo, undoFund } from "../funds/undoSetting.service.ts";
import { type PromotionUndo, planPromotionUndo, undoPromotionStep } from "../promotions/undo.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import { planTargetUndo, type TargetUndo, undoTarget } from "../targets/undo.service.ts";
import type { Actor } from "../users/actor.ts";
import {
  type AppliedChange,
  changeNumbered,
  changesOfBatch,
  doneSince,
  markUndone,
  standingChanges,
} from "./changes.repo.ts";
import type { Deed } from "./deed.ts";

/** What taking one deed back would do, by what it was done to. */
export type DeedUndo =
  | ({ readonly entity: "promotion" } & PromotionUndo)
  | ({ readonly entity: "fund_transfer" } & TransferUndo)
  | ({ readonly entity: "fund" } & FundUndo)
  | ({ readonly entity: "claim" } & ClaimUndo)
  | ({ readonly entity: "accrual" } & AccrualUndo)
  | ({ readonly entity: "activity" } & ActivityUndo)
  | ({ readonly entity: "next_step" } & StepUndo)
  | ({ readonly entity: "target" } & TargetUndo);

/** An applied change, and what taking it back would do. */
export interface ChangeUndo {
  readonly no: number;
  /** The tool that made it. */
  readonly kind: string;
  readonly at: string;
  readonly deed: Deed;
  readonly undo: DeedUndo;
}

type Plan = (actor: Actor, store: Store, deed: Deed) => Promise<DeedUndo>;

const PLANS: Readonly<Record<string, Plan>> = {
  promotion: async (...on) => ({ entity: "promotion", ...(await planPromotionUndo(...on)) }),
  fund_transfer: async (...on) => ({ entity: "fund_transfer", ...(await planTransferUndo(...on)) }),
  fund: async (...on) => ({ entity: "fund", ...(await planFundUndo(...on)) }),
  accrual: async (...on) => ({ entity: "accrual", ...(await planAccrualUndo(...on)) }),
  claim: async (...on) => ({ entity: "claim", ...(await planClaimUndo(...on)) }),
  activity: async (...on) => ({ entity: "activity", ...(await planActivityUndo(...on)) }),
  next_step: async (...on) => ({ entity: "next_step", ...(await planStepUndo(...on)) }),
  target: async (...on) => ({ entity: "target", ...(await planTargetUndo(...on)) }),
};
const UNDOES: Readonly<Record<string, (actor: Actor, store: Store, deed: Deed) => Promise<unknown>>> = {
  promotion: undoPromotionStep,
  fund_transfer: undoTransfer,
  fund: undoFund,
  accrual: undoAccruals,
  claim: undoSettlement,
  activity: undoActivity,
  next_step: undoStep,
  target: undoTarget,
};

/**
 * What taking a change back would do: the one of that number with those that were approved together with it, the last one
 * that was made to a thing of that name, or the person's last. Everybody takes back changes of her own.
 * @throws KamError not_found where there is none; wrong_state, no_right where it cannot be taken back
 */
export async function planUndo(actor: Actor, store: Store, ref: number | string | undefined): Promise<ChangeUndo[]> {
  const planned: ChangeUndo[] = [];
  for (const change of (await changesMeant(actor, store, ref)).toReversed()) {
    // Of several changes of one thing the last goes first, by itself.
    const again = (await deedsOf(store, change)).some((d) => planned.some((p) => p.deed.entity_id === d.entity_id));
    if (!again) planned.unshift(await planOne(actor, store, change));
  }
  return planned;
}

/**
 * Takes changes back, the last first, each once; what they did is looked at again.
 * @throws KamError wrong_state, no_right, stale, blocked
 */
export async function undoChanges(actor: Actor, store: Store, numbers: readonly number[]): Promise<ChangeUndo[]> {
  return inTransaction(store, async (tx) => {
    const undone: ChangeUndo[] = [];
    for (const no of numbers.toSorted((a, b) => b - a)) {
      const change = await standing(actor, tx, no);
      undone.unshift(await planOne(actor, tx, change));
      for (const deed of (await deedsOf(tx, change)).toReversed()) await UNDOES[deed.entity]!(actor, tx, deed);
      await markUndone(tx, no);
    }
    return undone;
  });
}

async function changesMeant(actor: Actor, store: Store, ref: number | string | undefined): Promise<AppliedChange[]> {
  if (typeof ref === "number") return batchOf(actor, store, await standing(actor, store, ref));
  const query = standingChanges(store, actor.id);
  if (ref === undefined) {
    const last = await query.limit(1).executeTakeFirst();
    if (!last) throw new KamError("not_found", "There is no change of yours that could be undone.");
    return batchOf(actor, store, last);
  }
  for (const change of await query.limit(MOST_LOOKED_AT).execute())
    for (const deed of await deedsOf(store, change)) if (foldName(deed.entity_id) === foldName(ref)) return [change];
  throw new KamError("not_found", `There is no change of yours to ${ref} that could be undone.`, { ref });
}

/** How far back a name is looked for. */
const MOST_LOOKED_AT = 200;

/** Those of the actor's that were approved together with it and stand. */
async function batchOf(actor: Actor, store: Store, change: AppliedChange): Promise<AppliedChange[]> {
  if (change.batch === null) return [change];
  const all = await changesOfBatch(store, change.batch);
  return all.filter((c) => c.by === actor.id && c.undone_at === null && c.kind !== "undo_change");
}

/** @throws KamError not_found, no_right, wrong_state */
async function standing(actor: Actor, store: Store, no: number): Promise<AppliedChange> {
  const change = await changeNumbered(store, no);
  if (!change || change.kind === "undo_change") throw new KamError("not_found", "There is no such change to undo.");
  if (change.by !== actor.id) throw new KamError("no_right", "Only who made a change can undo it.");
  if (change.undone_at !== null) throw new KamError("wrong_state", "That change has been undone already.");
  return change;
}

async function deedsOf(store: Store, change: AppliedChange): Promise<Deed[]> {
  const rows = await auditBetween(store, change.first_audit, change.no);
  return rows.map(({ action, entity, entity_id, before, after }) => ({
    action,
    entity,
    entity_id,
    before: before === null ? null : JSON.parse(before),
    after: after === null ? null : JSON.parse(after),
  }));
}

async function planOne(actor: Actor, store: Store, change: AppliedChange): Promise<ChangeUndo> {
  const [deed, more] = await deedsOf(store, change);
  if (!deed || more || !(deed.entity in PLANS))
    throw new KamError("wrong_state", "That change is of a kind that cannot be undone.");
  await refuseChangedSince(actor, store, change, deed);
  const undo = await PLANS[deed.entity]!(actor, store, deed);
  return { no: change.no, kind: change.kind, at: change.at, deed, undo };
}

const SINCE: Readonly<Record<string, string>> = {
  update: "changed",
  submit: "submitted",
  approve: "approved",
  reject: "rejected",
  cancel: "cancelled",
  start: "started",
  finish: "ended",
  pay: "paid",
  part_pay: "partly paid",
  dispute: "disputed",
  change: "changed",
  book: "booked",
  move: "moved",
  request: "asked for again",
};

/** A later change of the same thing has to be taken back first; another's, or the calendar's, stands. */
async function refuseChangedSince(actor: Actor, store: Store, change: AppliedChange, deed: Deed): Promise<void> {
  const since = (await doneSince(store, deed, change.no)).at(-1);
  if (!since) return;
  const what = deed.entity === "promotion" || deed.entity === "claim" ? deed.entity_id : "It";
  const was = `${what} was ${SINCE[since.action] ?? "changed"} since`;
  throw new KamError(
    "wrong_state",
    since.actor === actor.id
      ? `${was}: undo that first.`
      : `${was} by ${since.person ?? "somebody else"}, so this cannot be undone any more.`,
    { changed_by: since.person },
  );
}
