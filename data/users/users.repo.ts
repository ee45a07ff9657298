import type { Store } from "../store/open.ts";

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
