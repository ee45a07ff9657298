import { sql } from "kysely";
import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { PromotionStatus } from "./states.ts";

/** What limits a search; what is undefined does not. */
export interface PromotionFilter {
  readonly accountIds: readonly number[];
  /** Promotions with at least one of these products. */
  readonly productIds?: readonly number[] | undefined;
  readonly statuses?: readonly PromotionStatus[] | undefined;
  readonly mechanic?: string | undefined;
  readonly notMechanics?: readonly string[] | undefined;
  /** Promotions that start in it. */
  readonly startsIn?: Period | undefined;
  /** Promotions that are on the shelf on some day of it. */
  readonly touches?: Period | undefined;
  readonly endsFrom?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly series?: string | undefined;
  /** Words (letters and digits only) that all stand somewhere in id, name, products or note. */
  readonly words?: readonly string[] | undefined;
  readonly ids?: readonly number[] | undefined;
}

/** Promotions with what they hold of a fund (major units) and, where they ended, what they brought; by start, then id. */
export function searchPromotions(store: Store, filter: PromotionFilter) {
  let query = store.db
    .selectFrom("v_promotion as p")
    .innerJoin("promotion as q", "q.id", "p.promotion_id")
    .leftJoin("v_promotion_result as r", "r.promotion_id", "p.promotion_id")
    .leftJoin("person as maker", "maker.id", "p.created_by")
    .selectAll("p")
    .select(["q.note", "q.version", "q.created_at", "maker.name as maker"])
    .select((eb) =>
      eb
        .selectFrom("promotion_spend as s")
        .select((e) => sql<number | null>`sum(${e.ref("s.amount_minor")}) / 100.0`.as("held"))
        .whereRef("s.promotion_id", "=", "p.promotion_id")
        .as("held"),
    )
    .select([
      "r.units",
      "r.baseline",
      "r.gross_incremental",
      "r.true_incremental",
      "r.low",
      "r.high",
      "r.dip",
      "r.cannibalised",
      "r.halo",
      "r.spend",
      "r.incremental_profit",
      "r.net_roi",
      "r.gross_roi",
      "r.uplift",
    ])
    .where("p.account_id", "in", idsOrNone(filter.accountIds));
  const { productIds, statuses, mechanic, notMechanics, startsIn, touches, endsFrom, ownerId, series, words, ids } =
    filter;
  if (productIds)
    query = query.where("p.promotion_id", "in", (eb) =>
      eb.selectFrom("promotion_line as l").select("l.promotion_id").where("l.product_id", "in", idsOrNone(productIds)),
    );
  if (statuses) query = query.where("p.status", "in", statuses);
  if (mechanic) query = query.where("p.mechanic", "=", mechanic as "tpr");
  if (notMechanics?.length) query = query.where("p.mechanic", "not in", notMechanics as "tpr"[]);
  if (startsIn) query = query.where("p.start", ">=", startsIn.from).where("p.start", "<=", startsIn.to);
  if (touches) query = query.where("p.start", "<=", touches.to).where("p.end", ">=", touches.from);
  if (endsFrom) query = query.where("p.end", ">=", endsFrom);
  if (ownerId) query = query.where("p.owner_id", "=", ownerId);
  if (series) query = query.where("p.series", "=", series);
  if (ids) query = query.where("p.promotion_id", "in", idsOrNone(ids));
  for (const word of words ?? [])
    query = query.where(
      sql<boolean>`(p.promotion || ' ' || p.name || ' ' || coalesce(p.products, '') || ' ' || coalesce(q.note, '')) LIKE ${`%${word}%`}`,
    );
  return query.orderBy("p.start").orderBy("p.promotion_id").execute();
}
export type FoundPromotion = Awaited<ReturnType<typeof searchPromotions>>[number];
