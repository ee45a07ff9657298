import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { Terms } from "./terms.ts";

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

/** Bonus tiers of contracts, the lowest threshold first. */
export const tiersOf = (store: Store, contractIds: readonly number[]) =>
  store.db
    .selectFrom("contract_tier")
    .selectAll()
    .where("contract_id", "in", idsOrNone(contractIds))
    .orderBy("contract_id")
    .orderBy("measure")
    .orderBy("threshold")
    .execute();
export type TierRow = Awaited<ReturnType<typeof tiersOf>>[number];

/** Sums that contracts promise on a day, whatever is sold. */
export const lumpSumsOf = (store: Store, contractIds: readonly number[]) =>
  store.db
    .selectFrom("contract_lump_sum")
    .selectAll()
    .where("contract_id", "in", idsOrNone(contractIds))
    .orderBy("due")
    .orderBy("what")
    .execute();

/** Writes a contract with all that belongs to it. @returns its id */
export async function insertContract(store: Store, accountId: number, terms: Terms): Promise<number> {
  const { mechanics, blackouts = [], tiers = [], lump_sums = [], ...columns } = terms;
  const { id } = await store.db
    .insertInto("contract")
    .values({ ...columns, account_id: accountId })
    .returning("id")
    .executeTakeFirstOrThrow();
  const own = <T>(rows: readonly T[]) => rows.map((row) => ({ contract_id: id, ...row }));
  const allowed = own(mechanics.map((mechanic) => ({ mechanic })));
  if (allowed.length) await store.db.insertInto("contract_mechanic").values(allowed).execute();
  if (blackouts.length) await store.db.insertInto("contract_blackout").values(own(blackouts)).execute();
  if (tiers.length) await store.db.insertInto("contract_tier").values(own(tiers)).execute();
  if (lump_sums.length) await store.db.insertInto("contract_lump_sum").values(own(lump_sums)).execute();
  return id;
}
