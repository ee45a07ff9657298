import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Units that an account ordered and got of some products in a period; null where no orders are recorded. */
export async function unitsShipped(
  store: Store,
  accountId: number,
  productIds: readonly number[],
  period: Period,
): Promise<{ ordered: number; shipped: number } | null> {
  const row = await store.db
    .selectFrom("shipment_week")
    .where("account_id", "=", accountId)
    .where("product_id", "in", idsOrNone(productIds))
    .where("week", ">=", period.from)
    .where("week", "<=", period.to)
    .where("ordered", "is not", null)
    .select((eb) => [
      eb.fn.sum<number | null>("ordered").as("ordered"),
      eb.fn.sum<number | null>("units").as("shipped"),
    ])
    .executeTakeFirst();
  return row?.ordered ? { ordered: row.ordered, shipped: row.shipped ?? 0 } : null;
}

/**
 * Units shipped to an account in a period with list price and units sold through (major units of the product's currency):
 * what gross sales are made of.
 */
export const shipmentsAt = (store: Store, accountId: number, period: Period) =>
  store.db
    .selectFrom("shipment_week as s")
    .innerJoin("product as p", "p.id", "s.product_id")
    .where("s.account_id", "=", accountId)
    .where("s.week", ">=", period.from)
    .where("s.week", "<=", period.to)
    .select((eb) => ["p.name as product", "p.list_price_minor", eb.fn.sum<number>("s.units").as("units")])
    .groupBy("s.product_id")
    .execute();
