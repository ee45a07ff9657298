import type { Store } from "../../store/open.ts";
import { fold } from "../names.ts";

/** What the writers read of the store before they begin. */

export async function readAccounts(store: Store) {
  const accounts = await store.db.selectFrom("account").select(["code", "name"]).execute();
  const aliases = await store.db
    .selectFrom("account_alias")
    .innerJoin("account", "account.id", "account_alias.account_id")
    .select(["alias", "account.code as code"])
    .execute();
  return { accounts, aliases };
}

export const readProducts = (store: Store) => store.db.selectFrom("product").select(["code", "name"]).execute();

export async function readPromotions(store: Store): Promise<Map<string, { id: number; account: number }>> {
  const rows = await store.db.selectFrom("promotion").select(["id", "code", "account_id"]).execute();
  return new Map(rows.map(({ id, code, account_id }) => [fold(code), { id, account: account_id }]));
}

interface Step {
  readonly promotion: number;
  readonly from: string | null;
  readonly to: string;
  readonly by: string;
}

export const addHistory = (store: Store, { promotion, from, to, by }: Step) =>
  store.db
    .insertInto("promotion_history")
    .values({ promotion_id: promotion, at: store.today, from_status: from, to_status: to, by, reason: "import" })
    .execute();

/** When each account's terms start and end. */
export const readTerms = (store: Store) =>
  store.db
    .selectFrom("contract")
    .innerJoin("account", "account.id", "contract.account_id")
    .select(["account.name as account", "contract.start", "contract.end"])
    .execute();
