import type { Period } from "../common/dates.ts";
import type { Store } from "../store/open.ts";

/** Promotions that run or are over and not closed (or the one of an id), with the fund that bears them. */
export const accruablePromotions = (store: Store, promotionId?: number) =>
  store.db
    .selectFrom("promotion")
    .innerJoin("account", "account.id", "promotion.account_id")
    .innerJoin("fund", "fund.id", "promotion.fund_id")
    .select([
      "promotion.id",
      "promotion.code",
      "promotion.name",
      "promotion.account_id",
      "promotion.status",
      "promotion.payment",
      "promotion.fixed_spend_minor",
      "promotion.start",
      "promotion.end",
      "promotion.buy_in_start",
      "promotion.buy_in_end",
      "promotion.scan_start",
      "promotion.scan_end",
      "account.name as account",
      "fund.id as fund_id",
      "fund.name as fund",
      "fund.currency",
    ])
    .where("promotion.status", "in", ["running", "ended"])
    .$if(promotionId !== undefined, (query) => query.where("promotion.id", "=", promotionId!))
    .orderBy("promotion.start")
    .orderBy("promotion.id")
    .execute();
export type Accruable = Awaited<ReturnType<typeof accruablePromotions>>[number];

/** Units of a promotion's products by week (its Monday), and what they cost at the planned rate, minor units. */
export const soldByWeek = (store: Store, promotionId: number, weeks: Period) =>
  store.db
    .selectFrom("promotion_line as l")
    .innerJoin("promotion as q", "q.id", "l.promotion_id")
    .innerJoin("sales_week as w", (join) =>
      join.onRef("w.account_id", "=", "q.account_id").onRef("w.product_id", "=", "l.product_id"),
    )
    .select("w.week")
    .select((eb) => [
      eb.fn.sum<number>("w.units").as("units"),
      eb.fn.sum<number>(eb("w.units", "*", eb.ref("l.allowance_minor"))).as("cost_minor"),
    ])
    .where("l.promotion_id", "=", promotionId)
    .where("w.week", ">=", weeks.from)
    .where("w.week", "<=", weeks.to)
    .groupBy("w.week")
    .execute();

/** The same of what was shipped: where the invoice is cut, that is what is paid for. */
export const shippedByWeek = (store: Store, promotionId: number, weeks: Period) =>
  store.db
    .selectFrom("promotion_line as l")
    .innerJoin("promotion as q", "q.id", "l.promotion_id")
    .innerJoin("shipment_week as w", (join) =>
      join.onRef("w.account_id", "=", "q.account_id").onRef("w.product_id", "=", "l.product_id"),
    )
    .select("w.week")
    .select((eb) => [
      eb.fn.sum<number>("w.units").as("units"),
      eb.fn.sum<number>(eb("w.units", "*", eb.ref("l.allowance_minor"))).as("cost_minor"),
    ])
    .where("l.promotion_id", "=", promotionId)
    .where("w.week", ">=", weeks.from)
    .where("w.week", "<=", weeks.to)
    .groupBy("w.week")
    .execute();

/** The last week that an account's sales, or what was shipped to it, are known of. */
export const lastWeekKnown = async (
  store: Store,
  table: "sales_week" | "shipment_week",
  accountId: number,
): Promise<string | null> =>
  (
    await store.db
      .selectFrom(table)
      .select((eb) => eb.fn.max<string | null>("week").as("week"))
      .where("account_id", "=", accountId)
      .executeTakeFirst()
  )?.week ?? null;

/** The trade-spend expense booked for a promotion, by the week that it was booked for (null where for none). */
export const expenseByWeek = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("posting")
    .innerJoin("journal", "journal.id", "posting.journal_id")
    .select("journal.week")
    .select((eb) => eb.fn.sum<number>("posting.amount_minor").as("amount_minor"))
    .where("posting.promotion_id", "=", promotionId)
    .where("posting.ledger", "=", "expense")
    .groupBy("journal.week")
    .execute();
