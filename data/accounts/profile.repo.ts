import type { Store } from "../store/open.ts";

/** The contract in force on a day, else the next one to come, else the last one, with its mechanics and blackouts. */
export async function contractOf(store: Store, accountId: number, day: string) {
  const all = await store.db
    .selectFrom("contract")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("start")
    .execute();
  const contract = all.find((c) => c.start <= day && day <= c.end) ?? all.find((c) => c.start > day) ?? all.at(-1);
  if (!contract) return null;
  const mechanics = await store.db
    .selectFrom("contract_mechanic")
    .select("mechanic")
    .where("contract_id", "=", contract.id)
    .orderBy("mechanic")
    .execute();
  const blackouts = await store.db
    .selectFrom("contract_blackout")
    .select(["start", "end", "reason"])
    .where("contract_id", "=", contract.id)
    .orderBy("start")
    .execute();
  return { ...contract, mechanics: mechanics.map((m) => m.mechanic), blackouts };
}

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

/** Funds that are not over on a day, from the documented view. */
export const fundsOf = (store: Store, accountId: number, day: string) =>
  store.db
    .selectFrom("v_budget")
    .innerJoin("fund", "fund.id", "v_budget.fund_id")
    .select([
      "v_budget.fund",
      "fund.start",
      "fund.end",
      "v_budget.amount",
      "v_budget.planned",
      "v_budget.committed",
      "v_budget.accrued",
      "v_budget.settled",
      "v_budget.left",
      "v_budget.currency",
    ])
    .where("v_budget.account_id", "=", accountId)
    .where("fund.end", ">=", day)
    .orderBy("fund.start")
    .orderBy("v_budget.fund")
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
