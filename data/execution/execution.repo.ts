import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/**
 * What was seen of each promoted product within the in-store window: on visits tied to the promotion, and on visits at its account
 * that are tied to none. `price_seen` in major units.
 */
export const shelfChecksOf = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion as q")
    .innerJoin("promotion_line as l", "l.promotion_id", "q.id")
    .innerJoin("visit as v", (join) =>
      join
        .onRef("v.account_id", "=", "q.account_id")
        .onRef("v.date", ">=", "q.start")
        .onRef("v.date", "<=", "q.end")
        .on((eb) => eb.or([eb("v.promotion_id", "=", eb.ref("q.id")), eb("v.promotion_id", "is", null)])),
    )
    .innerJoin("shelf_check as k", (join) =>
      join.onRef("k.visit_id", "=", "v.id").onRef("k.product_id", "=", "l.product_id"),
    )
    .innerJoin("product as p", "p.id", "k.product_id")
    .where("q.id", "in", idsOrNone(promotionIds))
    .select([
      "q.id as promotion_id",
      "v.id as visit_id",
      "v.store",
      "v.date",
      "v.source",
      "k.product_id",
      "p.name as product",
      "k.display_present as display",
      "k.feature_present as feature",
      "k.on_shelf",
      "k.price_seen",
      "k.confidence",
      "k.display_type",
      "k.photo",
    ])
    .orderBy("q.id")
    .orderBy("v.date")
    .orderBy("v.id")
    .orderBy("p.name")
    .execute();
export type ShelfCheck = Awaited<ReturnType<typeof shelfChecksOf>>[number];

/** Visits tied to a promotion that lie outside its in-store window, by promotion. */
export const visitsOutside = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("visit as v")
    .innerJoin("promotion as q", "q.id", "v.promotion_id")
    .where("q.id", "in", idsOrNone(promotionIds))
    .where((eb) => eb.or([eb("v.date", "<", eb.ref("q.start")), eb("v.date", ">", eb.ref("q.end"))]))
    .select(({ fn }) => ["q.id as promotion_id", fn.countAll<number>().as("visits")])
    .groupBy("q.id")
    .execute();

/** How many stores each account has in its list; accounts without a list are missing. */
export async function storesOf(store: Store, accountIds: readonly number[]): Promise<Map<number, number>> {
  const rows = await store.db
    .selectFrom("account_store")
    .select(({ fn }) => ["account_id", fn.countAll<number>().as("stores")])
    .where("account_id", "in", idsOrNone(accountIds))
    .groupBy("account_id")
    .execute();
  return new Map(rows.map((row) => [row.account_id, row.stores]));
}

/** Everyday shelf prices of the weeks that a promotion touches, major units incl. tax. */
export const everydayPricesOf = (store: Store, promotionId: number) =>
  store.db
    .selectFrom("promotion as q")
    .innerJoin("promotion_line as l", "l.promotion_id", "q.id")
    .innerJoin("sales_week as s", (join) =>
      join.onRef("s.account_id", "=", "q.account_id").onRef("s.product_id", "=", "l.product_id"),
    )
    .where("q.id", "=", promotionId)
    .where("s.base_price", "is not", null)
    .whereRef("s.week", "<=", "q.end")
    .select(["s.product_id", "s.week", "s.base_price"])
    .orderBy("s.week", "desc")
    .execute();

export interface VisitFilter {
  readonly accountIds: readonly number[];
  readonly promotionId?: number | undefined;
  readonly period?: Period | undefined;
}

/** Visits with what was checked on them, latest first. */
export function visitRows(store: Store, { accountIds, promotionId, period }: VisitFilter) {
  let query = store.db
    .selectFrom("visit as v")
    .innerJoin("account as a", "a.id", "v.account_id")
    .leftJoin("promotion as q", "q.id", "v.promotion_id")
    .leftJoin("shelf_check as k", "k.visit_id", "v.id")
    .leftJoin("product as p", "p.id", "k.product_id")
    .where("v.account_id", "in", idsOrNone(accountIds));
  if (promotionId !== undefined) query = query.where("v.promotion_id", "=", promotionId);
  if (period) query = query.where("v.date", ">=", period.from).where("v.date", "<=", period.to);
  return query
    .select([
      "v.id as visit_id",
      "v.account_id",
      "a.name as account",
      "v.store",
      "v.date",
      "v.source",
      "v.external_id",
      "q.code as promotion",
      "q.name as promotion_name",
      "p.name as product",
      "k.on_shelf",
      "k.display_present",
      "k.feature_present",
      "k.price_seen",
      "k.confidence",
      "k.facings",
      "k.availability",
      "k.display_type",
      "k.photo",
    ])
    .orderBy("v.date", "desc")
    .orderBy("v.id", "desc")
    .orderBy("p.name")
    .execute();
}
export type VisitRow = Awaited<ReturnType<typeof visitRows>>[number];
