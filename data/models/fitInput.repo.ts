import type { Store } from "../store/open.ts";

/** Promotions that ran or are agreed to run, with what they do to the shelf; a draft or a cancelled one did nothing. */
export const agreedPromotions = (store: Store) =>
  store.db
    .selectFrom("promotion")
    .selectAll()
    .where("status", "in", ["approved", "running", "ended", "closed"])
    .orderBy("id")
    .execute();
export type AgreedPromotion = Awaited<ReturnType<typeof agreedPromotions>>[number];

export const promotionLines = (store: Store) =>
  store.db.selectFrom("promotion_line").selectAll().orderBy("promotion_id").orderBy("product_id").execute();
export type PromotionLine = Awaited<ReturnType<typeof promotionLines>>[number];

/** Competitor promotions reported so far; account or category null means all of them. */
export const competitorPromotions = (store: Store) =>
  store.db
    .selectFrom("signal")
    .select(["account_id", "category_id", "start", "end", "value"])
    .where("kind", "=", "competitor_promotion")
    .orderBy("id")
    .execute();

/** Units shipped of the products of each promotion in its buy-in window, for those that have one. */
export const buyInUnits = (store: Store) =>
  store.db
    .selectFrom("promotion")
    .innerJoin("promotion_line", "promotion_line.promotion_id", "promotion.id")
    .innerJoin("shipment_week", (join) =>
      join
        .onRef("shipment_week.account_id", "=", "promotion.account_id")
        .onRef("shipment_week.product_id", "=", "promotion_line.product_id")
        .onRef("shipment_week.week", "<=", "promotion.buy_in_end"),
    )
    .whereRef("shipment_week.week", ">=", (eb) =>
      eb.fn<string>("date", [eb.ref("promotion.buy_in_start"), eb.val("-6 days")]),
    )
    .where("promotion.payment", "=", "off_invoice")
    .select(["promotion.id as promotion_id", "promotion_line.product_id"])
    .select((eb) => eb.fn.sum<number>("shipment_week.units").as("units"))
    .groupBy(["promotion.id", "promotion_line.product_id"])
    .execute();

/** Periods in which a product is listed at an account. */
export const listings = (store: Store) =>
  store.db.selectFrom("listing").select(["account_id", "product_id", "start", "end"]).orderBy("start").execute();
