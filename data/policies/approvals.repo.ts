import type { Store } from "../store/open.ts";
import type { PromotionApprovalTable } from "../store/schema/policies.ts";

/** Who approved a submitted promotion so far. */
export const approvalsOf = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("promotion_approval")
    .innerJoin("person", "person.id", "promotion_approval.by")
    .select(["promotion_approval.role", "promotion_approval.by", "promotion_approval.at", "person.name as person"])
    .where("promotion_id", "=", promotionId)
    .orderBy("promotion_approval.role", "desc")
    .execute();

export const insertApproval = (store: Store, row: PromotionApprovalTable) =>
  store.db.insertInto("promotion_approval").values(row).execute();

export const deleteApprovals = (store: Store, promotionId: number, by?: string) =>
  store.db
    .deleteFrom("promotion_approval")
    .where("promotion_id", "=", promotionId)
    .$if(by !== undefined, (query) => query.where("by", "=", by as string))
    .execute();
