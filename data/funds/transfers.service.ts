import { recordAudit } from "../audit/audit.service.ts";
import { KamError, missingSlot } from "../common/errors.ts";
import { toMinor } from "../common/money.ts";
import { moveBetween } from "../ledger/grants.service.ts";
import { transferRight } from "../promotions/rights.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { type FundBalance, insertTransfer, openTransfers, rejectTransfer, settleTransfer } from "./funds.repo.ts";
import { resolveFund } from "./funds.service.ts";

export interface TransferPlan {
  readonly from: FundBalance;
  readonly to: FundBalance;
  readonly amount_minor: number;
  /** Finance moves; anybody else asks finance to. */
  readonly status: "requested" | "done";
  /** A colleague's open request that this move would fulfil. */
  readonly request: { readonly id: number; readonly requester: string } | null;
  /** False where the fund does not have that much left. */
  readonly affordable: boolean;
}

/**
 * What a transfer would be, without doing it.
 * @param amountMinor minor units, > 0
 * @throws KamError no_right, unknown_name, ambiguous_name, bad_input (the same fund twice, two currencies)
 */
export async function planTransfer(
  actor: Actor,
  store: Store,
  fromRef: string | number,
  toRef: string | number,
  amountMinor: number,
): Promise<TransferPlan> {
  const right = transferRight(actor);
  const from = await resolveFund(actor, store, fromRef);
  const to = await resolveFund(actor, store, toRef);
  if (from.fund_id === to.fund_id)
    throw new KamError("bad_input", `The money would stay in ${from.fund}; name another fund to move it to.`, {
      fund: from.fund,
    });
  if (from.currency !== to.currency)
    throw new KamError(
      "bad_input",
      `${from.fund} is kept in ${from.currency} and ${to.fund} in ${to.currency}; money moves within one currency only.`,
    );
  const status = right === "move" ? "done" : "requested";
  const open = status === "done" ? await openTransfers(store) : [];
  const request = open.find(
    (t) => t.from_fund === from.fund_id && t.to_fund === to.fund_id && t.amount_minor === amountMinor,
  );
  return {
    from,
    to,
    amount_minor: amountMinor,
    status,
    request: request ? { id: request.id, requester: request.requester } : null,
    affordable: toMinor(from.left) >= amountMinor,
  };
}

/**
 * Moves the money, or writes the request; everything is looked at again.
 * @returns the transfer's id and state
 * @throws KamError blocked where the fund does not have that much left
 */
export async function transfer(
  actor: Actor,
  store: Store,
  fromId: number,
  toId: number,
  amountMinor: number,
  note: string | null,
): Promise<{ id: number; plan: TransferPlan }> {
  return inTransaction(store, async (tx) => {
    const plan = await planTransfer(actor, tx, fromId, toId, amountMinor);
    if (!plan.affordable)
      throw new KamError("blocked", `${plan.from.fund} does not have that much left.`, {
        rule: "budget",
        fund: plan.from.fund,
      });
    let id = plan.request?.id;
    if (id === undefined) {
      const made = await insertTransfer(tx, {
        from: fromId,
        to: toId,
        amountMinor,
        status: plan.status,
        by: actor.id,
        note,
      });
      id = made.id;
    } else await settleTransfer(tx, id, actor.id);
    const moved = { from: plan.from, to: plan.to, amountMinor, transferId: id, memo: note };
    const journals = plan.status === "done" ? await moveBetween(actor, tx, moved) : [];
    await recordAudit(actor, tx, {
      action: plan.status === "done" ? "move" : "request",
      entity: "fund_transfer",
      entityId: String(id),
      // A request that somebody else left is fulfilled; otherwise the transfer is a new one.
      ...(plan.request ? { before: { status: "requested" } } : {}),
      after: { from: plan.from.fund, to: plan.to.fund, amount_minor: amountMinor, status: plan.status, journals },
    });
    return { id, plan };
  });
}

/** A request for money that finance has not decided, with its funds as they stand. */
export interface TransferRequest extends TransferPlan {
  readonly id: number;
  readonly requester: string;
  readonly date: string;
  readonly note: string | null;
}

/** What is said of a request: its number, its funds (or accounts), its amount; nothing where only one is open. */
export interface RequestRef {
  readonly id?: number | undefined;
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
  readonly amount_minor?: number | undefined;
}

/**
 * The open request that is meant.
 * @throws KamError no_right unless finance decides; not_found; missing_slot where several fit; unknown_name, ambiguous_name
 */
export async function openRequest(actor: Actor, store: Store, of: RequestRef = {}): Promise<TransferRequest> {
  if (transferRight(actor) !== "move")
    throw new KamError("no_right", `Finance decides requests for money; ${actor.name} cannot.`, { right: "finance" });
  const from = of.from === undefined ? undefined : await resolveFund(actor, store, of.from);
  const to = of.to === undefined ? undefined : await resolveFund(actor, store, of.to);
  const fits = (said: number | undefined, is: number): boolean => said === undefined || said === is;
  const open = (await openTransfers(store)).filter(
    (t) =>
      fits(of.id, t.id) &&
      fits(from?.fund_id, t.from_fund) &&
      fits(to?.fund_id, t.to_fund) &&
      fits(of.amount_minor, t.amount_minor),
  );
  if (open.length > 1)
    throw missingSlot(
      "from",
      `Several requests for money fit (${open.map((t) => `number ${t.id} of ${t.requester}`).join(", ")}): from which fund, and to which, is the one you mean?`,
    );
  const row = open[0];
  if (!row)
    throw new KamError(
      "not_found",
      Object.values(of).every((part) => part === undefined)
        ? "No request for money is open."
        : "No open request for money is that one; ask for the budget to see what is open.",
    );
  const plan = await planTransfer(actor, store, row.from_fund, row.to_fund, row.amount_minor);
  const { requester, date, note } = row;
  return { ...plan, request: { id: row.id, requester }, id: row.id, requester, date, note };
}

/** Turns a request for money down, with the reason; the money stays. @throws KamError no_right, not_found */
export async function rejectRequest(
  actor: Actor,
  store: Store,
  id: number,
  reason: string | null,
): Promise<TransferRequest> {
  return inTransaction(store, async (tx) => {
    const request = await openRequest(actor, tx, { id });
    if (!(await rejectTransfer(tx, id, actor.id, reason ?? request.note)))
      throw new KamError("stale", `Request ${id} was decided just now; look at it again.`);
    await recordAudit(actor, tx, {
      action: "reject",
      entity: "fund_transfer",
      entityId: String(id),
      before: { status: "requested", note: request.note },
      after: {
        status: "rejected",
        reason,
        from: request.from.fund,
        to: request.to.fund,
        amount_minor: request.amount_minor,
      },
    });
    return request;
  });
}
