import type { Store } from "../store/open.ts";

/** A counter that everything which changes what a model is fitted on raises: a fit is current while its data version is. */
export async function dataVersion(store: Store): Promise<number> {
  const row = await store.db.selectFrom("meta").select("value").where("key", "=", "data_version").executeTakeFirst();
  return Number(row?.value ?? 1);
}

export const raiseDataVersion = (store: Store) =>
  store.db
    .updateTable("meta")
    .set((eb) => ({ value: eb.cast<string>(eb(eb.cast<number>("value", "integer"), "+", 1), "text") }))
    .where("key", "=", "data_version")
    .execute();
