import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { toMajor } from "../common/money.ts";
import { sharesOf } from "../execution/execution.service.ts";
import { executedShare } from "../execution/paidSupport.ts";
import { claimSpend, unclaimSpend } from "../ledger/spend.service.ts";
import { findPromotions } from "../promotions/reading.service.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { claimsForPromotions, openSpend, replaceAllocations } from "./claims.repo.ts";
import { type AssessedClaim, resolveClaim } from "./claims.service.ts";
import { type Candidate, type MatchProposal, proposalsFor } from "./matching.ts";

/** Part of a claim for a promotion, minor units. */
export interface Match {
  readonly promotion_id: number;
  readonly amount_minor: number;
}

/** @throws KamError no_right where the actor only reads; wrong_state where the claim is settled */
export function mayMatch(actor: Actor, claim: AssessedClaim): void {
  if (actor.role === "reader") throw new KamError("no_right", `${actor.name} only reads and cannot match claims.`);
  if (claim.status === "paid" || claim.status === "part_paid")
    throw new KamError("wrong_state", `${claim.code} is settled already, so what it is for stays as it is.`, {
      claim: claim.code,
      status: claim.status,
    });
}

/** What a claim may be for: promotions of its account, scored with reasons. Nothing is written. */
export async function proposeMatches(actor: Actor, store: Store, claim: AssessedClaim): Promise<MatchProposal[]> {
  const promotions = await findPromotions(actor, store, {
    accountIds: [claim.account_id],
    statuses: ["running", "ended", "closed"],
  });
  const begun = promotions.filter((p) => p.start <= claim.date);
  const ids = begun.map((p) => p.promotion_id);
  const [booked, claims, seen] = [
    await openSpend(store, ids),
    await claimsForPromotions(store, ids),
    await sharesOf(store, ids),
  ];
  const candidates = begun.map(
    (p): Candidate => ({
      ...{ promotion_id: p.promotion_id, code: p.promotion, name: p.name, end: p.end, payment: p.payment },
      goods: [...(p.brand === null ? [] : [p.brand]), ...(p.products ?? "").split("; ")].filter(Boolean),
      ...{ display: p.display === 1, feature: p.feature === 1 },
      booked: booked.get(p.promotion_id) ?? null,
      claims: claims.filter((c) => c.promotion_id === p.promotion_id && c.claim_id !== claim.id).length,
      executed: executedShare(p, seen.get(p.promotion_id) ?? null),
    }),
  );
  const { amount_minor: amount, date, kind } = claim;
  return proposalsFor(
    { amount, date, kind, words: [claim.reference, claim.reason].filter(Boolean).join("; ") },
    candidates,
  );
}

/**
 * Whether parts fit a claim: all of its account, each once, together at most the claim.
 * @throws KamError bad_input, no_right, wrong_state
 */
export async function checkMatch(
  actor: Actor,
  store: Store,
  claim: AssessedClaim,
  parts: readonly Match[],
): Promise<void> {
  mayMatch(actor, claim);
  if (!parts.length) throw new KamError("bad_input", `Name at least one promotion that ${claim.code} is for.`);
  const found = await findPromotions(actor, store, { ids: parts.map((part) => part.promotion_id) });
  for (const part of parts) {
    const promotion = found.find((p) => p.promotion_id === part.promotion_id);
    if (!promotion) throw new KamError("not_found", "One of the promotions is not in the store.");
    if (promotion.account_id !== claim.account_id)
      throw new KamError(
        "bad_input",
        `${promotion.promotion} is a promotion of ${promotion.account}, and ${claim.code} is from ${claim.account}; a claim is matched to promotions of its own account.`,
      );
    if (part.amount_minor <= 0)
      throw new KamError("bad_input", `The part for ${promotion.promotion} must be more than nothing.`);
  }
  if (new Set(parts.map((part) => part.promotion_id)).size < parts.length)
    throw new KamError("bad_input", "Name each promotion once.");
  const sum = parts.reduce((total, part) => total + part.amount_minor, 0);
  if (sum > claim.amount_minor)
    throw new KamError(
      "bad_input",
      `The parts come to ${toMajor(sum)} ${claim.currency}, and ${claim.code} asks for ${toMajor(claim.amount_minor)}; make them smaller.`,
    );
}

/** Matches a claim to promotions; what it holds as claimed goes along. @throws KamError as `checkMatch` */
export async function matchClaim(
  actor: Actor,
  store: Store,
  claimId: number,
  parts: readonly Match[],
): Promise<{ claim: string }> {
  return inTransaction(store, async (tx) => {
    const claim = await resolveClaim(actor, tx, claimId);
    await checkMatch(actor, tx, claim, parts);
    const main = [...parts].sort((a, b) => b.amount_minor - a.amount_minor)[0]!;
    await replaceAllocations(tx, claim, main.promotion_id, parts);
    const journals = await unclaimSpend(actor, tx, claim.id);
    for (const part of claim.status === "open" ? parts : [])
      journals.push(...(await claimSpend(actor, tx, claim.id, part.promotion_id, part.amount_minor)));
    await recordAudit(actor, tx, {
      action: "match",
      entity: "claim",
      entityId: claim.code,
      before: {
        promotion_id: claim.promotion_id,
        parts: claim.allocations.filter((a) => a.matched === 1).map(matchOf),
      },
      after: { promotion_id: main.promotion_id, parts: parts.map(matchOf), journals },
    });
    return { claim: claim.code };
  });
}

export const matchOf = ({ promotion_id, amount_minor }: Match): Match => ({ promotion_id, amount_minor });
