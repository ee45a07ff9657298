import { sql } from "kysely";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/**
 * What promotions sold at the shelf, in the weeks that they touch: units and their value at the shelf price, at the everyday
 * shelf price (both with sales tax, major units) and at list price (minor units); a row each, none where a price is missing.
 */
export const shelfOf = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion as q")
    .innerJoin("promotion_line as l", "l.promotion_id", "q.id")
    .innerJoin("product as p", "p.id", "l.product_id")
    .innerJoin("sales_week as s", (join) =>
      join.onRef("s.account_id", "=", "q.account_id").onRef("s.product_id", "=", "l.product_id"),
    )
    .innerJoin("account as a", "a.id", "q.account_id")
    .where("q.id", "in", idsOrNone(promotionIds))
    .whereRef("s.week", ">=", "q.start")
    .whereRef("s.week", "<=", "q.end")
    .select([
      "q.id as promotion_id",
      "a.vat_rate",
      sql<number>`sum(s.units)`.as("units"),
      sql<number | null>`sum(s.units * s.price)`.as("at_price"),
      sql<number | null>`sum(s.units * s.base_price)`.as("at_base_price"),
      sql<number | null>`sum(s.units * p.list_price_minor)`.as("at_list_minor"),
    ])
    .groupBy(["q.id", "a.vat_rate"])
    .having(
      sql<boolean>`count(*) = count(s.price) AND count(*) = count(s.base_price) AND count(*) = count(p.list_price_minor) AND sum(s.units) > 0`,
    )
    .execute();
export type ShelfOfPromotion = Awaited<ReturnType<typeof shelfOf>>[number];
