import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Funds that run on a day, with what each state takes from them. */
export const fundsOn = (store: Store, accountIds: readonly number[], day: string) =>
  store.db
    .selectFrom("v_budget as b")
    .innerJoin("fund as f", "f.id", "b.fund_id")
    .where("b.account_id", "in", idsOrNone(accountIds))
    .where("f.start", "<=", day)
    .where("f.end", ">=", day)
    .selectAll("b")
    .select(["f.start", "f.end"])
    .orderBy("b.account_id")
    .orderBy("b.fund_id")
    .execute();
export type FundRow = Awaited<ReturnType<typeof fundsOn>>[number];

/** What was talked about with accounts in a period, newest first. */
export const activitiesIn = (store: Store, accountIds: readonly number[], period: { from: string; to: string }) =>
  store.db
    .selectFrom("activity as t")
    .innerJoin("account as a", "a.id", "t.account_id")
    .leftJoin("person as u", "u.id", "t.by")
    .where("t.account_id", "in", idsOrNone(accountIds))
    .where("t.date", ">=", period.from)
    .where("t.date", "<=", period.to)
    .select(["a.name as account", "t.kind", "t.date", "t.text", "t.next_step", "u.name as by"])
    .orderBy("t.date", "desc")
    .orderBy("t.id", "desc")
    .execute();

/** Contracts that hold on a day, one an account. */
export const contractsOn = (store: Store, accountIds: readonly number[], day: string) =>
  store.db
    .selectFrom("contract as c")
    .innerJoin("account as a", "a.id", "c.account_id")
    .where("c.account_id", "in", idsOrNone(accountIds))
    .where("c.start", "<=", day)
    .where("c.end", ">=", day)
    .selectAll("c")
    .select("a.name as account")
    .orderBy("c.account_id")
    .execute();
export type ContractRow = Awaited<ReturnType<typeof contractsOn>>[number];

/** Days on which promotions of an account are not taken, that touch a period. */
export const blackoutsIn = (store: Store, accountId: number, period: { from: string; to: string }) =>
  store.db
    .selectFrom("contract_blackout as k")
    .innerJoin("contract as c", "c.id", "k.contract_id")
    .where("c.account_id", "=", accountId)
    .where("k.start", "<=", period.to)
    .where("k.end", ">=", period.from)
    .select(["k.start", "k.end", "k.reason"])
    .orderBy("k.start")
    .execute();

export const holidaysIn = (store: Store, period: { from: string; to: string }) =>
  store.db
    .selectFrom("holiday")
    .selectAll()
    .where("date", ">=", period.from)
    .where("date", "<=", period.to)
    .orderBy("date")
    .execute();

/**
 * Units shipped to an account in a period with list price and units sold through (major units of the product's currency):
 * what gross sales are made of.
 */
export const shipmentsAt = (store: Store, accountId: number, period: { from: string; to: string }) =>
  store.db
    .selectFrom("shipment_week as s")
    .innerJoin("product as p", "p.id", "s.product_id")
    .where("s.account_id", "=", accountId)
    .where("s.week", ">=", period.from)
    .where("s.week", "<=", period.to)
    .select((eb) => ["p.name as product", "p.list_price_minor", eb.fn.sum<number>("s.units").as("units")])
    .groupBy("s.product_id")
    .execute();
