import type { Args, PendingItem, PriorCall } from "../types.ts";

/** A call of the thread of which something still waits: as it would be said for what is left of it. */
export interface WaitingCall {
  readonly tool: string;
  readonly args: Args;
  /** Its items that wait. */
  readonly items: readonly PendingItem[];
}

/** The calls whose proposals wait, newest first. @param calls newest first */
export function waitingCalls(calls: readonly PriorCall[], pending: readonly PendingItem[]): WaitingCall[] {
  const left = new Map(pending.map((item) => [item.id, item]));
  const found: WaitingCall[] = [];
  for (const call of calls) {
    if (call.status !== "proposed") continue;
    const items = (call.items ?? []).flatMap((id) => left.get(id) ?? []);
    if (items.length === 0) continue;
    for (const { id } of items) left.delete(id);
    found.push(partOf({ tool: call.tool, args: call.args, items }, items));
  }
  return found;
}

/** The call for some of its items: of a series the accounts of these, still tied to the others. */
export function partOf(call: WaitingCall, items: readonly PendingItem[]): WaitingCall {
  const all = call.args.accounts as unknown[] | undefined;
  const accounts = items.map((item) => item.change.account);
  if (!all || accounts.length >= all.length) return { ...call, items };
  const { accounts: _, ...rest } = call.args;
  const series = items[0]?.change.series;
  return {
    tool: call.tool,
    args: {
      ...rest,
      ...(accounts.length === 1 ? { account: accounts[0] } : { accounts }),
      ...(typeof series === "string" ? { series } : {}),
    },
    items,
  };
}

/** The newest call of which an item waits at an account, for that item alone; without an account the newest of all. */
export function waitingCall(
  calls: readonly PriorCall[],
  pending: readonly PendingItem[],
  account?: string,
): WaitingCall | null {
  const all = waitingCalls(calls, pending);
  for (const call of account ? all : []) {
    const here = call.items.filter((item) => item.change.account === account);
    if (here.length) return partOf(call, here);
  }
  return all[0] ?? null;
}

export const idsOf = (call: WaitingCall): string[] => call.items.map(({ id }) => id);
