import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { AuditTable } from "../store/schema.ts";

/** The hash that the next row is chained to; undefined where the log is empty. */
export const lastHash = async (store: Store): Promise<string | undefined> =>
  (await store.db.selectFrom("audit").select("hash").orderBy("id", "desc").limit(1).executeTakeFirst())?.hash;

export const appendAudit = (store: Store, row: Insertable<AuditTable>) =>
  store.db.insertInto("audit").values(row).execute();

/** The whole log, oldest first. */
export const auditRows = (store: Store) => store.db.selectFrom("audit").selectAll().orderBy("id").execute();
