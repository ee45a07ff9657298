import { recordAudit } from "../audit/audit.service.ts";
import { type Deed, journalsOf } from "../changes/deed.ts";
import { KamError } from "../common/errors.ts";
import { reverse } from "../ledger/ledger.service.ts";
import { alignSpend } from "../ledger/spend.service.ts";
import { endOverride } from "../policies/overrides.repo.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { ClaimTable } from "../store/schema/claims.ts";
import type { Actor } from "../users/actor.ts";
import { decideClaim, removeRequest, reopenRequests, replaceAllocations, setLetter } from "./claims.repo.ts";
import { type AssessedClaim, resolveClaim } from "./claims.service.ts";
import { type Match, matchOf, mayMatch } from "./matching.service.ts";
import { mayAsk, settles } from "./settling.service.ts";

/** A claim and the state that it would have again; null where a request is withdrawn and the claim stays as it is. */
export interface ClaimUndo {
  readonly claim: AssessedClaim;
  readonly to: ClaimTable["status"] | null;
  /** True where what it was matched to is taken back. */
  readonly match?: boolean;
}

/** @throws KamError no_right unless finance takes a settlement back; wrong_state where the claim was decided meanwhile */
export async function planClaimUndo(actor: Actor, store: Store, deed: Deed): Promise<ClaimUndo> {
  const claim = await resolveClaim(actor, store, deed.entity_id);
  if (deed.action === "match") {
    mayMatch(actor, claim);
    if (JSON.stringify(claim.allocations.map(matchOf)) !== JSON.stringify(inOrder(partsIn(deed.after))))
      throw new KamError("wrong_state", `${claim.code} was matched again meanwhile, so this cannot be undone.`);
    return { claim, to: null, match: true };
  }
  if (deed.action === "request") {
    mayAsk(actor);
    if (claim.request?.id !== deed.after?.request)
      throw new KamError("wrong_state", `Finance has dealt with ${claim.code} meanwhile, so this cannot be undone.`);
    return { claim, to: null };
  }
  if (!settles(actor))
    throw new KamError("no_right", `Finance settles claims; ${actor.name} cannot take a settlement back.`);
  if (claim.status !== deed.after?.status)
    throw new KamError("wrong_state", `${claim.code} was decided again meanwhile, so this cannot be undone.`);
  return { claim, to: deed.before?.status as ClaimTable["status"] };
}

/** Takes a settlement or the request for one back: the claim's state, the money of its promotion, the requests. */
export async function undoSettlement(actor: Actor, store: Store, deed: Deed): Promise<ClaimUndo> {
  return inTransaction(store, async (tx) => {
    const plan = await planClaimUndo(actor, tx, deed);
    const { claim, to } = plan;
    const before = deed.before ?? {};
    if (plan.match) {
      await replaceAllocations(tx, claim, before.promotion_id as number | null, partsIn(deed.before));
      await reverse(actor, tx, journalsOf(deed), "match taken back");
    } else if (to === null) {
      await withdrawLetter(tx, deed);
      await removeRequest(tx, deed.after?.request as number);
      await reopenRequests(tx, (before.replaced as number[] | undefined) ?? []);
    } else {
      const { settled_minor, decided_by, decided_at, reason } = before as unknown as ClaimTable;
      if (!(await decideClaim(tx, claim, { status: to, settled_minor, decided_by, decided_at, reason })))
        throw new KamError("stale", `${claim.code} was decided by somebody else just now; look at it again.`);
      await withdrawLetter(tx, deed);
      for (const id of (deed.after?.overrides as number[] | undefined) ?? []) await endOverride(tx, id);
      await reverse(actor, tx, journalsOf(deed), `${deed.action} taken back`);
      if (claim.promotion_id !== null) await alignSpend(actor, tx, claim.promotion_id);
      await reopenRequests(tx, (before.requests as number[] | undefined) ?? []);
    }
    await recordAudit(actor, tx, {
      action: `undo ${deed.action}`,
      entity: deed.entity,
      entityId: deed.entity_id,
      before: { status: claim.status },
      after: { status: to ?? claim.status },
    });
    return plan;
  });
}

const partsIn = (side: Deed["before"]): Match[] => (side?.parts as Match[] | undefined) ?? [];
const inOrder = (parts: Match[]): Match[] =>
  parts.toSorted((a, b) => b.amount_minor - a.amount_minor || a.promotion_id - b.promotion_id);

/** The letter that went with it is no longer the claim's. */
async function withdrawLetter(tx: Store, deed: Deed): Promise<void> {
  const letter = deed.after?.letter;
  if (typeof letter === "number") await setLetter(tx, letter, "withdrawn");
}
