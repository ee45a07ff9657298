import { claimSpend, unclaimSpend } from "../ledger/spend.service.ts";
import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { allocationRows, claimsByCode } from "./claims.repo.ts";

/**
 * Books claims that came in or changed, inside the transaction that wrote them: what an open one asks for is claimed of its
 * promotions, as far as they hold it. One without a promotion, or that is decided already, claims nothing.
 */
export async function receiveClaims(actor: Actor, tx: Store, codes: readonly string[]): Promise<void> {
  const claims = await claimsByCode(tx, codes);
  const open = claims.filter((claim) => claim.status === "open");
  const parts = await allocationRows(
    tx,
    open.map((claim) => claim.id),
  );
  for (const { id } of claims) await unclaimSpend(actor, tx, id);
  for (const { claim_id, promotion_id, amount_minor } of parts)
    await claimSpend(actor, tx, claim_id, promotion_id, amount_minor);
}
