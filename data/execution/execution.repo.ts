import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/**
 * Shelf checks by promotion and product: visits tied to the promotion, and visits at its account while it ran.
 * `display`, `feature` and `on_shelf` are numbers of checks; `price_seen` is their mean in major units.
 */
export const shelfChecksOf = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion as q")
    .innerJoin("promotion_line as l", "l.promotion_id", "q.id")
    .innerJoin("visit as v", (join) =>
      join
        .onRef("v.account_id", "=", "q.account_id")
        .on((eb) =>
          eb.or([
            eb("v.promotion_id", "=", eb.ref("q.id")),
            eb.and([
              eb("v.promotion_id", "is", null),
              eb("v.date", ">=", eb.ref("q.start")),
              eb("v.date", "<=", eb.ref("q.end")),
            ]),
          ]),
        ),
    )
    .innerJoin("shelf_check as k", (join) =>
      join.onRef("k.visit_id", "=", "v.id").onRef("k.product_id", "=", "l.product_id"),
    )
    .where("q.id", "in", idsOrNone(promotionIds))
    .select((eb) => [
      "q.id as promotion_id",
      "v.id as visit_id",
      "v.store",
      "v.date",
      "v.source",
      eb.fn.max("k.display_present").as("display"),
      eb.fn.max("k.feature_present").as("feature"),
      eb.fn.min("k.on_shelf").as("on_shelf"),
      eb.fn.avg<number | null>("k.price_seen").as("price_seen"),
    ])
    .groupBy(["q.id", "v.id"])
    .orderBy("q.id")
    .orderBy("v.date")
    .execute();
export type StoreCheck = Awaited<ReturnType<typeof shelfChecksOf>>[number];
