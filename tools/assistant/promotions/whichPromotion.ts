import { missingSlot } from "../../../data/common/errors.ts";
import {
  type FoundPromotion,
  type PromotionRow,
  promotionRow,
  resolvePromotion,
} from "../../../data/promotions/reading.service.ts";
import { type PlannableAccount, planAccount } from "../../../data/promotions/rights.service.ts";
import { nextStatus, type PromotionAction, TRANSITIONS } from "../../../data/promotions/states.ts";
import type { ToolContext } from "../../define.ts";

/** @throws KamError missing_slot where none is named; not_found, ambiguous_name, no_right */
export async function whichPromotion(
  { actor, store }: ToolContext,
  ref: string | number | undefined,
  action: PromotionAction | null = null,
): Promise<FoundPromotion> {
  if (ref === undefined) throw missingSlot("promotion", "Which promotion do you mean?");
  return resolvePromotion(actor, store, ref, action ? TRANSITIONS[action].from : []);
}

/**
 * The promotion that a write is about, where the actor may plan on its account and its state allows the action.
 * @throws KamError as `whichPromotion`, and wrong_state
 */
export async function promotionToPlan(
  context: ToolContext,
  ref: string | number | undefined,
  action: PromotionAction | null,
): Promise<{ found: FoundPromotion; row: PromotionRow; account: PlannableAccount }> {
  const found = await whichPromotion(context, ref, action);
  const account = await planAccount(context.actor, context.store, found.account_id);
  const row = await promotionRow(context.store, found);
  if (action) nextStatus(row, action);
  return { found, row, account };
}
