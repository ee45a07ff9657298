import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Which events: of these accounts, and by the dates both ends included; what is undefined does not limit. */
export interface EventFilter {
  readonly accountIds: readonly number[];
  /** Events with at least one of these products. */
  readonly productIds?: readonly number[] | undefined;
  readonly mechanic?: string | undefined;
  readonly notMechanics?: readonly string[] | undefined;
  /** Events with (or without) such support. */
  readonly display?: boolean | undefined;
  readonly feature?: boolean | undefined;
  readonly startsIn?: Period | undefined;
  readonly endsIn?: Period | undefined;
  /** Events that ended before this date. */
  readonly endedBefore?: string | undefined;
}

const eventsOf = (store: Store, filter: EventFilter) => {
  const { productIds, mechanic, notMechanics, display, feature, startsIn, endsIn, endedBefore } = filter;
  return store.db
    .selectFrom("v_promotion as p")
    .where("p.account_id", "in", idsOrNone(filter.accountIds))
    .$if(productIds !== undefined, (query) =>
      query.where("p.promotion_id", "in", (eb) =>
        eb
          .selectFrom("promotion_line as l")
          .select("l.promotion_id")
          .where("l.product_id", "in", idsOrNone(productIds ?? [])),
      ),
    )
    .$if(mechanic !== undefined, (query) => query.where("p.mechanic", "=", mechanic as "tpr"))
    .$if(Boolean(notMechanics?.length), (query) => query.where("p.mechanic", "not in", notMechanics as "tpr"[]))
    .$if(display !== undefined, (query) => query.where("p.display", "=", display ? 1 : 0))
    .$if(feature !== undefined, (query) => query.where("p.feature", "=", feature ? 1 : 0))
    .$if(startsIn !== undefined, (query) =>
      query.where("p.start", ">=", startsIn!.from).where("p.start", "<=", startsIn!.to),
    )
    .$if(endsIn !== undefined, (query) => query.where("p.end", ">=", endsIn!.from).where("p.end", "<=", endsIn!.to))
    .$if(endedBefore !== undefined, (query) => query.where("p.end", "<", endedBefore!));
};

/** Events that ended, with what they brought: the rows of v_promotion_result beside those of v_promotion. */
export const eventResults = (store: Store, filter: EventFilter) =>
  eventsOf(store, filter)
    .innerJoin("v_promotion_result as r", "r.promotion_id", "p.promotion_id")
    .selectAll("p")
    .select([
      "r.units",
      "r.baseline",
      "r.gross_incremental",
      "r.dip",
      "r.cannibalised",
      "r.halo",
      "r.true_incremental",
      "r.low",
      "r.high",
      "r.spend",
      "r.incremental_profit",
      "r.net_roi",
      "r.gross_roi",
      "r.uplift",
    ])
    .orderBy("p.end")
    .orderBy("p.promotion_id")
    .execute();
export type EventResult = Awaited<ReturnType<typeof eventResults>>[number];

/** Events of any state, without results; those called off are left out. */
export const plannedOrPast = (store: Store, filter: EventFilter) =>
  eventsOf(store, filter)
    .where("p.status", "<>", "cancelled")
    .selectAll("p")
    .orderBy("p.end")
    .orderBy("p.promotion_id")
    .execute();
export type EventRow = Awaited<ReturnType<typeof plannedOrPast>>[number];

/** Events that ended in the filter's dates and have no result. */
export const eventsWithoutResult = (store: Store, filter: EventFilter) =>
  eventsOf(store, filter)
    .leftJoin("promotion_result as r", "r.promotion_id", "p.promotion_id")
    .where("r.promotion_id", "is", null)
    .where("p.status", "in", ["approved", "running", "ended", "closed"])
    .where("p.end", "<", store.today)
    .select(["p.promotion", "p.name"])
    .orderBy("p.promotion_id")
    .execute();

/** The products of events, with what was planned for each. */
export const linesOf = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion_line as l")
    .innerJoin("product as p", "p.id", "l.product_id")
    .innerJoin("brand as b", "b.id", "p.brand_id")
    .select([
      "l.promotion_id",
      "l.product_id",
      "p.name as product",
      "p.brand_id",
      "b.category_id",
      "l.allowance_minor",
      "l.planned_units",
      "l.planned_baseline",
    ])
    .where("l.promotion_id", "in", idsOrNone(promotionIds))
    .orderBy("l.promotion_id")
    .orderBy("p.name")
    .execute();

/** Net sales of the products of each event in its in-store weeks, major units: weeks of sell-out that the event touches. */
export const netSalesOfEvents = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion as q")
    .innerJoin("promotion_line as l", "l.promotion_id", "q.id")
    .innerJoin("v_sales_week as s", (join) =>
      join
        .onRef("s.account_id", "=", "q.account_id")
        .onRef("s.product_id", "=", "l.product_id")
        .onRef("s.week", "<=", "q.end"),
    )
    .whereRef("s.week", ">", (eb) => eb.fn<string>("date", [eb.ref("q.start"), eb.val("-7 days")]))
    .where("q.id", "in", idsOrNone(promotionIds))
    .select("q.id as promotion_id")
    .select((eb) => eb.fn.sum<number | null>("s.net_sales").as("net_sales"))
    .groupBy("q.id")
    .execute();

/** The data version that the results were made on, null where there are none. */
export async function resultsVersion(store: Store): Promise<number | null> {
  const row = await store.db
    .selectFrom("model")
    .select((eb) => eb.fn.max("data_version").as("version"))
    .executeTakeFirst();
  return row?.version ?? null;
}
