import { sql } from "kysely";
import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";

/** One promotion's (or, without one, a claim's) trade-spend expense of a month, as the ledger booked it. Minor units. */
export interface Expense {
  readonly account_id: number;
  /** Of the week that an accrual is for, else of the day it was booked: "2026-11". */
  readonly month: string;
  readonly payment: PromotionTable["payment"] | null;
  /** The promotion's agreed fees, and all of its expense so far. */
  readonly fixed_minor: number;
  readonly booked_minor: number;
  readonly amount_minor: number;
}

/** Trade-spend expense of accounts by month and promotion, of the weeks (else the days of booking) in a period. */
export async function expensesOf(store: Store, accountIds: readonly number[], period: Period): Promise<Expense[]> {
  const when = sql<string>`coalesce(j.week, j.date)`;
  const account = sql<number>`coalesce(f.account_id, c.account_id)`;
  const month = sql<string>`substr(coalesce(j.week, j.date), 1, 7)`;
  return store.db
    .selectFrom("posting as p")
    .innerJoin("journal as j", "j.id", "p.journal_id")
    .leftJoin("promotion as q", "q.id", "p.promotion_id")
    .leftJoin("fund as f", "f.id", "p.fund_id")
    .leftJoin("claim as c", "c.id", "p.claim_id")
    .where("p.ledger", "=", "expense")
    .where(account, "in", idsOrNone(accountIds))
    .where(when, ">=", period.from)
    .where(when, "<=", period.to)
    .select([
      account.as("account_id"),
      month.as("month"),
      "q.payment",
      sql<number>`coalesce(q.fixed_spend_minor, 0)`.as("fixed_minor"),
      sql<number>`coalesce((SELECT sum(o.amount_minor) FROM posting o WHERE o.promotion_id = q.id AND o.ledger = 'expense'), 0)`.as(
        "booked_minor",
      ),
      sql<number>`sum(p.amount_minor)`.as("amount_minor"),
    ])
    .groupBy([account, month, "q.id", "q.payment", "q.fixed_spend_minor"])
    .orderBy(account)
    .orderBy(month)
    .orderBy("q.id")
    .execute();
}

/** The plan of accounts by month, of the months of a period. */
export const plansOf = (store: Store, accountIds: readonly number[], period: Period) =>
  store.db
    .selectFrom("plan_month")
    .selectAll()
    .where("account_id", "in", idsOrNone(accountIds))
    .where("month", ">=", period.from.slice(0, 7))
    .where("month", "<=", period.to.slice(0, 7))
    .orderBy("account_id")
    .orderBy("month")
    .execute();
export type PlanMonth = Awaited<ReturnType<typeof plansOf>>[number];
