import type { Store } from "../store/open.ts";

/** Every measured week, by account, product and week: what a model is fitted on. `before` leaves out that week and later ones. */
export const panelRows = (store: Store, before?: string) =>
  store.db
    .selectFrom("sales_week")
    .select([
      "account_id",
      "product_id",
      "week",
      "units",
      "price",
      "base_price",
      "retail_value_minor",
      "feature",
      "display",
      "distribution",
      "out_of_stock",
    ])
    .$if(before !== undefined, (query) => query.where("week", "<", before as string))
    .orderBy("account_id")
    .orderBy("product_id")
    .orderBy("week")
    .execute();

export type PanelRow = Awaited<ReturnType<typeof panelRows>>[number];

/** Measured weeks of some products at one account; both ends of the period are Mondays and included. */
export const salesOf = (
  store: Store,
  accountId: number,
  productIds: readonly number[],
  period: { from: string; to: string },
) =>
  store.db
    .selectFrom("sales_week")
    .select(["product_id", "week", "units", "price", "base_price", "promoted", "feature", "display", "out_of_stock"])
    .where("account_id", "=", accountId)
    .where("product_id", "in", productIds)
    .where("week", ">=", period.from)
    .where("week", "<=", period.to)
    .orderBy("week")
    .orderBy("product_id")
    .execute();

/** Monday of the first and of the last measured week of the whole store, null where nothing is measured. */
export async function measuredWeeks(store: Store): Promise<{ first: string; last: string } | null> {
  const row = await store.db
    .selectFrom("sales_week")
    .select((eb) => [eb.fn.min("week").as("first"), eb.fn.max("week").as("last")])
    .executeTakeFirst();
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}
