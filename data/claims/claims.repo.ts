import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { ClaimLetterTable, ClaimTable } from "../store/schema/claims.ts";

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

/** What claims are for, the largest part first; amounts in minor units, the promotion with what its claim is judged by. */
export const allocationRows = (store: Store, claimIds: readonly number[]) =>
  store.db
    .selectFrom("v_claim_allocation as x")
    .innerJoin("promotion as q", "q.id", "x.promotion_id")
    .select([
      "x.claim_id",
      "x.promotion_id",
      "x.amount_minor",
      "x.matched",
      "q.code",
      "q.name",
      "q.status",
      "q.payment",
    ])
    .select(["q.start", "q.end", "q.display", "q.feature", "q.fixed_spend_minor", "q.mechanic"])
    .where("x.claim_id", "in", idsOrNone(claimIds))
    .orderBy("x.claim_id")
    .orderBy("x.amount_minor", "desc")
    .orderBy("x.promotion_id")
    .execute();
export type AllocationRow = Awaited<ReturnType<typeof allocationRows>>[number];

export const claimsByCode = (store: Store, codes: readonly string[]) =>
  store.db
    .selectFrom("claim")
    .select(["id", "code", "status"])
    .where("code", "in", codes.length ? [...codes] : [""])
    .orderBy("id")
    .execute();

/** The claims that promotions have. */
export const claimsForPromotions = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("v_claim_allocation")
    .select(["claim_id", "promotion_id"])
    .where("promotion_id", "in", idsOrNone(promotionIds))
    .execute();

/** Matches a claim to promotions in place of what it was matched to. @param mainId the promotion that stands for it where one has to */
export async function replaceAllocations(
  store: Store,
  claim: Pick<ClaimRow, "id" | "currency">,
  mainId: number | null,
  parts: readonly { readonly promotion_id: number; readonly amount_minor: number }[],
): Promise<void> {
  await store.db.deleteFrom("claim_allocation").where("claim_id", "=", claim.id).execute();
  await store.db.updateTable("claim").set({ promotion_id: mainId }).where("id", "=", claim.id).execute();
  if (parts.length)
    await store.db
      .insertInto("claim_allocation")
      .values(
        parts.map(({ promotion_id, amount_minor }) => ({
          claim_id: claim.id,
          promotion_id,
          amount_minor,
          currency: claim.currency,
        })),
      )
      .execute();
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

/** Keeps a letter that goes with a decision, or with the request for one. */
export const insertLetter = (store: Store, row: Omit<ClaimLetterTable, "id">) =>
  store.db.insertInto("claim_letter").values(row).returning("id").executeTakeFirstOrThrow();

/** The last letter of a claim that was not withdrawn. */
export const letterOf = (store: Store, claimId: number) =>
  store.db
    .selectFrom("claim_letter")
    .innerJoin("person", "person.id", "claim_letter.written_by")
    .selectAll("claim_letter")
    .select("person.name as writer")
    .where("claim_id", "=", claimId)
    .where("status", "<>", "withdrawn")
    .orderBy("claim_letter.id", "desc")
    .limit(1)
    .executeTakeFirst();

export const setLetter = (store: Store, id: number, status: ClaimLetterTable["status"]) =>
  store.db.updateTable("claim_letter").set({ status }).where("id", "=", id).execute();

/** Who is written to at an account: who decides, else who influences. */
export const decidersAt = (store: Store, accountId: number) =>
  store.db
    .selectFrom("contact")
    .select(["name", "title", "email", "influence"])
    .where("account_id", "=", accountId)
    .orderBy("id")
    .execute();
