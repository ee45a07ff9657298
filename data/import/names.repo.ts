import type { Store } from "../store/open.ts";

/** The names that a file may use, read once an import. */
export async function readNames(store: Store) {
  const { db } = store;
  return {
    accounts: await db.selectFrom("account").select(["id", "name", "code", "currency"]).execute(),
    aliases: await db.selectFrom("account_alias").select(["alias", "account_id"]).execute(),
    categories: await db.selectFrom("category").select(["id", "name"]).execute(),
    brands: await db.selectFrom("brand").select(["id", "name"]).execute(),
    products: await db.selectFrom("product").select(["id", "name", "code"]).execute(),
    people: await db.selectFrom("person").select(["id", "name"]).execute(),
  };
}

interface Made {
  readonly id: number;
}

export const makeCategory = (store: Store, name: string): Promise<Made> =>
  store.db.insertInto("category").values({ name }).returning("id").executeTakeFirstOrThrow();

export const makeBrand = (store: Store, name: string, category: number): Promise<Made> =>
  store.db.insertInto("brand").values({ name, category_id: category }).returning("id").executeTakeFirstOrThrow();

export interface NewProduct {
  readonly name: string;
  readonly code: string;
  readonly brand_id: number;
  readonly currency?: string | undefined;
}

export const makeProduct = (store: Store, product: NewProduct): Promise<Made> =>
  store.db.insertInto("product").values(product).returning("id").executeTakeFirstOrThrow();

export interface NewAccount {
  readonly name: string;
  readonly code: string;
  readonly currency?: string | undefined;
  readonly country?: string | undefined;
  readonly channel?: string | undefined;
  readonly vat_rate?: number | undefined;
  readonly calendar?: "iso" | "nrf454" | "own" | undefined;
  readonly own_week1?: string | undefined;
}

export const makeAccount = (store: Store, account: NewAccount): Promise<Made> =>
  store.db.insertInto("account").values(account).returning("id").executeTakeFirstOrThrow();

export const makePerson = (store: Store, id: string, name: string) =>
  store.db.insertInto("person").values({ id, name, role: "kam" }).execute();
