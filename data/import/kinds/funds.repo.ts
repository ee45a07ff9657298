import type { Store } from "../../store/open.ts";

/** Every fund as an import compares with it: what it was granted (moved money aside) and has left, minor units, and the last start of what it pays. */
export async function readFunds(store: Store) {
  const funds = await store.db
    .selectFrom("fund")
    .select(["id", "account_id", "parent_id", "name", "start", "end", "brand_id", "category_id", "rate", "currency"])
    .orderBy("id")
    .execute();
  const granted = await store.db
    .selectFrom("posting")
    .innerJoin("journal", "journal.id", "posting.journal_id")
    .leftJoin("journal as back", "back.id", "journal.reverses")
    .select((eb) => ["posting.fund_id", eb.fn.sum<number>("posting.amount_minor").as("amount")])
    .where("posting.ledger", "=", "granted")
    .where("journal.transfer_id", "is", null)
    .where("back.transfer_id", "is", null)
    .groupBy("posting.fund_id")
    .execute();
  const left = await store.db
    .selectFrom("posting")
    .select((eb) => ["fund_id", eb.fn.sum<number>("amount_minor").as("amount")])
    .where("ledger", "=", "available")
    .groupBy("fund_id")
    .execute();
  const last = await store.db
    .selectFrom("promotion_spend")
    .innerJoin("promotion", "promotion.id", "promotion_spend.promotion_id")
    .select((eb) => ["promotion_spend.fund_id", eb.fn.max("promotion.start").as("start")])
    .groupBy("promotion_spend.fund_id")
    .execute();
  const [grantOf, leftOf] = [granted, left].map((rows) => new Map(rows.map((r) => [r.fund_id, r.amount])));
  const lastOf = new Map(last.map((r) => [r.fund_id, r.start]));
  return funds.map((fund) => ({
    ...fund,
    granted_minor: -(grantOf!.get(fund.id) ?? 0),
    left_minor: leftOf!.get(fund.id) ?? 0,
    last_start: lastOf.get(fund.id) ?? null,
  }));
}
