import type { Insertable, Updateable } from "kysely";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { FundTable } from "../store/schema/funds.ts";

/** Funds with their place among the others (v_fund), of some accounts and, where `pools`, those of no account. */
export const fundTree = (store: Store, accountIds: readonly number[], pools: boolean) =>
  store.db
    .selectFrom("v_fund")
    .selectAll()
    .where((eb) =>
      eb.or([eb("account_id", "in", idsOrNone(accountIds)), ...(pools ? [eb("account_id", "is", null)] : [])]),
    )
    .orderBy("start")
    .orderBy("fund_id")
    .execute();
export type FundInTree = Awaited<ReturnType<typeof fundTree>>[number];

export const insertFund = async (store: Store, row: Insertable<FundTable>): Promise<number> =>
  (await store.db.insertInto("fund").values(row).returning("id").executeTakeFirstOrThrow()).id;

export const updateFund = (store: Store, id: number, set: Updateable<FundTable>) =>
  store.db.updateTable("fund").set(set).where("id", "=", id).execute();

/** What promotions hold of a fund outside some dates, so that these cannot be its dates. */
export const heldOutside = (store: Store, fundId: number, from: string, to: string) =>
  store.db
    .selectFrom("promotion_spend")
    .innerJoin("promotion", "promotion.id", "promotion_spend.promotion_id")
    .select(["promotion.code", "promotion.name"])
    .where("promotion_spend.fund_id", "=", fundId)
    .where((eb) => eb.or([eb("promotion.start", "<", from), eb("promotion.start", ">", to)]))
    .orderBy("promotion.id")
    .executeTakeFirst();
