import { type Insertable, sql } from "kysely";
import type { Store } from "../store/open.ts";
import type { AuditTable } from "../store/schema/audit.ts";

/** The hash that the next row is chained to; undefined where the log is empty. */
export const lastHash = async (store: Store): Promise<string | undefined> =>
  (await store.db.selectFrom("audit").select("hash").orderBy("id", "desc").limit(1).executeTakeFirst())?.hash;

/** The id of the newest entry; zero where the log is empty. */
export const lastAuditId = async (store: Store): Promise<number> =>
  (await store.db.selectFrom("audit").select("id").orderBy("id", "desc").limit(1).executeTakeFirst())?.id ?? 0;

/** Entries of the log from one id to another, oldest first. */
export const auditBetween = (store: Store, first: number, last: number) =>
  store.db.selectFrom("audit").selectAll().where("id", ">=", first).where("id", "<=", last).orderBy("id").execute();

export const appendAudit = (store: Store, row: Insertable<AuditTable>) =>
  store.db.insertInto("audit").values(row).execute();

/** The whole log, oldest first. */
export const auditRows = (store: Store) => store.db.selectFrom("audit").selectAll().orderBy("id").execute();

/** Where the log ends by its own count. */
export const auditHead = (store: Store) =>
  store.db.selectFrom("audit_head").select(["entries", "hash"]).where("id", "=", 1).executeTakeFirst();

export const moveAuditHead = (store: Store, hash: string) =>
  store.db
    .updateTable("audit_head")
    .set((eb) => ({ entries: eb("entries", "+", 1), hash }))
    .where("id", "=", 1)
    .execute();

/** The last entry that an applied change says is its own. */
export const lastAuditOfChanges = async (store: Store): Promise<number> =>
  (
    await store.db
      .selectFrom("applied_change")
      .select((eb) => eb.fn.max<number | null>("last_audit").as("last"))
      .executeTakeFirst()
  )?.last ?? 0;

/** Names of the triggers that keep the log and its head from being changed. */
export const auditTriggers = async (store: Store): Promise<string[]> => {
  const { rows } = await sql<{
    name: string;
  }>`SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit', 'audit_head')`.execute(store.db);
  return rows.map((row) => row.name);
};
