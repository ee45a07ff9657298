import { periodInWords } from "../../data/common/format.ts";
import type { Pending } from "../answer.ts";
import type { Channel } from "../turn.ts";

const WHY = {
  keep: "All right, nothing is written and it goes on waiting.",
  gone: "Nothing of that name is waiting any more.",
  unsaved: "That is not saved yet; approve it first, then it can be submitted.",
} as const;

/**
 * What waits, by name, and how to decide about it on this channel.
 * @param why what is said first: she let it wait, or wants more than can be done before it is saved
 */
export function describePending(pending: readonly Pending[], channel: Channel, why?: keyof typeof WHY): string {
  const waits = waitingWords(pending, channel);
  return why ? `${WHY[why]} ${waits}` : waits;
}

function waitingWords(pending: readonly Pending[], channel: Channel): string {
  const names = pending
    .map((item) => `${nameOf(item)}${isBlocked(item) && pending.length > 1 ? ", which a check blocks" : ""}`)
    .join("; ");
  const blocked = pending.every(isBlocked);
  const waits = `Waiting for your decision: ${names}.`;
  if (blocked) return `${waits} It cannot be approved as it is; tell me what to change, or say no to discard it.`;
  if (channel === "voice") return `${waits} I do not approve by voice: confirm it on the screen, or type yes.`;
  if (pending.length > 1) return `${waits} Approve or reject each of them by its card, or say which one you mean.`;
  return `${waits} Say yes to approve it, no to discard it, or tell me what to change.`;
}

/** A pending item in a person's words: what would be done, and to what. */
export function nameOf(item: Pending): string {
  const { name, promotion, account, claim, decision } = item.change as Record<string, unknown>;
  const about = [claim, promotion, name, account].find((part) => typeof part === "string");
  const verb = (typeof decision === "string" ? DECIDES[decision] : undefined) ?? VERBS[item.kind];
  const { start, end } = item.change;
  const dates =
    typeof start === "string" && typeof end === "string" ? ` (${periodInWords({ from: start, to: end })})` : "";
  return `${[verb ?? item.kind.replaceAll("_", " "), about].filter(Boolean).join(" ")}${dates}`;
}

const isBlocked = (item: Pending): boolean => item.checks.some((check) => check.verdict === "block");

const VERBS: Readonly<Record<string, string>> = {
  create_promotion: "create",
  copy_promotion: "create",
  update_promotion: "change",
  cancel_promotion: "cancel",
  submit_promotion: "submit",
  move_funds: "move",
  match_claim: "match",
  close_promotion: "close",
  comment_promotion: "comment on",
  attach_evidence: "attach a proof to",
  override_check: "override a check of",
  set_policy: "change the policy for the",
  book_accruals: "book",
  set_fund: "set up",
  log_activity: "log the note for",
  set_target: "agree the target for",
  complete_step: "mark a next step as done with",
  undo_change: "take back the last change of",
  set_preference: "keep",
  delete_preference: "forget",
};
const DECIDES: Readonly<Record<string, string>> = {
  approve: "approve",
  reject: "reject",
  pay: "pay",
  part_pay: "partly pay",
  dispute: "dispute",
};
