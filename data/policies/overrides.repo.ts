import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { PolicyOverrideTable } from "../store/schema/policies.ts";

/** What was let pass of a promotion, with the names of those who did. */
export const overridesOfPromotion = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("policy_override")
    .innerJoin("person", "person.id", "policy_override.by")
    .innerJoin("promotion", "promotion.id", "policy_override.promotion_id")
    .selectAll("policy_override")
    .select(["person.name as person", "promotion.version", "promotion.code"])
    .where("policy_override.promotion_id", "=", promotionId)
    .orderBy("policy_override.id")
    .execute();
export type NamedOverride = Awaited<ReturnType<typeof overridesOfPromotion>>[number];

/** What stands of a promotion as it is now: an override is of one version and ends when the promotion changes. */
export const standingOverrides = async (store: Store, promotionId: number): Promise<NamedOverride[]> =>
  (await overridesOfPromotion(store, promotionId)).filter(
    (o) => o.ended === null && (o.promotion_version === null || o.promotion_version === o.version),
  );

/** The override of a rule that stands for a promotion, the last one recorded; undefined where there is none. */
export const overrideFor = async (
  store: Store,
  promotionId: number,
  rule: string,
): Promise<NamedOverride | undefined> => (await standingOverrides(store, promotionId)).findLast((o) => o.rule === rule);

export const insertOverride = async (store: Store, row: Insertable<PolicyOverrideTable>): Promise<number> =>
  (await store.db.insertInto("policy_override").values(row).returning("id").executeTakeFirstOrThrow()).id;

export const overrideOfId = (store: Store, id: number) =>
  store.db.selectFrom("policy_override").selectAll().where("id", "=", id).executeTakeFirst();

export const endOverride = (store: Store, id: number) =>
  store.db.updateTable("policy_override").set({ ended: store.today }).where("id", "=", id).execute();
