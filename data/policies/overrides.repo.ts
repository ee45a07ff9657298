import type { Store } from "../store/open.ts";

/** The override of a rule that stands for a promotion, the last one recorded; undefined where there is none. */
export const overrideFor = (store: Store, promotionId: number, rule: string) =>
  store.db
    .selectFrom("policy_override")
    .selectAll()
    .where("promotion_id", "=", promotionId)
    .where("rule", "=", rule)
    .where("ended", "is", null)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
