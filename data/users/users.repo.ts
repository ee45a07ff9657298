import type { Store } from "../store/open.ts";
import type { PersonTable } from "../store/schema/people.ts";

export const findPerson = (store: Store, idOrName: string) =>
  store.db
    .selectFrom("person")
    .selectAll()
    .where((eb) => eb.or([eb("id", "=", idOrName.toLowerCase()), eb("name", "=", idOrName)]))
    .executeTakeFirst();

export const accountsOwnedBy = (store: Store, personId: string) =>
  store.db.selectFrom("account").select("id").where("owner_id", "=", personId).execute();

export const allPeople = (store: Store) =>
  store.db.selectFrom("person").select(["id", "name", "role"]).orderBy("role").orderBy("name").execute();

/** Accounts that a reader was granted; none where she sees all. */
export const accountsGranted = (store: Store, personId: string) =>
  store.db.selectFrom("person_account").select("account_id as id").where("person_id", "=", personId).execute();

export const insertPerson = (store: Store, person: PersonTable) =>
  store.db.insertInto("person").values(person).execute();

/** Gives accounts to a KAM; they were somebody else's or nobody's before. */
export const setOwner = (store: Store, accountIds: readonly number[], ownerId: string | null) =>
  store.db.updateTable("account").set({ owner_id: ownerId }).where("id", "in", accountIds).execute();

/** Replaces what a reader is shown. */
export async function setGranted(store: Store, personId: string, accountIds: readonly number[]): Promise<void> {
  await store.db.deleteFrom("person_account").where("person_id", "=", personId).execute();
  if (accountIds.length)
    await store.db
      .insertInto("person_account")
      .values(accountIds.map((account_id) => ({ person_id: personId, account_id })))
      .execute();
}
