import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { PolicyTable } from "../store/schema/policies.ts";

/** Every version of every policy that was put in force, oldest first. */
export const policiesInForce = (store: Store) =>
  store.db.selectFrom("policy").selectAll().where("status", "=", "in_force").orderBy("id").execute();

/** Policies of any state with the names of those who made them, by rule. */
export const policiesNamed = (store: Store) =>
  store.db
    .selectFrom("policy")
    .leftJoin("person as maker", "maker.id", "policy.proposed_by")
    .leftJoin("person as decider", "decider.id", "policy.decided_by")
    .leftJoin("account", (join) => join.onRef("account.id", "=", "policy.scope_id").on("policy.scope", "=", "account"))
    .leftJoin("category", (join) =>
      join.onRef("category.id", "=", "policy.scope_id").on("policy.scope", "=", "category"),
    )
    .leftJoin("brand", (join) => join.onRef("brand.id", "=", "policy.scope_id").on("policy.scope", "=", "brand"))
    .selectAll("policy")
    .select(["maker.name as proposer", "decider.name as decider"])
    .select(["account.name as account", "category.name as category", "brand.name as brand"])
    .orderBy("policy.id")
    .execute();
export type NamedPolicy = Awaited<ReturnType<typeof policiesNamed>>[number];

export const policyOfId = (store: Store, id: number) =>
  store.db.selectFrom("policy").selectAll().where("id", "=", id).executeTakeFirst();

type Key = Pick<PolicyTable, "rule" | "role" | "scope" | "scope_id">;

export const lastVersion = async (store: Store, key: Key): Promise<number> => {
  const row = await store.db
    .selectFrom("policy")
    .select((eb) => eb.fn.max<number | null>("version").as("version"))
    .where("rule", "=", key.rule)
    .where("role", "=", key.role)
    .where("scope", "=", key.scope)
    .where("scope_id", "=", key.scope_id)
    .executeTakeFirstOrThrow();
  return row.version ?? 0;
};

export const insertPolicy = async (store: Store, row: Insertable<PolicyTable>): Promise<number> =>
  (await store.db.insertInto("policy").values(row).returning("id").executeTakeFirstOrThrow()).id;

/** @returns false where it is not in that state any more */
export async function decidePolicyRow(
  store: Store,
  id: number,
  from: PolicyTable["status"],
  to: Pick<PolicyTable, "status" | "decided_by" | "decided_at">,
): Promise<boolean> {
  const done = await store.db
    .updateTable("policy")
    .set(to)
    .where("id", "=", id)
    .where("status", "=", from)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Brand and category of some products: what a policy may be about. */
export const groupsOfProducts = (store: Store, productIds: readonly number[]) =>
  productIds.length
    ? store.db
        .selectFrom("product")
        .innerJoin("brand", "brand.id", "product.brand_id")
        .select(["brand.id as brand_id", "brand.category_id"])
        .where("product.id", "in", [...productIds])
        .distinct()
        .execute()
    : Promise.resolve([]);
