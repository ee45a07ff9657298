import { KamError } from "../common/errors.ts";
import { resolveName } from "../common/names.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seesAccount } from "../users/actor.ts";
import { listAccounts } from "./accounts.repo.ts";

export type Account = Awaited<ReturnType<typeof listAccounts>>[number];

declare const authorised: unique symbol;
/** An account that the actor may see: only `resolveAccount` and `visibleAccounts` make one. */
export type VisibleAccount = Account & { readonly [authorised]: true };

/** The accounts that the actor sees. */
export async function visibleAccounts(actor: Actor, store: Store): Promise<VisibleAccount[]> {
  return (await listAccounts(store)).filter((a) => seesAccount(actor, a.id)) as VisibleAccount[];
}

/**
 * The account that a person means by an id, a name or an alias.
 * @throws KamError unknown_name, ambiguous_name; no_right for a colleague's account (it says whose, and holds no figure)
 */
export async function resolveAccount(actor: Actor, store: Store, ref: string | number): Promise<VisibleAccount> {
  const account = resolveName(await listAccounts(store), ref, "account");
  if (!seesAccount(actor, account.id)) {
    throw new KamError(
      "no_right",
      `${account.name} is ${account.owner ?? "a colleague"}'s account; ${actor.name} cannot see or plan it.`,
      { account: account.name, owner: account.owner },
    );
  }
  return account as VisibleAccount;
}
