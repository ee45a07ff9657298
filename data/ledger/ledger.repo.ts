import type { Insertable } from "kysely";
import type { Store } from "../store/open.ts";
import type { JournalTable } from "../store/schema/ledger.ts";
import type { Entry, SpendState } from "./entries.ts";
import { SPEND_STATES } from "./entries.ts";

export const insertJournal = async (store: Store, row: Insertable<JournalTable>): Promise<number> =>
  (await store.db.insertInto("journal").values(row).returning("id").executeTakeFirstOrThrow()).id;

export const insertPostings = (store: Store, journalId: number, lines: readonly Entry[]) =>
  store.db
    .insertInto("posting")
    .values(lines.map((line) => ({ journal_id: journalId, ...line })))
    .execute();

export const journalById = (store: Store, id: number) =>
  store.db.selectFrom("journal").selectAll().where("id", "=", id).executeTakeFirst();

export const postingsOfJournal = (store: Store, id: number) =>
  store.db
    .selectFrom("posting")
    .select(["ledger", "fund_id", "promotion_id", "claim_id", "amount_minor", "currency"])
    .where("journal_id", "=", id)
    .orderBy("id")
    .execute();

/** What a fund has left, minor units. */
export async function fundLeft(store: Store, fundId: number): Promise<{ name: string; left: number }> {
  const row = await store.db
    .selectFrom("fund")
    .leftJoin("posting", (join) => join.onRef("posting.fund_id", "=", "fund.id").on("posting.ledger", "=", "available"))
    .select("fund.name")
    .select((eb) => eb.fn.sum<number | null>("posting.amount_minor").as("left"))
    .where("fund.id", "=", fundId)
    .groupBy("fund.name")
    .executeTakeFirstOrThrow();
  return { name: row.name, left: row.left ?? 0 };
}

export const fundCurrency = async (store: Store, fundId: number): Promise<string> =>
  (await store.db.selectFrom("fund").select("currency").where("id", "=", fundId).executeTakeFirstOrThrow()).currency;

/** What a promotion holds of its funds, state by state; minor units, nothing that is zero. */
export async function heldOf(
  store: Store,
  promotionId: number,
): Promise<{ fund_id: number; state: SpendState; amount_minor: number; currency: string }[]> {
  const rows = await store.db
    .selectFrom("posting")
    .select(["fund_id", "ledger", "currency"])
    .select((eb) => eb.fn.sum<number>("amount_minor").as("amount_minor"))
    .where("promotion_id", "=", promotionId)
    .where("ledger", "in", [...SPEND_STATES])
    .groupBy(["fund_id", "ledger", "currency"])
    .orderBy("fund_id")
    .orderBy("ledger")
    .execute();
  return rows
    .filter((row) => row.amount_minor !== 0)
    .map(({ fund_id, ledger, ...row }) => ({ fund_id: fund_id as number, state: ledger as SpendState, ...row }));
}

/** What one claim holds in state claimed, by promotion and fund. */
export async function claimedBy(store: Store, claimId: number) {
  const rows = await store.db
    .selectFrom("posting")
    .select(["fund_id", "promotion_id", "currency"])
    .select((eb) => eb.fn.sum<number>("amount_minor").as("amount_minor"))
    .where("claim_id", "=", claimId)
    .where("ledger", "=", "claimed")
    .groupBy(["fund_id", "promotion_id", "currency"])
    .orderBy("promotion_id")
    .orderBy("fund_id")
    .execute();
  return rows.filter((row) => row.amount_minor !== 0).map((row) => ({ ...row, fund_id: row.fund_id as number }));
}

/** What a promotion takes from its funds, by state (claimed counts under accrued), with the fund's name. */
export const promotionSpend = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("promotion_spend")
    .innerJoin("fund", "fund.id", "promotion_spend.fund_id")
    .selectAll("promotion_spend")
    .select("fund.name as fund")
    .where("promotion_id", "=", promotionId)
    .orderBy("state")
    .execute();

export const statusOfPromotion = async (store: Store, promotionId: number) =>
  (await store.db.selectFrom("promotion").select("status").where("id", "=", promotionId).executeTakeFirstOrThrow())
    .status;

/** The fund that a promotion was made on. */
export const fundOfPromotion = async (store: Store, promotionId: number): Promise<number | null> =>
  (await store.db.selectFrom("promotion").select("fund_id").where("id", "=", promotionId).executeTakeFirst())
    ?.fund_id ?? null;
