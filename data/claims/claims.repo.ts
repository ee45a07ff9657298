import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { ClaimTable } from "../store/schema/claims.ts";

/** Every claim of some accounts with its promotion, latest first; amounts in minor units. */
export const claimRows = (store: Store, accountIds: readonly number[]) =>
  store.db
    .selectFrom("claim")
    .innerJoin("account", "account.id", "claim.account_id")
    .leftJoin("promotion", "promotion.id", "claim.promotion_id")
    .leftJoin("person", "person.id", "claim.decided_by")
    .selectAll("claim")
    .select([
      "account.name as account",
      "promotion.code as promotion",
      "promotion.name as promotion_name",
      "promotion.status as promotion_status",
      "promotion.end as promotion_end",
      "promotion.display as display_paid",
      "promotion.feature as feature_paid",
      "promotion.payment as promotion_payment",
      "person.name as decider",
    ])
    .where("claim.account_id", "in", [...accountIds])
    .orderBy("claim.date", "desc")
    .orderBy("claim.id", "desc")
    .execute();

export type ClaimRow = Awaited<ReturnType<typeof claimRows>>[number];

/** What the books hold for each promotion and have not paid out yet (planned, committed, accrued), in minor units; absent where nothing is booked. */
export async function openSpend(store: Store, promotionIds: readonly number[]): Promise<Map<number, number>> {
  if (!promotionIds.length) return new Map();
  const rows = await store.db
    .selectFrom("promotion_spend")
    .select("promotion_id")
    .select((eb) =>
      eb.fn.sum<number>(eb.case().when("state", "=", "settled").then(0).else(eb.ref("amount_minor")).end()).as("open"),
    )
    .where("promotion_id", "in", [...promotionIds])
    .groupBy("promotion_id")
    .execute();
  return new Map(rows.map((row) => [row.promotion_id, row.open]));
}

/** Store checks made during promotions: how many, and in how many the display (the feature) stood. */
export async function storeChecks(store: Store, promotionIds: readonly number[]) {
  if (!promotionIds.length) return new Map<number, { checks: number; display: number; feature: number | null }>();
  const rows = await store.db
    .selectFrom((eb) =>
      eb
        .selectFrom("visit")
        .innerJoin("shelf_check", "shelf_check.visit_id", "visit.id")
        .select(["visit.promotion_id"])
        .select(({ fn }) => [
          fn.max<number>("shelf_check.display_present").as("display"),
          fn.max<number | null>("shelf_check.feature_present").as("feature"),
        ])
        .where("visit.promotion_id", "in", [...promotionIds])
        .groupBy(["visit.id", "visit.promotion_id"])
        .as("seen"),
    )
    .select("seen.promotion_id")
    .select(({ fn }) => [
      fn.countAll<number>().as("checks"),
      fn.sum<number>("seen.display").as("display"),
      fn.sum<number | null>("seen.feature").as("feature"),
    ])
    .groupBy("seen.promotion_id")
    .execute();
  return new Map(
    rows.map((row) => [row.promotion_id!, { checks: row.checks, display: row.display, feature: row.feature }]),
  );
}

/** Requests that finance has not decided, by claim. */
export const openRequests = (store: Store, claimIds: readonly number[]) =>
  store.db
    .selectFrom("claim_request")
    .innerJoin("person", "person.id", "claim_request.requested_by")
    .selectAll("claim_request")
    .select("person.name as requester")
    .where("claim_request.status", "=", "requested")
    .where("claim_request.claim_id", "in", [...claimIds])
    .orderBy("claim_request.id")
    .execute();

/** Decides a claim that is still in the state it was read in. @returns false where it is not, so that nothing is decided twice. */
export async function decideClaim(
  store: Store,
  claim: Pick<ClaimRow, "id" | "status">,
  decision: Pick<ClaimTable, "status" | "settled_minor" | "decided_by" | "decided_at" | "reason">,
): Promise<boolean> {
  const result = await store.db
    .updateTable("claim")
    .set(decision)
    .where("id", "=", claim.id)
    .where("status", "=", claim.status)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** @returns the ids of the requests that were open */
export async function closeRequests(store: Store, claimId: number, status: "done" | "replaced"): Promise<number[]> {
  const closed = await store.db
    .updateTable("claim_request")
    .set({ status })
    .where("claim_id", "=", claimId)
    .where("status", "=", "requested")
    .returning("id")
    .execute();
  return closed.map(({ id }) => id);
}

export const reopenRequests = (store: Store, ids: readonly number[]) =>
  store.db.updateTable("claim_request").set({ status: "requested" }).where("id", "in", idsOrNone(ids)).execute();

/** Takes a request away that finance has not decided. @returns false where it has */
export async function removeRequest(store: Store, id: number): Promise<boolean> {
  const gone = await store.db
    .deleteFrom("claim_request")
    .where("id", "=", id)
    .where("status", "=", "requested")
    .executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

export const insertRequest = (
  store: Store,
  row: {
    claim_id: number;
    decision: "pay" | "dispute" | "part_pay";
    amount_minor: number | null;
    reason: string | null;
    requested_by: string;
    date: string;
  },
) =>
  store.db
    .insertInto("claim_request")
    .values({ ...row, status: "requested" })
    .returning("id")
    .executeTakeFirstOrThrow();
