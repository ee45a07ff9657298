import { sql } from "kysely";
import type { Store } from "../store/open.ts";

/** Sell-out of an account (or of one category there) week by week: units, net sales in minor units, mean distribution. */
export const weeklySell = (store: Store, accountId: number, categoryId: number | null) =>
  store.db
    .selectFrom("sales_week as s")
    .innerJoin("product as p", "p.id", "s.product_id")
    .innerJoin("brand as b", "b.id", "p.brand_id")
    .where("s.account_id", "=", accountId)
    .$if(categoryId !== null, (query) => query.where("b.category_id", "=", categoryId))
    .select([
      "s.week",
      sql<number>`sum(s.units)`.as("units"),
      sql<number>`coalesce(sum(s.net_sales_minor), 0)`.as("net_sales_minor"),
      sql<number | null>`avg(s.distribution)`.as("distribution"),
    ])
    .groupBy("s.week")
    .orderBy("s.week")
    .execute();

/** A category at an account week by week: its value and our part of it, minor units. */
export const weeklyCategory = (store: Store, accountId: number, categoryId: number) =>
  store.db
    .selectFrom("category_week as w")
    .where("w.account_id", "=", accountId)
    .where("w.category_id", "=", categoryId)
    .select(["w.week", "w.value_minor as value", sql<number>`w.value_minor * w.own_share`.as("own")])
    .orderBy("w.week")
    .execute();
