import type { Pending } from "../answer.ts";
import type { Channel } from "../turn.ts";

/** What waits, by name, and how to decide about it on this channel. */
export function describePending(pending: readonly Pending[], channel: Channel): string {
  const names = pending.map((item) => nameOf(item)).join("; ");
  const blocked = pending.every((item) => item.checks.some((check) => check.verdict === "block"));
  const waits = `Waiting for your decision: ${names}.`;
  if (blocked) return `${waits} It cannot be approved as it is; tell me what to change, or say no to discard it.`;
  if (channel === "voice") return `${waits} I do not approve by voice: confirm it on the screen, or type yes.`;
  if (pending.length > 1) return `${waits} Approve or reject each of them by its card, or say which one you mean.`;
  return `${waits} Say yes to approve it, no to discard it, or tell me what to change.`;
}

/** A pending item in a person's words: its tool and what it is about. */
export function nameOf(item: Pending): string {
  const { name, promotion, account, claim } = item.change as Record<string, unknown>;
  const about = [promotion, name, claim].find((part) => typeof part === "string") ?? account;
  const verb = item.kind.split("_")[0];
  return typeof about === "string" ? `${verb} ${about}` : item.kind.replaceAll("_", " ");
}
