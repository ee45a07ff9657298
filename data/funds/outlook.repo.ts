import type { Store } from "../store/open.ts";

/** What promotions of an account were committed at and what they came to, minor units: those over since a day. */
export const committedAndSpent = (store: Store, accountId: number, since: string) =>
  store.db
    .selectFrom("posting")
    .innerJoin("journal", "journal.id", "posting.journal_id")
    .innerJoin("promotion", "promotion.id", "posting.promotion_id")
    .select("posting.promotion_id")
    .select((eb) => [
      eb.fn
        .sum<number>(
          eb
            .case()
            .when(eb.and([eb("journal.kind", "=", "commit"), eb("posting.ledger", "=", "committed")]))
            .then(eb.ref("posting.amount_minor"))
            .else(0)
            .end(),
        )
        .as("committed"),
      eb.fn
        .sum<number>(
          eb.case().when("posting.ledger", "=", "expense").then(eb.ref("posting.amount_minor")).else(0).end(),
        )
        .as("spent"),
    ])
    .where("promotion.account_id", "=", accountId)
    .where("promotion.status", "in", ["ended", "closed"])
    .where("promotion.end", ">=", since)
    .groupBy("posting.promotion_id")
    .execute();

/** What was booked as expense of a fund by day since a day, minor units. */
export const expenseSince = (store: Store, fundId: number, since: string) =>
  store.db
    .selectFrom("posting")
    .innerJoin("journal", "journal.id", "posting.journal_id")
    .select("journal.date")
    .select((eb) => eb.fn.sum<number>("posting.amount_minor").as("amount_minor"))
    .where("posting.fund_id", "=", fundId)
    .where("posting.ledger", "=", "expense")
    .where("journal.date", ">=", since)
    .groupBy("journal.date")
    .execute();

/** The last day that something planned or approved is paid from a fund. */
export const lastPlannedDay = async (store: Store, fundId: number): Promise<string | null> =>
  (
    await store.db
      .selectFrom("promotion")
      .select((eb) => eb.fn.max<string | null>("end").as("end"))
      .where("fund_id", "=", fundId)
      .where("status", "!=", "cancelled")
      .executeTakeFirst()
  )?.end ?? null;
