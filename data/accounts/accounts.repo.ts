import type { Store } from "../store/open.ts";

/** Every account with its owner's name and its aliases (its code among them). */
export async function listAccounts(store: Store) {
  const rows = await store.db
    .selectFrom("account")
    .leftJoin("person", "person.id", "account.owner_id")
    .selectAll("account")
    .select("person.name as owner")
    .orderBy("account.id")
    .execute();
  const aliases = await store.db.selectFrom("account_alias").selectAll().execute();
  const byAccount = Map.groupBy(aliases, (a) => a.account_id);
  return rows.map((row) => ({ ...row, aliases: [row.code, ...(byAccount.get(row.id) ?? []).map((a) => a.alias)] }));
}
