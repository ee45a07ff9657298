import type { Store } from "../store/open.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";
import type { Actor } from "../users/actor.ts";
import { type FundLedger, type Move, type SpendState, unfundedPayment } from "./entries.ts";
import { claimedBy, fundCurrency, fundOfPromotion, heldOf, statusOfPromotion } from "./ledger.repo.ts";
import { bookLines, type JournalHead, post } from "./ledger.service.ts";

/** The money of promotions as it goes through its states. Rights are the callers': each is part of a change of theirs. */
type Kind = JournalHead["kind"];

const own = (id: number | null): number[] => (id === null ? [] : [id]);

/** Puts the plan's money in place of what was planned before; nothing where there is no fund or no known spend. */
export async function planSpend(
  actor: Actor,
  tx: Store,
  promotionId: number,
  fundId: number | null,
  spendMinor: number | null,
): Promise<void> {
  const held = (await heldOf(tx, promotionId)).filter((h) => h.state === "planned");
  const wanted = fundId === null ? 0 : Math.round(spendMinor ?? 0);
  const same = held.find((h) => h.fund_id === fundId);
  const more = wanted - (same?.amount_minor ?? 0);
  const moves: Move[] = held
    .filter((h) => h !== same)
    .map((h) => ({ ...h, promotion_id: promotionId, from: "planned", to: "available" }));
  if (fundId !== null && more !== 0)
    moves.push({
      fund_id: fundId,
      currency: same?.currency ?? (await fundCurrency(tx, fundId)),
      promotion_id: promotionId,
      from: more > 0 ? "available" : "planned",
      to: more > 0 ? "planned" : "available",
      amount_minor: Math.abs(more),
    });
  await post(actor, tx, { kind: "plan", promotion_id: promotionId }, moves);
}

/** Moves all that a promotion holds in some states to another. @returns the journals booked */
export async function moveSpend(
  actor: Actor,
  tx: Store,
  promotionId: number,
  kind: Kind,
  from: readonly SpendState[],
  to: FundLedger,
): Promise<number[]> {
  const held = (await heldOf(tx, promotionId)).filter((h) => from.includes(h.state) && h.amount_minor > 0);
  const moves = held.map((h) => ({ ...h, promotion_id: promotionId, from: h.state, to }));
  return own(await post(actor, tx, { kind, promotion_id: promotionId }, moves));
}

/** Gives back to the funds what a promotion holds and does not need any more. @returns the journals booked */
export const releaseSpend = (actor: Actor, tx: Store, promotionId: number, from: readonly SpendState[]) =>
  moveSpend(actor, tx, promotionId, "release", from, "available");

/** What pays a claim, in the order in which it is taken. */
const PAYS = ["accrued", "committed", "planned"] as const;

/**
 * Marks money of a promotion as claimed, as far as it holds that much; what a claim asks above that stays its own.
 * @returns the journals booked
 */
export async function claimSpend(
  actor: Actor,
  tx: Store,
  claimId: number,
  promotionId: number,
  amountMinor: number,
): Promise<number[]> {
  const { moves } = await drawn(tx, promotionId, claimId, amountMinor, PAYS, "claimed");
  return own(await post(actor, tx, { kind: "claim", promotion_id: promotionId, claim_id: claimId }, moves));
}

/** What a claim holds as claimed is accrued again: it was disputed, or paid in part. @returns the journals booked */
export async function unclaimSpend(actor: Actor, tx: Store, claimId: number): Promise<number[]> {
  const held = await claimedBy(tx, claimId);
  const moves = held.map((c): Move => ({ ...c, claim_id: claimId, from: "claimed", to: "accrued" }));
  const journals = own(await post(actor, tx, { kind: "claim", claim_id: claimId, memo: "no longer claimed" }, moves));
  for (const { promotion_id } of held)
    if (promotion_id !== null) journals.push(...(await alignSpend(actor, tx, promotion_id)));
  return journals;
}

