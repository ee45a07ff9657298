import type { Period } from "../../common/dates.ts";
import type { Store } from "../../store/open.ts";

/** Promotions at an account, not cancelled, whose in-store window touches a period, one row a product. */
export const promotionsInWindow = (store: Store, accountId: number, period: Period, except: number | null) =>
  store.db
    .selectFrom("promotion")
    .innerJoin("promotion_line", "promotion_line.promotion_id", "promotion.id")
    .innerJoin("product", "product.id", "promotion_line.product_id")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .select(["promotion.id", "promotion.code", "promotion.name", "promotion.start", "promotion.end"])
    .select(["promotion.mechanic", "promotion.discount", "product.pack_size", "product.pack_unit", "brand.category_id"])
    .select(["product.id as product_id", "product.name as product", "product.brand_id"])
    .where("promotion.account_id", "=", accountId)
    .where("promotion.status", "<>", "cancelled")
    .where("promotion.start", "<=", period.to)
    .where("promotion.end", ">=", period.from)
    .$if(except !== null, (query) => query.where("promotion.id", "<>", except as number))
    .orderBy("promotion.start")
    .orderBy("promotion.id")
    .orderBy("product.id")
    .execute();

export const productsWithBrand = (store: Store, ids: readonly number[]) =>
  store.db
    .selectFrom("product")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .selectAll("product")
    .select(["brand.name as brand", "brand.category_id"])
    .where("product.id", "in", ids)
    .orderBy("product.id")
    .execute();

export const productsOfBrands = async (store: Store, brandIds: readonly number[]): Promise<number[]> =>
  (
    await store.db
      .selectFrom("product")
      .select("id")
      .where("brand_id", "in", [...brandIds])
      .execute()
  ).map((p) => p.id);

/** Whether the store knows any listing of the account: imported panels may hold none. */
export const knowsListings = async (store: Store, accountId: number): Promise<boolean> =>
  (await store.db.selectFrom("listing").select("product_id").where("account_id", "=", accountId).executeTakeFirst()) !==
  undefined;

/** Mean out-of-stock share and fill rate of each product at an account from a week on; null where not measured. */
export async function supplyOf(store: Store, accountId: number, productIds: readonly number[], fromWeek: string) {
  const shelf = await store.db
    .selectFrom("sales_week")
    .select("product_id")
    .select((eb) => eb.fn.avg<number>("out_of_stock").as("out"))
    .where("account_id", "=", accountId)
    .where("product_id", "in", productIds)
    .where("week", ">=", fromWeek)
    .groupBy("product_id")
    .execute();
  const supply = await store.db
    .selectFrom("shipment_week")
    .select("product_id")
    .select((eb) => [eb.fn.sum<number>("units").as("units"), eb.fn.sum<number>("ordered").as("ordered")])
    .where("account_id", "=", accountId)
    .where("product_id", "in", productIds)
    .where("week", ">=", fromWeek)
    .where("ordered", "is not", null)
    .groupBy("product_id")
    .execute();
  const filled = new Map(supply.map((row) => [row.product_id, row.ordered > 0 ? row.units / row.ordered : null]));
  const out = new Map(shelf.map((row) => [row.product_id, row.out]));
  return productIds.map((id) => ({ product_id: id, out: out.get(id) ?? null, fill: filled.get(id) ?? null }));
}
