import type { Store } from "../store/open.ts";
import type { PreferenceTable } from "../store/schema/people.ts";

export const preferenceRows = (store: Store, personId: string) =>
  store.db
    .selectFrom("preference")
    .select(["kind", "value", "since", "said"])
    .where("person_id", "=", personId)
    .orderBy("kind")
    .execute();

export const putPreference = (store: Store, row: PreferenceTable) =>
  store.db
    .insertInto("preference")
    .values(row)
    .onConflict((on) => on.columns(["person_id", "kind"]).doUpdateSet({ ...row }))
    .execute();

export const removePreference = (store: Store, personId: string, kind: string) =>
  store.db
    .deleteFrom("preference")
    .where("person_id", "=", personId)
    .where("kind", "=", kind)
    .executeTakeFirstOrThrow();