type Status = PromotionTable["status"];
/** Where money that a promotion holds and has not paid goes, by its state; what is not named stays. */
const ALIGNED: Readonly<Record<Status, Readonly<Partial<Record<SpendState, FundLedger>>>>> = {
  draft: { committed: "planned", accrued: "planned" },
  submitted: { committed: "planned", accrued: "planned" },
  approved: { planned: "committed", accrued: "committed" },
  running: { planned: "committed" },
  ended: { planned: "accrued" },
  closed: { planned: "available", committed: "available", accrued: "available" },
  cancelled: { planned: "available", committed: "available", accrued: "available" },
};

/**
 * Puts money that came back from a claim where the promotion's state has it by now: it may have gone on meanwhile.
 * @returns the journals booked
 */
export async function alignSpend(actor: Actor, tx: Store, promotionId: number): Promise<number[]> {
  const to = ALIGNED[await statusOfPromotion(tx, promotionId)];
  const moves = (await heldOf(tx, promotionId)).flatMap((h): Move[] => {
    const where = to[h.state];
    return where && h.amount_minor > 0 ? [{ ...h, promotion_id: promotionId, from: h.state, to: where }] : [];
  });
  const head = { kind: "release", promotion_id: promotionId, memo: "As its state is now" } as const;
  return own(await post(actor, tx, head, moves));
}

/**
 * Pays a claim for a promotion: first what it holds as claimed, then what the promotion has accrued, committed and planned;
 * what goes beyond them comes out of the fund. Without a promotion or a fund it is an expense that no fund bears.
 * @returns the journals booked, and whether a fund paid
 */
export async function settleSpend(
  actor: Actor,
  tx: Store,
  of: {
    readonly claimId: number;
    readonly promotionId: number | null;
    readonly amountMinor: number;
    readonly currency: string;
  },
): Promise<{ journals: number[]; funded: boolean }> {
  const { claimId, promotionId, amountMinor } = of;
  const head = { kind: "settle", promotion_id: promotionId, claim_id: claimId } as const;
  const fundId = promotionId === null ? null : await fundPaying(tx, promotionId);
  if (promotionId === null || fundId === null) {
    const lines = unfundedPayment(claimId, amountMinor, of.currency);
    return { journals: own(await bookLines(actor, tx, head, lines)), funded: false };
  }
  const claimed = (await claimedBy(tx, claimId)).filter((c) => c.promotion_id === promotionId);
  const moves: Move[] = [];
  let open = amountMinor;
  for (const c of claimed) {
    const taken = Math.min(open, c.amount_minor);
    if (taken > 0) moves.push({ ...c, claim_id: claimId, from: "claimed", to: "settled", amount_minor: taken });
    open -= taken;
  }
  const rest = await drawn(tx, promotionId, claimId, open, PAYS, "settled");
  moves.push(...rest.moves);
  if (rest.open > 0)
    moves.push({
      fund_id: fundId,
      currency: await fundCurrency(tx, fundId),
      promotion_id: promotionId,
      claim_id: claimId,
      from: "available",
      to: "settled",
      amount_minor: rest.open,
    });
  return { journals: own(await post(actor, tx, head, moves)), funded: true };
}

/** Takes up to an amount out of what a promotion holds, state by state; `open` is what it does not hold. */
async function drawn(
  tx: Store,
  promotionId: number,
  claimId: number,
  amountMinor: number,
  states: readonly SpendState[],
  to: SpendState,
): Promise<{ moves: Move[]; open: number }> {
  const held = await heldOf(tx, promotionId);
  const moves: Move[] = [];
  let open = amountMinor;
  for (const state of states)
    for (const h of held.filter((row) => row.state === state && row.amount_minor > 0)) {
      const taken = Math.min(open, h.amount_minor);
      if (taken <= 0) continue;
      open -= taken;
      moves.push({ ...h, promotion_id: promotionId, claim_id: claimId, from: state, to, amount_minor: taken });
    }
  return { moves, open };
}

const fundPaying = async (tx: Store, promotionId: number): Promise<number | null> =>
  (await heldOf(tx, promotionId))[0]?.fund_id ?? (await fundOfPromotion(tx, promotionId));
