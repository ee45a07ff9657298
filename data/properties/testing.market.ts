import { addDays, mondayOf } from "../common/dates.ts";
import { ALBION, BRAMLEY, DELPHI, writeTestMarket } from "../promotions/testing.ts";
import { openStore, type Store } from "../store/open.ts";
import { TEST_TODAY } from "../testing.ts";
import { type Actor, loadActor } from "../users/actor.ts";
import { PEOPLE } from "./testing.operations.ts";

export const ACCOUNTS = [ALBION, BRAMLEY, DELPHI];
const OWNER: Readonly<Record<number, string>> = { [ALBION]: "ana", [BRAMLEY]: "ana", [DELPHI]: "ben" };
const PRODUCTS = [1, 2, 3, 4, 5];

/** A small market in memory, and everybody in it. */
export async function smallMarket(): Promise<{ store: Store; people: Readonly<Record<string, Actor>> }> {
  const store = await openStore({ path: ":memory:", today: TEST_TODAY });
  await writeTestMarket(store);
  await store.db.insertInto("person").values({ id: "chloe", name: "Chloe", role: "kam" }).execute();
  const people: Record<string, Actor> = {};
  for (const name of [...PEOPLE, "system"]) people[name] = await loadActor(store, name);
  return { store, people };
}

/** Whose an account is. */
export const plans = (actor: Actor, accountId: number): boolean =>
  actor.role === "manager" || (actor.role === "kam" && OWNER[accountId] === actor.id);
export const sees = (actor: Actor, accountId: number): boolean => actor.role !== "kam" || OWNER[accountId] === actor.id;

/** The sales of the week before a day come in. */
export async function sellWeek({ db }: Store, day: string, units: number): Promise<void> {
  const week = mondayOf(addDays(day, -7));
  const rows = ACCOUNTS.flatMap((account_id) =>
    PRODUCTS.map((product_id) => ({
      ...{ account_id, product_id, week, price: 5, base_price: 5 },
      ...{ units: 1 + ((units * product_id * account_id) % 700), net_sales_minor: 100 + (units % 90_000) },
    })),
  );
  await db
    .insertInto("sales_week")
    .values(rows)
    .onConflict((c) => c.doNothing())
    .execute();
}
