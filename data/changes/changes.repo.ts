import type { Store } from "../store/open.ts";
import type { AppliedChangeTable } from "../store/schema.ts";

/** The result of a change that was applied under a key, as it was kept; undefined where there was none. */
export const appliedResult = async (store: Store, key: string): Promise<string | undefined> =>
  (await store.db.selectFrom("applied_change").select("result").where("key", "=", key).executeTakeFirst())?.result;

export const keepApplied = (store: Store, row: AppliedChangeTable) =>
  store.db.insertInto("applied_change").values(row).execute();
