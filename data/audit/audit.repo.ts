import type { Insertable } from "kysely";
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
