import { visibleAccounts } from "../accounts/accounts.service.ts";
import type { Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { decidersAt, letterOf } from "./claims.repo.ts";
import { type AssessedClaim, assessedClaims } from "./claims.service.ts";
import { type Ground, groundsOf } from "./grounds.ts";
import { draftLetter, type Recipient } from "./letter.ts";
import type { ClaimDecision } from "./settling.service.ts";

const ORDER = { decides: 0, influences: 1, informed: 2 } as const;

/** Who a letter about a claim goes to: who decides at the account, else who is nearest to it. */
export async function recipientOf(store: Store, claim: AssessedClaim): Promise<Recipient | null> {
  const contacts = await decidersAt(store, claim.account_id);
  return contacts.sort((a, b) => ORDER[a.influence] - ORDER[b.influence])[0] ?? null;
}

/** What the store shows for and against a claim that the caller got from its service. */
export async function groundsFor(actor: Actor, store: Store, claim: AssessedClaim): Promise<Ground[]> {
  const account = (await visibleAccounts(actor, store)).filter((a) => a.id === claim.account_id);
  return groundsOf(claim, await assessedClaims(store, account));
}

/** The letter of a decision that is not made yet. */
export async function letterFor(
  actor: Actor,
  store: Store,
  claim: AssessedClaim,
  of: {
    readonly decision: ClaimDecision;
    readonly amount: number;
    readonly reason: string | null;
    readonly grounds: readonly Ground[];
  },
): Promise<{ recipient: Recipient | null; body: string }> {
  const recipient = await recipientOf(store, claim);
  return { recipient, body: draftLetter({ ...of, claim, recipient, sender: actor.name, today: store.today }) };
}

/** The letter that stands with a claim, if one was approved with a decision or a request. */
export const keptLetter = (store: Store, claim: AssessedClaim) => letterOf(store, claim.id);
