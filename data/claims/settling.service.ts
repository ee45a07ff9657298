import { recordAudit } from "../audit/audit.service.ts";
import { KamError, missingSlot } from "../common/errors.ts";
import { settleSpend, unclaimSpend } from "../ledger/spend.service.ts";
import { insertOverride, overrideFor } from "../policies/overrides.repo.ts";
import { mayOverride } from "../policies/overrides.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { closeRequests, decideClaim, insertLetter, insertRequest } from "./claims.repo.ts";
import { type AssessedClaim, resolveClaim } from "./claims.service.ts";
import { AMOUNT_TOLERANCE } from "./doubts.ts";

export type ClaimDecision = "pay" | "dispute" | "part_pay";

/** A decision that fits its claim: only `decisionFor` makes one. Amounts in minor units; a dispute pays nothing. */
export interface FittingDecision {
  readonly decision: ClaimDecision;
  readonly amount: number;
  /** True where a payment below the claim was taken as a part payment. */
  readonly madePart: boolean;
}

/** What is to be done with a claim, as a person approved it. */
export interface Settlement {
  readonly claimId: number;
  readonly decision: ClaimDecision;
  /** Minor units. */
  readonly amount: number | null;
  readonly reason: string | null;
  /** The letter to the retailer that goes with it, as the person left it. */
  readonly letter?: { readonly recipient: string; readonly body: string } | null;
}

const STATUS = { pay: "paid", part_pay: "part_paid", dispute: "disputed" } as const;

/** Finance settles; everyone else who works with accounts asks finance to. */
export const settles = (actor: Actor): boolean => actor.role === "finance";

/** @throws KamError no_right where the actor only reads. */
export function mayAsk(actor: Actor): void {
  if (actor.role === "reader") {
    throw new KamError(
      "no_right",
      `${actor.name} only reads: finance settles claims, and the account's manager asks for it.`,
    );
  }
}

/**
 * What is to be done with a claim, checked against its state and amount.
 * @param amount minor units; null where none was named: the whole claim for a payment
 * @throws KamError wrong_state, missing_slot, bad_input
 */
export function decisionFor(claim: AssessedClaim, decision: ClaimDecision, amount: number | null): FittingDecision {
  if (
    claim.status === "paid" ||
    claim.status === "part_paid" ||
    (claim.status === "disputed" && decision === "dispute")
  ) {
    throw new KamError("wrong_state", `${claim.code} is ${claim.status.replace("_", "-")} already.`, {
      claim: claim.code,
      status: claim.status,
    });
  }
  if (decision === "dispute") return { decision, amount: 0, madePart: false };
  if (amount === null && decision === "part_pay") {
    throw missingSlot("amount", `How much of ${claim.code} is to be paid?`, { claim: claim.code });
  }
  const paid = amount ?? claim.amount_minor;
  if (paid <= 0)
    throw new KamError(
      "bad_input",
      `A payment of ${claim.code} must be more than nothing; to pay nothing, dispute it.`,
    );
  if (paid > claim.amount_minor) {
    throw new KamError("bad_input", `${claim.code} asks for less than that: a payment cannot pass the claim.`);
  }
  const whole = paid === claim.amount_minor;
  return { decision: whole ? "pay" : "part_pay", amount: paid, madePart: decision === "pay" && !whole };
}

/**
 * Settles a claim: its state, and for a payment the money of its promotion from accrued to settled, in one transaction.
 * @throws KamError no_right unless finance; wrong_state, stale
 */
export async function settleClaim(
  actor: Actor,
  store: Store,
  order: Settlement,
): Promise<{ claim: string; fundMoved: boolean }> {
  if (!settles(actor)) {
    throw new KamError("no_right", `Finance settles claims; ${actor.name} can ask finance to, which is a request.`);
  }
  return inTransaction(store, async (tx) => {
    const claim = await resolveClaim(actor, tx, order.claimId);
    const { decision, amount } = decisionFor(claim, order.decision, order.amount);
    const decided = await decideClaim(tx, claim, {
      status: STATUS[decision],
      settled_minor: decision === "dispute" ? null : amount,
      decided_by: actor.id,
      decided_at: tx.today,
      reason: order.reason ?? claim.reason,
    });
    if (!decided) throw new KamError("stale", `${claim.code} was decided by somebody else just now; look at it again.`);
    const overrides = await passAbovePlan(actor, tx, claim, amount, order.reason);
    const { journals, funded } = await payClaim(actor, tx, claim, amount);
    const letter = await keepLetter(actor, tx, claim.id, { ...order, decision }, "approved");
    const requests = await closeRequests(tx, claim.id, "done");
    const { status, settled_minor, decided_by, decided_at, reason } = claim;
    await recordAudit(actor, tx, {
      action: decision,
      entity: "claim",
      entityId: claim.code,
      before: { status, settled_minor, decided_by, decided_at, reason, requests },
      after: { status: STATUS[decision], settled_minor: amount, reason: order.reason, journals, letter, overrides },
    });
    return { claim: claim.code, fundMoved: funded };
  });
}

