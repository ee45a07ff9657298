import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";

/** Every contract, by account and start. */
export const allContracts = (store: Store) =>
  store.db.selectFrom("contract").selectAll().orderBy("account_id").orderBy("start").execute();
export type ContractRow = Awaited<ReturnType<typeof allContracts>>[number];

/** The contracts of one account, by start. */
export const contractsOf = (store: Store, accountId: number) =>
  store.db.selectFrom("contract").selectAll().where("account_id", "=", accountId).orderBy("start").execute();

/** Contracts that hold on a day, one an account, with its name. */
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
export type ContractInForce = Awaited<ReturnType<typeof contractsOn>>[number];

/** Mechanics that contracts allow, a row each. */
export const mechanicsOf = (store: Store, contractIds: readonly number[]) =>
  store.db
    .selectFrom("contract_mechanic")
    .selectAll()
    .where("contract_id", "in", idsOrNone(contractIds))
    .orderBy("mechanic")
    .execute();

/** Days on which contracts of some accounts allow no promotion, all of them or those that touch a period. */
export const blackoutsOf = (store: Store, accountIds: readonly number[], touching?: Period) =>
  store.db
    .selectFrom("contract_blackout as k")
    .innerJoin("contract as c", "c.id", "k.contract_id")
    .innerJoin("account as a", "a.id", "c.account_id")
    .where("c.account_id", "in", idsOrNone(accountIds))
    .$if(touching !== undefined, (query) =>
      query.where("k.start", "<=", touching!.to).where("k.end", ">=", touching!.from),
    )
    .select(["a.name as account", "k.contract_id", "k.start", "k.end", "k.reason"])
    .orderBy("k.start")
    .orderBy("a.name")
    .execute();
