import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Funds with their balance (major units, from v_budget), dates and account's name, all of them or those that touch a period. */
export const fundBalances = (store: Store, accountIds: readonly number[], touching?: Period) =>
  store.db
    .selectFrom("v_budget")
    .innerJoin("fund", "fund.id", "v_budget.fund_id")
    .leftJoin("brand", "brand.id", "fund.brand_id")
    .leftJoin("category", "category.id", "fund.category_id")
    .leftJoin("fund as above", "above.id", "fund.parent_id")
    .selectAll("v_budget")
    .select(["fund.start", "fund.end", "fund.brand_id", "fund.category_id", "fund.rate", "fund.parent_id"])
    .select(["brand.name as brand", "category.name as category", "above.name as parent"])
    .where("v_budget.account_id", "in", idsOrNone(accountIds))
    .$if(touching !== undefined, (query) =>
      query.where("fund.start", "<=", touching!.to).where("fund.end", ">=", touching!.from),
    )
    .orderBy("v_budget.account_id")
    .orderBy("fund.start")
    .orderBy("fund.id")
    .execute();
export type FundBalance = Awaited<ReturnType<typeof fundBalances>>[number];

/** The brands and categories of some products, each once. */
export const brandsOf = (store: Store, productIds: readonly number[]) =>
  store.db
    .selectFrom("product")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .select(["product.brand_id", "brand.category_id"])
    .distinct()
    .where("product.id", "in", idsOrNone(productIds))
    .execute();

/** The account that a fund is of; null for one of none, or where there is no such fund. */
export const accountOfFund = async (store: Store, fundId: number): Promise<number | null> =>
  (await store.db.selectFrom("fund").select("account_id").where("id", "=", fundId).executeTakeFirst())?.account_id ??
  null;

/** What one promotion holds of one fund, in minor units, over all states. */
export async function heldByPromotion(store: Store, fundId: number, promotionId: number): Promise<number> {
  const row = await store.db
    .selectFrom("promotion_spend")
    .select((eb) => eb.fn.sum<number | null>("amount_minor").as("held"))
    .where("fund_id", "=", fundId)
    .where("promotion_id", "=", promotionId)
    .executeTakeFirst();
  return row?.held ?? 0;
}

/** Promotions that hold money of a fund, by state. */
export const fundUse = (store: Store, fundIds: readonly number[]) =>
  store.db
    .selectFrom("promotion_spend")
    .innerJoin("promotion", "promotion.id", "promotion_spend.promotion_id")
    .select(["promotion_spend.fund_id", "promotion_spend.state", "promotion_spend.amount_minor"])
    .select(["promotion.code", "promotion.name", "promotion.start", "promotion.end", "promotion.status"])
    .where("promotion_spend.fund_id", "in", fundIds)
    .orderBy("promotion_spend.amount_minor", "desc")
    .orderBy("promotion.id")
    .execute();

export const openTransfers = (store: Store) =>
  store.db
    .selectFrom("fund_transfer")
    .innerJoin("person", "person.id", "fund_transfer.requested_by")
    .selectAll("fund_transfer")
    .select("person.name as requester")
    .where("status", "=", "requested")
    .orderBy("fund_transfer.id")
    .execute();

export const insertTransfer = (
  store: Store,
  transfer: {
    from: number;
    to: number;
    amountMinor: number;
    status: "requested" | "done";
    by: string;
    note: string | null;
  },
) =>
  store.db
    .insertInto("fund_transfer")
    .values({
      from_fund: transfer.from,
      to_fund: transfer.to,
      amount_minor: transfer.amountMinor,
      status: transfer.status,
      requested_by: transfer.by,
      decided_by: transfer.status === "done" ? transfer.by : null,
      date: store.today,
      note: transfer.note,
    })
    .returning("id")
    .executeTakeFirstOrThrow();

export const settleTransfer = (store: Store, id: number, by: string) =>
  store.db
    .updateTable("fund_transfer")
    .set({ status: "done", decided_by: by })
    .where("id", "=", id)
    .where("status", "=", "requested")
    .execute();

export const transferById = (store: Store, id: number) =>
  store.db.selectFrom("fund_transfer").selectAll().where("id", "=", id).executeTakeFirst();

/** A request that nobody has decided is taken away. */
export const removeTransfer = (store: Store, id: number) =>
  store.db.deleteFrom("fund_transfer").where("id", "=", id).where("status", "=", "requested").execute();

/** @returns false where it is not open any more */
export async function rejectTransfer(store: Store, id: number, by: string, note: string | null): Promise<boolean> {
  const done = await store.db
    .updateTable("fund_transfer")
    .set({ status: "rejected", decided_by: by, note })
    .where("id", "=", id)
    .where("status", "=", "requested")
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** A request that was decided is open again. */
export const reopenTransfer = (store: Store, id: number) =>
  store.db
    .updateTable("fund_transfer")
    .set({ status: "requested", decided_by: null })
    .where("id", "=", id)
    .where("status", "!=", "requested")
    .execute();
