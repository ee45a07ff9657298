import type { VisibleAccount } from "../accounts/accounts.service.ts";
import { recordAudit } from "../audit/audit.service.ts";
import { KamError } from "../common/errors.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import { contractsOf, insertContract } from "./contracts.repo.ts";
import { overlapping, shared, wayOut } from "./overlap.ts";
import type { Terms } from "./terms.ts";

/**
 * Adds the terms of a contract to an account, all of it or nothing. @returns the contract's id
 * @throws KamError no_right unless a manager or finance does; wrong_state where they share a day with terms that stand; bad_input
 */
export async function addTerms(actor: Actor, store: Store, account: VisibleAccount, terms: Terms): Promise<number> {
  if (actor.role !== "manager" && actor.role !== "finance")
    throw new KamError("no_right", `A sales manager or finance agrees terms; ${actor.name} cannot.`, {
      right: "terms",
    });
  if (terms.end < terms.start)
    throw new KamError("bad_input", `The terms for ${account.name} end on ${terms.end}, before they start.`);
  return inTransaction(store, async (tx) => {
    const clash =
      overlapping(await contractsOf(tx, account.id), terms) ?? sameStart(await contractsOf(tx, account.id), terms);
    if (clash) {
      const days = shared(clash, terms);
      throw new KamError(
        "wrong_state",
        `Terms from ${terms.start} to ${terms.end} overlap those of ${account.name} from ${clash.start} to ${clash.end} (${days.from} to ${days.to}): ${wayOut(clash, terms)}. Nothing was written.`,
        { account: account.name, start: clash.start, end: clash.end },
      );
    }
    const id = await insertContract(tx, account.id, terms);
    await recordAudit(actor, tx, {
      action: "agree",
      entity: "contract",
      entityId: String(id),
      after: { account: account.name, ...terms },
    });
    return id;
  });
}

const sameStart = <T extends { start: string }>(terms: readonly T[], other: { start: string }): T | undefined =>
  terms.find((term) => term.start === other.start);
