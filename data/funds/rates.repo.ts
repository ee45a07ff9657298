import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import type { FundTable } from "../store/schema/funds.ts";

/** Funds that are granted a share of net sales. */
export const rateFunds = (store: Store) =>
  store.db.selectFrom("fund").selectAll().where("rate", "is not", null).orderBy("id").execute();

/** Net sales of what a fund is for, by week, minor units. */
export const netSalesOf = (
  store: Store,
  fund: Pick<FundTable, "account_id" | "brand_id" | "category_id">,
  weeks: Period,
) =>
  store.db
    .selectFrom("sales_week")
    .innerJoin("product", "product.id", "sales_week.product_id")
    .innerJoin("brand", "brand.id", "product.brand_id")
    .select("sales_week.week")
    .select((eb) => eb.fn.sum<number>(eb.fn.coalesce("sales_week.net_sales_minor", eb.lit(0))).as("net_sales_minor"))
    .where("sales_week.week", ">=", weeks.from)
    .where("sales_week.week", "<=", weeks.to)
    .$if(fund.account_id !== null, (query) => query.where("sales_week.account_id", "=", fund.account_id!))
    .$if(fund.brand_id !== null, (query) => query.where("product.brand_id", "=", fund.brand_id!))
    .$if(fund.category_id !== null, (query) => query.where("brand.category_id", "=", fund.category_id!))
    .groupBy("sales_week.week")
    .orderBy("sales_week.week")
    .execute();

/** The weeks that a fund has been granted money for, reversed ones left out. */
export const weeksGranted = async (store: Store, fundId: number): Promise<Set<string>> => {
  const rows = await store.db
    .selectFrom("posting")
    .innerJoin("journal", "journal.id", "posting.journal_id")
    .select("journal.week")
    .where("posting.fund_id", "=", fundId)
    .where("posting.ledger", "=", "granted")
    .where("journal.week", "is not", null)
    .groupBy("journal.week")
    .having((eb) => eb(eb.fn.sum<number>("posting.amount_minor"), "!=", 0))
    .execute();
  return new Set(rows.map((row) => row.week as string));
};
