import { KamError } from "../common/errors.ts";
import { either } from "../common/words.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";

export type PromotionStatus = PromotionTable["status"];
export type PromotionAction = "update" | "submit" | "approve" | "reject" | "cancel" | "start" | "finish" | "close";

/** The life of a promotion as data: from which states an action may be taken, and where it leads. */
export const TRANSITIONS: Readonly<
  Record<PromotionAction, { readonly from: readonly PromotionStatus[]; readonly to: PromotionStatus }>
> = {
  update: { from: ["draft"], to: "draft" },
  submit: { from: ["draft"], to: "submitted" },
  approve: { from: ["submitted"], to: "approved" },
  reject: { from: ["submitted"], to: "draft" },
  cancel: { from: ["draft", "submitted", "approved"], to: "cancelled" },
  start: { from: ["approved"], to: "running" },
  finish: { from: ["running"], to: "ended" },
  close: { from: ["ended"], to: "closed" },
};

const DONE: Readonly<Record<PromotionAction, string>> = {
  update: "changed",
  submit: "submitted",
  approve: "approved",
  reject: "rejected",
  cancel: "cancelled",
  start: "started",
  finish: "ended",
  close: "closed",
};

const STATE_WORDS: Readonly<Record<PromotionStatus, string>> = {
  draft: "a draft",
  submitted: "submitted",
  approved: "approved",
  running: "running",
  ended: "over",
  closed: "closed",
  cancelled: "cancelled",
};

/**
 * The state that an action leads to.
 * @throws KamError wrong_state, naming the promotion's state and the states in which the action is possible
 */
export function nextStatus(
  promotion: { readonly code: string; readonly name: string; readonly status: PromotionStatus },
  action: PromotionAction,
): PromotionStatus {
  const { from, to } = TRANSITIONS[action];
  if (from.includes(promotion.status)) return to;
  throw new KamError(
    "wrong_state",
    `${promotion.code}, ${promotion.name} is ${STATE_WORDS[promotion.status]}; only one that is ${either(from.map((s) => STATE_WORDS[s]))} can be ${DONE[action]}.`,
    { promotion: promotion.code, status: promotion.status, possible: from },
  );
}
