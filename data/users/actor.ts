import { KamError } from "../common/errors.ts";
import type { Store } from "../store/open.ts";
import type { PersonTable } from "../store/schema/people.ts";
import { accountsGranted, accountsOwnedBy, allPeople, findPerson } from "./users.repo.ts";

/** Who acts. Services take the actor first; what she may see and do follows from here and from nothing that anybody says. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: PersonTable["role"];
  /** Accounts that she sees: her own as a KAM, those granted as a reader who was granted some, all of them otherwise. */
  readonly accounts: ReadonlySet<number> | "all";
}

/** The person of the local mode. */
const LOCAL_PERSON = "dan";
/** Who does what the calendar does: promotions that start and end. */
export const SYSTEM_PERSON = "system";

/** @throws KamError unknown_name where the store knows no such person. */
export async function loadActor(store: Store, idOrName: string = LOCAL_PERSON): Promise<Actor> {
  const person = await findPerson(store, idOrName);
  if (!person) throw new KamError("unknown_name", `There is no user "${idOrName}" in this store.`, { user: idOrName });
  const accounts = await accountsSeen(store, person);
  return Object.freeze({ id: person.id, name: person.name, role: person.role, accounts });
}

async function accountsSeen(store: Store, { id, role }: PersonTable): Promise<Actor["accounts"]> {
  if (role === "manager" || role === "finance") return "all";
  const rows = role === "kam" ? await accountsOwnedBy(store, id) : await accountsGranted(store, id);
  return role === "reader" && rows.length === 0 ? "all" : new Set(rows.map((row) => row.id));
}

export const seesAccount = (actor: Actor, accountId: number): boolean =>
  actor.accounts === "all" || actor.accounts.has(accountId);

/** Of some accounts those that the actor sees. */
export const seenIds = (actor: Actor, accountIds: readonly number[]): number[] =>
  accountIds.filter((id) => seesAccount(actor, id));

/** Who may act in this store, the calendar apart. */
export const people = async (store: Store): Promise<Pick<Actor, "id" | "name" | "role">[]> =>
  (await allPeople(store)).filter(({ id }) => id !== SYSTEM_PERSON);
