import type { Store } from "../store/open.ts";
import { SPEND_STATES } from "./entries.ts";

const FUND_LEDGERS = ["granted", "allocated", "available", ...SPEND_STATES] as const;
const RECOGNISED = ["accrued", "claimed", "settled"] as const;

/** Journals whose postings do not sum to zero in a currency, or that have none. */
export const unbalancedJournals = (store: Store) =>
  store.db
    .selectFrom("journal")
    .leftJoin("posting", "posting.journal_id", "journal.id")
    .select(["journal.id", "journal.kind", "posting.currency"])
    .select((eb) => eb.fn.sum<number | null>("posting.amount_minor").as("off"))
    .groupBy(["journal.id", "journal.kind", "posting.currency"])
    .having((eb) => eb(eb.fn.coalesce(eb.fn.sum<number>("posting.amount_minor"), eb.lit(1)), "!=", 0))
    .orderBy("journal.id")
    .execute();

/** Funds whose own states do not sum to zero: money came from, or went to, nowhere. */
export const unbalancedFunds = (store: Store) =>
  store.db
    .selectFrom("posting")
    .innerJoin("fund", "fund.id", "posting.fund_id")
    .select(["fund.id", "fund.name"])
    .select((eb) => eb.fn.sum<number>("posting.amount_minor").as("off"))
    .where("posting.ledger", "in", [...FUND_LEDGERS])
    .groupBy(["fund.id", "fund.name"])
    .having((eb) => eb(eb.fn.sum<number>("posting.amount_minor"), "!=", 0))
    .execute();

/** Funds where the trade-spend expense is not what promotions have accrued, had claimed and settled. */
export const unmatchedExpense = (store: Store) =>
  store.db
    .selectFrom("posting")
    .innerJoin("fund", "fund.id", "posting.fund_id")
    .select(["fund.id", "fund.name"])
    .select((eb) =>
      eb.fn
        .sum<number>(
          eb
            .case()
            .when("posting.ledger", "=", "expense")
            .then(eb.ref("posting.amount_minor"))
            .else(eb.neg(eb.ref("posting.amount_minor")))
            .end(),
        )
        .as("off"),
    )
    .where("posting.ledger", "in", ["expense", ...RECOGNISED])
    .groupBy(["fund.id", "fund.name"])
    .execute();

/** States of a promotion that hold less than nothing. */
export const negativeStates = (store: Store) =>
  store.db
    .selectFrom("posting")
    .innerJoin("promotion", "promotion.id", "posting.promotion_id")
    .select(["promotion.code", "posting.fund_id", "posting.ledger"])
    .select((eb) => eb.fn.sum<number>("posting.amount_minor").as("amount_minor"))
    .where("posting.ledger", "in", [...SPEND_STATES])
    .groupBy(["promotion.code", "posting.fund_id", "posting.ledger"])
    .having((eb) => eb(eb.fn.sum<number>("posting.amount_minor"), "<", 0))
    .execute();

/** The whole of the books: what each ledger account holds. */
export const ledgerTotals = (store: Store) =>
  store.db
    .selectFrom("posting")
    .select(["ledger", "currency"])
    .select((eb) => [eb.fn.sum<number>("amount_minor").as("amount_minor"), eb.fn.countAll<number>().as("postings")])
    .groupBy(["ledger", "currency"])
    .orderBy("currency")
    .orderBy("ledger")
    .execute();
