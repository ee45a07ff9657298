import { z } from "zod";
import { resolveAccount } from "../../../data/accounts/accounts.service.ts";
import { KamError } from "../../../data/common/errors.ts";
import type { PromotionDraft } from "../../../data/promotions/draft.ts";
import { type Changed, createDraft } from "../../../data/promotions/promotions.service.ts";
import { planAccount } from "../../../data/promotions/rights.service.ts";
import { promotionArgs } from "../../args.ts";
import type { Proposal, ToolContext } from "../../define.ts";
import { draftOfChange } from "./change.ts";
import { changedWish, wishOfDraft } from "./changedWish.ts";
import { parseEdit } from "./edits.ts";
import type { Forecaster } from "./forecaster.ts";
import { ownPlanArgs } from "./ownPlan.ts";
import { type Of, planDraft } from "./planDraft.ts";
import { productsAt } from "./products.ts";
import { keepPlan } from "./tieForecast.ts";
import { windowArgs } from "./windows.ts";

const editSchema = z.strictObject({ ...promotionArgs, ...ownPlanArgs, ...windowArgs });

/** The draft that is written: as it was approved, or with the edit planned, forecast and checked anew. */
export async function draftToWrite(
  context: ToolContext,
  forecaster: Forecaster,
  change: Proposal["change"],
  edit: Readonly<Record<string, unknown>> | undefined,
  of: Of | null = null,
): Promise<PromotionDraft> {
  const approved = draftOfChange(change);
  if (!edit || Object.keys(edit).length === 0) return approved;
  const args = parseEdit(editSchema, edit);
  const { actor, store } = context;
  const now = await resolveAccount(actor, store, approved.account_id);
  const moved = args.account === undefined ? now : await planAccount(actor, store, args.account);
  if (of && moved.id !== now.id)
    throw new KamError("bad_input", `A promotion stays with its account; copy it to ${moved.name} instead.`);
  const wish = await wishOfDraft(store, approved, now);
  const here = moved.id === now.id ? wish : { ...wish, account: moved };
  const products =
    moved.id === now.id || args.products
      ? here.products
      : (
          await productsAt(
            store,
            moved,
            wish.products.map((p) => p.id),
            { from: here.start, to: here.end },
          )
        ).products;
  const edited = await changedWish(store, { ...here, products }, args);
  return (await planDraft(context, forecaster, edited.wish, of)).draft;
}

/** Writes a new draft and tells what it became. */
export async function commitNewDraft(
  context: ToolContext,
  forecaster: Forecaster,
  change: Proposal["change"],
  edit: Readonly<Record<string, unknown>> | undefined,
): Promise<Record<string, unknown>> {
  const draft = await draftToWrite(context, forecaster, change, edit);
  const done = await createDraft(context.actor, context.store, draft);
  await keepPlan(context, forecaster, done.id, draft);
  return committed(done, draft);
}

/** The result of a committed change: which promotion it is, and what it says now. */
export const committed = (done: Changed, draft?: PromotionDraft) => ({
  promotion: done.code,
  name: done.name,
  status: done.status,
  version: done.version,
  ...(done.waits_for ? { waits_for: done.waits_for } : {}),
  ...(draft && { start: draft.start, end: draft.end, series: draft.series }),
});
