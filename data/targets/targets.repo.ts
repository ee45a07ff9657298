import type { Insertable } from "kysely";
import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { TargetMeasure, TargetTable } from "../store/schema/targets.ts";

const select = (store: Store) =>
  store.db
    .selectFrom("target as t")
    .innerJoin("account as a", "a.id", "t.account_id")
    .leftJoin("category as c", "c.id", "t.category_id")
    .leftJoin("person as p", "p.id", "t.set_by")
    .selectAll("t")
    .select(["a.name as account", "a.currency as account_currency", "c.name as category", "p.name as set_by_name"]);

/** Targets of accounts whose days touch a period, by account and start. */
export const targetsTouching = (store: Store, accountIds: readonly number[], period: Period) =>
  select(store)
    .where("t.account_id", "in", idsOrNone(accountIds))
    .where("t.start", "<=", period.to)
    .where("t.end", ">=", period.from)
    .orderBy("t.account_id")
    .orderBy("t.start")
    .orderBy("t.id")
    .execute();
export type Target = Awaited<ReturnType<typeof targetsTouching>>[number];

/** What makes two targets the same one. */
export interface TargetKey {
  readonly account_id: number;
  readonly measure: TargetMeasure;
  readonly start: string;
  readonly end: string;
  readonly category_id: number | null;
}

/** The target of the same measure, days and category, if one stands. */
export const standingTarget = (store: Store, key: TargetKey) =>
  select(store)
    .where("t.account_id", "=", key.account_id)
    .where("t.measure", "=", key.measure)
    .where("t.start", "=", key.start)
    .where("t.end", "=", key.end)
    .where("t.category_id", key.category_id === null ? "is" : "=", key.category_id)
    .executeTakeFirst();

export const targetById = (store: Store, id: number) => select(store).where("t.id", "=", id).executeTakeFirst();

export const insertTarget = (store: Store, row: Insertable<TargetTable>) =>
  store.db.insertInto("target").values(row).returning("id").executeTakeFirstOrThrow();

export const updateTarget = (store: Store, id: number, row: Partial<Omit<Insertable<TargetTable>, "id">>) =>
  store.db.updateTable("target").set(row).where("id", "=", id).execute();

export const deleteTarget = (store: Store, id: number) => store.db.deleteFrom("target").where("id", "=", id).execute();
