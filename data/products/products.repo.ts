import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";

/** Every product with brand and category; its code is an alias. */
export async function listProducts(store: Store) {
  const rows = await store.db
    .selectFrom("product")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .innerJoin("category", "category.id", "brand.category_id")
    .selectAll("product")
    .select(["brand.name as brand", "category.id as category_id", "category.name as category"])
    .orderBy("product.id")
    .execute();
  return rows.map((row) => ({ ...row, aliases: [row.code] }));
}

export const listBrands = async (store: Store) =>
  (await store.db.selectFrom("brand").selectAll().orderBy("id").execute()).map((b) => ({
    ...b,
    aliases: [] as string[],
  }));
export const listCategories = async (store: Store) =>
  (await store.db.selectFrom("category").selectAll().orderBy("id").execute()).map((c) => ({
    ...c,
    aliases: [] as string[],
  }));

/** Ids of the products listed at an account on every day of a period. */
export const listedProductIds = async (store: Store, accountId: number, period: Period) =>
  (
    await store.db
      .selectFrom("listing")
      .select("product_id")
      .where("account_id", "=", accountId)
      .where("start", "<=", period.from)
      .where((eb) => eb.or([eb("end", "is", null), eb("end", ">=", period.to)]))
      .orderBy("product_id")
      .execute()
  ).map((row) => row.product_id);
