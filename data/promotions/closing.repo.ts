import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { CloseRequestTable } from "../store/schema/promotions.ts";

/** Claims for a promotion that are not settled. */
export const undecidedClaims = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("claim")
    .select(["code", "status"])
    .where("promotion_id", "=", promotionId)
    .where("status", "in", ["open", "disputed"])
    .orderBy("code")
    .execute();

export const closeRequestsOf = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("close_request")
    .innerJoin("person", "person.id", "close_request.requested_by")
    .selectAll("close_request")
    .select("person.name as person")
    .where("promotion_id", "=", promotionId)
    .where("status", "=", "open")
    .orderBy("close_request.id")
    .execute();

export const insertCloseRequest = (store: Store, row: Insertable<CloseRequestTable>) =>
  store.db.insertInto("close_request").values(row).execute();

export const endRequests = (store: Store, promotionId: number, status: "done" | "replaced") =>
  store.db
    .updateTable("close_request")
    .set({ status })
    .where("promotion_id", "=", promotionId)
    .where("status", "=", "open")
    .execute();
