import type { Store } from "../store/open.ts";
import { type Actor, SYSTEM_PERSON } from "../users/actor.ts";

/** What a sentence may name: every account by name (whose it is, decides what is shown), and what the actor may see of the rest. */
export async function readLexicon(actor: Actor, store: Store) {
  const { db } = store;
  const mine = actor.accounts === "all" ? null : [...actor.accounts];
  const accounts = await db
    .selectFrom("account")
    .leftJoin("person", "person.id", "account.owner_id")
    .select([
      "account.id",
      "account.name",
      "account.code",
      "account.calendar",
      "account.own_week1 as ownWeek1",
      "person.name as owner",
    ])
    .orderBy("account.id")
    .execute();
  const aliases = Map.groupBy(await db.selectFrom("account_alias").selectAll().execute(), (a) => a.account_id);
  const products = await db
    .selectFrom("product")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .innerJoin("category", "category.id", "brand.category_id")
    .select([
      "product.id",
      "product.name",
      "product.code",
      "product.pack_size as packSize",
      "product.pack_unit as packUnit",
      "brand.name as brand",
      "category.name as category",
    ])
    .orderBy("product.id")
    .execute();
  const brands = await db
    .selectFrom("brand")
    .innerJoin("category", "category.id", "brand.category_id")
    .select(["brand.name", "category.name as category"])
    .orderBy("brand.id")
    .execute();
  const categories = await db.selectFrom("category").select("name").orderBy("id").execute();
  const promotions = await db
    .selectFrom("v_promotion")
    .select(["promotion_id as id", "promotion as code", "name", "account", "brand", "start", "end", "status"])
    .$if(mine !== null, (q) => q.where("account_id", "in", mine as number[]))
    .orderBy("promotion_id")
    .execute();
  const claims = await db
    .selectFrom("claim")
    .innerJoin("account", "account.id", "claim.account_id")
    .select(["claim.code", "account.name as account", "claim.status", "claim.amount_minor", "claim.currency"])
    .$if(mine !== null, (q) => q.where("claim.account_id", "in", mine as number[]))
    .orderBy("claim.id")
    .execute();
  const contacts = await db
    .selectFrom("contact")
    .innerJoin("account", "account.id", "contact.account_id")
    .select(["contact.name", "account.name as account"])
    .$if(mine !== null, (q) => q.where("contact.account_id", "in", mine as number[]))
    .orderBy("contact.id")
    .execute();
  const people = await db.selectFrom("person").select("name").where("id", "<>", SYSTEM_PERSON).orderBy("id").execute();
  const competitors = await db
    .selectFrom("signal")
    .select("competitor")
    .distinct()
    .where("competitor", "is not", null)
    .orderBy("competitor")
    .execute();
  return {
    accounts: accounts.map(({ code, ...a }) => ({
      ...a,
      aliases: [...(aliases.get(a.id) ?? []).map((x) => x.alias), ...(code === a.name ? [] : [code])],
    })),
    products: products.map(({ code, ...p }) => ({ ...p, aliases: code === p.name ? [] : [code] })),
    brands,
    categories: categories.map((c) => c.name),
    promotions,
    claims: claims.map(({ amount_minor, ...c }) => ({ ...c, amount: amount_minor / 100 })),
    contacts,
    people: people.map((p) => p.name),
    competitors: competitors.map((c) => c.competitor as string),
  };
}
