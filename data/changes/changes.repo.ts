import type { Store } from "../store/open.ts";
import type { AppliedChangeTable } from "../store/schema/audit.ts";

/** The result of a change that was applied under a key, as it was kept; undefined where there was none. */
export const appliedResult = async (store: Store, key: string): Promise<string | undefined> =>
  (await store.db.selectFrom("applied_change").select("result").where("key", "=", key).executeTakeFirst())?.result;

export const keepApplied = (store: Store, row: AppliedChangeTable) =>
  store.db.insertInto("applied_change").values(row).execute();

/** A change whose audit entries are known: one that can be told and taken back. */
const known = (store: Store) =>
  store.db
    .selectFrom("applied_change")
    .select(["key", "kind", "batch", "by", "at", "undone_at"])
    .select((eb) => [eb.ref("first_audit").$notNull().as("first_audit"), eb.ref("last_audit").$notNull().as("no")])
    .where("last_audit", "is not", null);

export type AppliedChange = Awaited<ReturnType<typeof changeNumbered>> & object;

/** The change of that number. */
export const changeNumbered = (store: Store, no: number) =>
  known(store).where("last_audit", "=", no).executeTakeFirst();

/** The changes that were approved together, in the order in which they were applied. */
export const changesOfBatch = (store: Store, batch: string) =>
  known(store).where("batch", "=", batch).orderBy("last_audit").execute();

/** What a person prefers is hers to keep and forget, and no change of the business. */
const PREFERENCES = ["set_preference", "delete_preference"];

/** A person's changes that stand, latest first; taking one back is no change of its own. */
export const standingChanges = (store: Store, by: string) =>
  known(store)
    .where("by", "=", by)
    .where("undone_at", "is", null)
    .where("kind", "not in", ["undo_change", ...PREFERENCES])
    .orderBy("last_audit", "desc");

export const markUndone = (store: Store, no: number) =>
  store.db.updateTable("applied_change").set({ undone_at: store.today }).where("last_audit", "=", no).execute();

/** What was done to one thing after an entry of the audit log, without what was taken back and the taking back itself. */
export const doneSince = (store: Store, of: { entity: string; entity_id: string }, after: number) =>
  store.db
    .selectFrom("audit")
    .leftJoin("applied_change", (join) =>
      join.onRef("applied_change.first_audit", "<=", "audit.id").onRef("applied_change.last_audit", ">=", "audit.id"),
    )
    .leftJoin("person", "person.id", "audit.actor")
    .select(["audit.id", "audit.action", "audit.actor", "person.name as person"])
    .where("audit.entity", "=", of.entity)
    .where("audit.entity_id", "=", of.entity_id)
    .where("audit.id", ">", after)
    .where((eb) =>
      eb.or([
        eb("applied_change.key", "is", null),
        eb.and([eb("applied_change.undone_at", "is", null), eb("applied_change.kind", "!=", "undo_change")]),
      ]),
    )
    .orderBy("audit.id")
    .execute();
