import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { ActivityTable } from "../store/schema/activities.ts";

export interface ActivityFilter {
  readonly accountIds: readonly number[];
  readonly kind?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Words that the text or the next step holds. */
  readonly text?: string | undefined;
  readonly withNextStep?: boolean | undefined;
}

const select = (store: Store) =>
  store.db
    .selectFrom("activity")
    .innerJoin("account", "account.id", "activity.account_id")
    .leftJoin("person", "person.id", "activity.by")
    .select([
      "activity.id",
      "account.name as account",
      "activity.kind",
      "activity.date",
      "activity.text",
      "activity.next_step",
      "activity.due",
      "activity.done_at",
      "person.name as by",
    ])
    .orderBy("activity.date", "desc")
    .orderBy("activity.id", "desc");

function matching(store: Store, filter: ActivityFilter) {
  let query = select(store).where("activity.account_id", "in", idsOrNone(filter.accountIds));
  if (filter.kind) query = query.where("activity.kind", "=", filter.kind);
  if (filter.from) query = query.where("activity.date", ">=", filter.from);
  if (filter.to) query = query.where("activity.date", "<=", filter.to);
  if (filter.withNextStep) query = query.where("activity.next_step", "is not", null);
  const wanted = filter.text?.toLowerCase();
  if (wanted) {
    query = query.where(({ eb, or, fn, ref, val }) => {
      const holds = (column: "activity.text" | "activity.next_step") =>
        eb(fn<number>("instr", [fn("lower", [fn.coalesce(ref(column), val(""))]), val(wanted)]), ">", 0);
      return or([holds("activity.text"), holds("activity.next_step")]);
    });
  }
  return query;
}

/** Activities of some accounts, latest first, all that match (callers cut and count). */
export const findActivityRows = (store: Store, filter: ActivityFilter) => matching(store, filter).execute();

/** The latest talks with an account, up to a day. */
export const latestActivities = (store: Store, accountId: number, limit: number, until: string) =>
  select(store).where("activity.account_id", "=", accountId).where("activity.date", "<=", until).limit(limit).execute();

/** The next steps that were agreed with an account and are not done, the latest first. */
export const openNextSteps = (store: Store, accountId: number, limit: number) =>
  select(store)
    .where("activity.account_id", "=", accountId)
    .where("activity.next_step", "is not", null)
    .where("activity.done_at", "is", null)
    .limit(limit)
    .execute();

export const insertActivity = (store: Store, row: Omit<ActivityTable, "id" | "done_at" | "done_by">) =>
  store.db.insertInto("activity").values(row).returning("id").executeTakeFirstOrThrow();

export const activityById = (store: Store, id: number) =>
  store.db.selectFrom("activity").selectAll().where("id", "=", id).executeTakeFirst();

export const deleteActivity = (store: Store, id: number) =>
  store.db.deleteFrom("activity").where("id", "=", id).execute();

/** Marks a next step as done, or as open again. */
export const markStep = (store: Store, id: number, done: Pick<ActivityTable, "done_at" | "done_by">) =>
  store.db.updateTable("activity").set(done).where("id", "=", id).execute();
