import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** What a report covers: some accounts over a period. */
export interface ReportScope extends Period {
  readonly accountIds: readonly number[];
  /** One promotion of them, where the report is of one. */
  readonly promotion?: string | undefined;
}

/** Promotions whose in-store window touches the period, cancelled ones left out; planned units and booked spend of each. */
export const calendarRows = (store: Store, scope: ReportScope) =>
  store.db
    .selectFrom("v_promotion as p")
    .innerJoin("promotion as q", "q.id", "p.promotion_id")
    .select([
      "p.promotion",
      "p.name",
      "p.account",
      "p.account_id",
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
      "q.buy_in_start",
      "q.buy_in_end",
      "q.version",
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
    .where("p.account_id", "in", idsOrNone(scope.accountIds))
    .where("p.status", "!=", "cancelled")
    .where("p.start", "<=", scope.to)
    .where("p.end", ">=", scope.from)
    .orderBy("p.start")
    .orderBy("p.account")
    .orderBy("p.promotion")
    .execute();

/** Units and net sales (major units) by brand; a week belongs to the period that its Monday lies in. */
export const salesByBrand = (store: Store, { accountIds, from, to }: ReportScope) =>
  store.db
    .selectFrom("v_sales_week")
    .select(["category", "brand", "currency"])
    .select((eb) => [
      eb.fn.sum<number>("units").as("units"),
      eb.fn.sum<number | null>("net_sales").as("net_sales"),
      eb.fn.max<string>("week").as("last_week"),
    ])
    .where("account_id", "in", idsOrNone(accountIds))
    .where("week", ">=", from)
    .where("week", "<=", to)
    .groupBy(["category", "brand", "currency"])
    .orderBy("category")
    .orderBy("brand")
    .execute();

/** What promotions hold of funds, by state, major units. */
export const spendByState = (store: Store, promotionIds: readonly number[]) =>
  store.db
    .selectFrom("promotion_spend as s")
    .select(["s.promotion_id", "s.state"])
    .select((eb) => eb(eb.fn.sum<number>("s.amount_minor"), "/", eb.lit(100)).as("amount"))
    .where("s.promotion_id", "in", idsOrNone(promotionIds))
    .groupBy(["s.promotion_id", "s.state"])
    .execute();
