import { sql } from "kysely";
import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/**
 * What was sold through, by account and week of the period: units and net sales, and the same units at list price and at cost,
 * in minor units. Units of which one of them is not known are counted beside it, and stand at net sales where no list price is known.
 */
export const soldByWeek = (store: Store, accountIds: readonly number[], period: Period) =>
  store.db
    .selectFrom("sales_week as s")
    .innerJoin("product as p", "p.id", "s.product_id")
    .where("s.account_id", "in", idsOrNone(accountIds))
    .where("s.week", ">=", period.from)
    .where("s.week", "<=", period.to)
    .select([
      "s.account_id",
      "s.week",
      sql<number>`sum(s.units)`.as("units"),
      sql<number>`coalesce(sum(s.net_sales_minor), 0)`.as("net_sales_minor"),
      sql<number>`coalesce(sum(coalesce(s.units * p.list_price_minor, s.net_sales_minor)), 0)`.as("at_list_minor"),
      sql<number>`coalesce(sum(s.units * p.cost_minor), 0)`.as("at_cost_minor"),
      sql<number>`sum(CASE WHEN s.net_sales_minor IS NULL THEN s.units ELSE 0 END)`.as("units_without_net_sales"),
      sql<number>`sum(CASE WHEN p.list_price_minor IS NULL THEN s.units ELSE 0 END)`.as("units_without_list_price"),
      sql<number>`sum(CASE WHEN p.cost_minor IS NULL THEN s.units ELSE 0 END)`.as("units_without_cost"),
    ])
    .groupBy(["s.account_id", "s.week"])
    .orderBy("s.account_id")
    .orderBy("s.week")
    .execute();
export type SoldWeek = Awaited<ReturnType<typeof soldByWeek>>[number];
