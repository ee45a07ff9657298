import type { Store } from "../../store/open.ts";

/** What the visits writer compares a row with. */

export const accountStores = (store: Store) =>
  store.db.selectFrom("account_store").select(["account_id", "name", "code"]).orderBy("id").execute();

/** Every visit that came with an id of its sender, and what it said of each product. */
export const visitsWithIds = (store: Store) =>
  store.db
    .selectFrom("visit")
    .leftJoin("shelf_check", "shelf_check.visit_id", "visit.id")
    .select([
      "visit.account_id",
      "visit.store",
      "visit.date",
      "visit.source",
      "visit.promotion_id",
      "visit.external_id",
    ])
    .select([
      "shelf_check.product_id",
      "shelf_check.on_shelf",
      "shelf_check.display_present",
      "shelf_check.feature_present",
      "shelf_check.price_seen",
      "shelf_check.confidence",
      "shelf_check.facings",
      "shelf_check.availability",
      "shelf_check.display_type",
      "shelf_check.photo",
    ])
    .where("visit.external_id", "is not", null)
    .execute();
export type KnownVisit = Awaited<ReturnType<typeof visitsWithIds>>[number];
