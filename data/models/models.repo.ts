import type { Insertable } from "kysely";
import { inTransaction, type Store } from "../store/open.ts";
import type { ModelTable } from "../store/schema/models.ts";
import type { PromotionResultTable } from "../store/schema/promotions.ts";

const TRACK_RECORD = "track_record";

/** The newest model that was fitted on this version of the data by this method. */
export const findModel = (store: Store, dataVersion: number, method: string) =>
  store.db
    .selectFrom("model")
    .selectAll()
    .where("data_version", "=", dataVersion)
    .where("method", "=", method)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();

/**
 * Writes a model and the results of the events that ended, in place of those before, in one transaction.
 * @returns the id of the model
 */
export async function replaceModel(
  store: Store,
  model: Omit<Insertable<ModelTable>, "id">,
  results: readonly Insertable<PromotionResultTable>[],
): Promise<number> {
  return inTransaction(store, async (tx) => {
    await tx.db.deleteFrom("promotion_result").execute();
    await tx.db.deleteFrom("model").execute();
    const { id } = await tx.db.insertInto("model").values(model).returning("id").executeTakeFirstOrThrow();
    for (let at = 0; at < results.length; at += 500) {
      const rows = results.slice(at, at + 500).map((row) => ({ ...row, model_id: id }));
      await tx.db.insertInto("promotion_result").values(rows).execute();
    }
    return id;
  });
}

/** Keeps what was found out about a fit; `fit` names the data and the method it stands on. */
export const saveTrackRecord = (store: Store, fit: string, record: string) =>
  store.db
    .insertInto("meta")
    .values({ key: TRACK_RECORD, value: JSON.stringify({ fit, record }) })
    .onConflict((conflict) => conflict.column("key").doUpdateSet((eb) => ({ value: eb.ref("excluded.value") })))
    .execute();

/** The track record that was found last, as it was saved, and the fit that it was found for; null where there is none. */
export async function findTrackRecord(store: Store): Promise<{ fit: string; record: string } | null> {
  const row = await store.db.selectFrom("meta").select("value").where("key", "=", TRACK_RECORD).executeTakeFirst();
  return row ? (JSON.parse(row.value) as { fit: string; record: string }) : null;
}

/** True incremental units of the events that are measured. */
export const measuredGains = (store: Store) =>
  store.db.selectFrom("promotion_result").select(["promotion_id", "true_incremental"]).execute();