/** @returns the id of the letter that was kept, or null where none goes with the decision */
async function keepLetter(
  actor: Actor,
  tx: Store,
  claimId: number,
  { decision, letter }: Settlement,
  status: "requested" | "approved",
): Promise<number | null> {
  if (!letter?.body.trim()) return null;
  const { recipient, body } = letter;
  const row = { claim_id: claimId, decision, recipient, body, status, written_by: actor.id, date: tx.today };
  return (await insertLetter(tx, row)).id;
}

/** The rule that a payment of more than is booked for its promotion passes over. */
export const ABOVE_PLAN = "claim_above_plan";

/** What a payment takes of each promotion above what is booked for it, minor units; within the tolerance nothing. */
export const abovePlan = (claim: AssessedClaim, amount: number) =>
  sharesOfPayment(claim, amount).flatMap(({ promotionId, amountMinor }) => {
    const part = claim.allocations.find((one) => one.promotion_id === promotionId);
    if (!part || part.still_booked === null) return [];
    const above = amountMinor - Math.max(0, part.still_booked);
    return above > AMOUNT_TOLERANCE * Math.max(0, part.still_booked) ? [{ promotionId: part.promotion_id, above }] : [];
  });

/**
 * A payment above the plan passes by an override only: one that stands, or the approval of this payment by somebody who may give one.
 * @returns the ids of the overrides that it made @throws KamError no_right
 */
async function passAbovePlan(
  actor: Actor,
  tx: Store,
  claim: AssessedClaim,
  amount: number,
  reason: string | null,
): Promise<number[]> {
  const made: number[] = [];
  for (const { promotionId } of abovePlan(claim, amount)) {
    if (await overrideFor(tx, promotionId, ABOVE_PLAN)) continue;
    mayOverride(actor, ABOVE_PLAN);
    const given = {
      rule: ABOVE_PLAN,
      reason: reason ?? `${claim.code} paid above the plan`,
      by: actor.id,
      date: tx.today,
    };
    made.push(await insertOverride(tx, { promotion_id: promotionId, promotion_version: null, ended: null, ...given }));
  }
  return made;
}

/** The money of a decision: what is paid is settled, promotion by promotion; what the claim held besides is no longer claimed. */
async function payClaim(actor: Actor, tx: Store, claim: AssessedClaim, amount: number) {
  const { id: claimId, currency } = claim;
  const journals: number[] = [];
  let funded = false;
  for (const { promotionId, amountMinor } of sharesOfPayment(claim, amount)) {
    const paid = await settleSpend(actor, tx, { claimId, promotionId, amountMinor, currency });
    journals.push(...paid.journals);
    funded ||= paid.funded;
  }
  return { journals: [...journals, ...(await unclaimSpend(actor, tx, claimId))], funded };
}

/** A payment falls on the promotions as the claim does; what is for none of them is paid from no fund. */
export function sharesOfPayment(
  claim: Pick<AssessedClaim, "allocations" | "amount_minor">,
  amount: number,
): { promotionId: number | null; amountMinor: number }[] {
  const parts = claim.allocations.map((part) => ({
    promotionId: part.promotion_id as number | null,
    amountMinor: Math.floor((amount * part.amount_minor) / claim.amount_minor),
  }));
  const left = amount - parts.reduce((sum, part) => sum + part.amountMinor, 0);
  const whole = claim.allocations.reduce((sum, part) => sum + part.amount_minor, 0) === claim.amount_minor;
  if (whole && parts[0]) parts[0] = { ...parts[0], amountMinor: parts[0].amountMinor + left };
  else parts.push({ promotionId: null, amountMinor: left });
  return parts.filter((part) => part.amountMinor > 0);
}

/** Leaves a request with finance; an older one for the same claim gives way to it. The claim itself stays as it is. */
export async function requestSettlement(actor: Actor, store: Store, order: Settlement): Promise<{ claim: string }> {
  mayAsk(actor);
  return inTransaction(store, async (tx) => {
    const claim = await resolveClaim(actor, tx, order.claimId);
    const { decision, amount } = decisionFor(claim, order.decision, order.amount);
    const replaced = await closeRequests(tx, claim.id, "replaced");
    const { id } = await insertRequest(tx, {
      claim_id: claim.id,
      decision,
      amount_minor: decision === "dispute" ? null : amount,
      reason: order.reason,
      requested_by: actor.id,
      date: tx.today,
    });
    const letter = await keepLetter(actor, tx, claim.id, { ...order, decision }, "requested");
    await recordAudit(actor, tx, {
      action: "request",
      entity: "claim",
      entityId: claim.code,
      before: { replaced },
      after: { request: id, decision, amount_minor: amount, reason: order.reason, letter },
    });
    return { claim: claim.code };
  });
}
