import type { Insertable } from "kysely";
import type { Store } from "../../store/open.ts";
import type { PromotionCommentTable, PromotionEvidenceTable } from "../../store/schema/promotions.ts";

export const insertComment = async (store: Store, row: Insertable<PromotionCommentTable>): Promise<number> =>
  (await store.db.insertInto("promotion_comment").values(row).returning("id").executeTakeFirstOrThrow()).id;

export const insertEvidence = async (store: Store, row: Insertable<PromotionEvidenceTable>): Promise<number> =>
  (await store.db.insertInto("promotion_evidence").values(row).returning("id").executeTakeFirstOrThrow()).id;

export const commentsOf = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("promotion_comment")
    .innerJoin("person", "person.id", "promotion_comment.by")
    .selectAll("promotion_comment")
    .select("person.name as person")
    .where("promotion_id", "=", promotionId)
    .orderBy("promotion_comment.id")
    .execute();

export const evidenceOf = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("promotion_evidence")
    .innerJoin("person", "person.id", "promotion_evidence.by")
    .selectAll("promotion_evidence")
    .select("person.name as person")
    .where("promotion_id", "=", promotionId)
    .orderBy("promotion_evidence.id")
    .execute();
