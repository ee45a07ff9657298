import type { Store } from "../store/open.ts";

export interface Scope {
  readonly accountIds: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** Promotions whose in-store window touches the period, cancelled ones left out; planned units and booked spend of each. */
export const calendarRows = (store: Store, scope: Scope) =>
  store.db
    .selectFrom("v_promotion as p")
    .select([
      "p.promotion",
      "p.name",
      "p.account",
      "p.start",
      "p.end",
      "p.status",
      "p.mechanic",
      "p.discount",
      "p.feature",
      "p.display",
      "p.payment",
      "p.brand",
      "p.currency",
    ])
    .select((eb) => [
      eb
        .selectFrom("promotion_line as l")
        .select((e) => e.fn.sum<number | null>("l.planned_units").as("n"))
        .whereRef("l.promotion_id", "=", "p.promotion_id")
        .as("planned_units"),
      eb
        .selectFrom("promotion_spend as s")
        .select((e) => e(e.fn.sum<number>("s.amount_minor"), "/", e.lit(100)).as("n"))
        .whereRef("s.promotion_id", "=", "p.promotion_id")
        .as("spend"),
    ])
    .where("p.account_id", "in", [...scope.accountIds])
    .where("p.status", "!=", "cancelled")
    .where("p.start", "<=", scope.to)
    .where("p.end", ">=", scope.from)
    .orderBy("p.start")
    .orderBy("p.account")
    .orderBy("p.promotion")
    .execute();

/**
 * Events that ended, with their result, spend descending.
 * @param by an event belongs to a named period by its start; to the last twelve months by its end
 */
export const resultRows = (store: Store, scope: Scope, by: "start" | "end") =>
  store.db
    .selectFrom("v_promotion_result as r")
    .innerJoin("v_promotion as p", "p.promotion_id", "r.promotion_id")
    .select([
      "p.promotion",
      "p.name",
      "p.account",
      "p.brand",
      "p.start",
      "p.end",
      "p.currency",
      "r.units",
      "r.baseline",
      "r.uplift",
      "r.true_incremental",
      "r.low",
      "r.high",
      "r.spend",
      "r.incremental_profit",
      "r.net_roi",
    ])
    .select((eb) =>
      eb
        .selectFrom("promotion_line as l")
        .select((e) => e.fn.sum<number | null>("l.planned_units").as("n"))
        .whereRef("l.promotion_id", "=", "p.promotion_id")
        .as("planned_units"),
    )
    .where("p.account_id", "in", [...scope.accountIds])
    .where(`p.${by}`, ">=", scope.from)
    .where(`p.${by}`, "<=", scope.to)
    .orderBy("r.spend", "desc")
    .orderBy("p.promotion")
    .execute();

export type ResultRow = Awaited<ReturnType<typeof resultRows>>[number];
