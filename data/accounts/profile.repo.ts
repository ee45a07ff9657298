import type { Store } from "../store/open.ts";

/** Contacts, those who decide first. */
export const contactsOf = (store: Store, accountId: number) =>
  store.db
    .selectFrom("contact")
    .select(["name", "title", "email", "influence"])
    .where("account_id", "=", accountId)
    .orderBy((eb) =>
      eb.case().when("influence", "=", "decides").then(0).when("influence", "=", "influences").then(1).else(2).end(),
    )
    .orderBy("name")
    .execute();

/** How many products of each brand are listed on a day. */
export const listingsByBrand = (store: Store, accountId: number, day: string) =>
  store.db
    .selectFrom("listing")
    .innerJoin("product", "product.id", "listing.product_id")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .innerJoin("category", "category.id", "brand.category_id")
    .select(["brand.name as brand", "category.name as category"])
    .select((eb) => eb.fn.count<number>("product.id").distinct().as("products"))
    .where("listing.account_id", "=", accountId)
    .where("listing.start", "<=", day)
    .where((eb) => eb.or([eb("listing.end", "is", null), eb("listing.end", ">=", day)]))
    .groupBy(["brand.id", "brand.name", "category.name"])
    .orderBy("category.name")
    .orderBy("brand.name")
    .execute();

/** How many promotions stand in each state that is not over. */
export const openPromotionsByStatus = (store: Store, accountId: number) =>
  store.db
    .selectFrom("v_promotion")
    .select("status")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("account_id", "=", accountId)
    .where("status", "in", ["draft", "submitted", "approved", "running"])
    .groupBy("status")
    .execute();
