import type { Store } from "../store/open.ts";

/** The last everyday shelf price of each product at an account, major units incl. tax; products never measured there are missing. */
export async function everydayPrices(
  store: Store,
  accountId: number,
  productIds: readonly number[],
): Promise<Map<number, number>> {
  if (!productIds.length) return new Map();
  const rows = await store.db
    .selectFrom("sales_week as s")
    .select(["s.product_id", "s.base_price", "s.price"])
    .where("s.account_id", "=", accountId)
    .where("s.product_id", "in", productIds)
    .where("s.week", "=", (eb) =>
      eb
        .selectFrom("sales_week as last")
        .select((e) => e.fn.max("last.week").as("week"))
        .whereRef("last.account_id", "=", "s.account_id")
        .whereRef("last.product_id", "=", "s.product_id")
        .where((e) => e.or([e("last.base_price", "is not", null), e("last.price", "is not", null)])),
    )
    .execute();
  const prices = new Map<number, number>();
  for (const row of rows) {
    const price = row.base_price ?? row.price;
    if (price !== null) prices.set(row.product_id, price);
  }
  return prices;
}
