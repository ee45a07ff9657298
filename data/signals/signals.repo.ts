import type { Period } from "../common/dates.ts";
import { idsOrNone } from "../store/ids.ts";
import type { Store } from "../store/open.ts";
import type { SignalTable } from "../store/schema/signals.ts";

export interface SignalFilter {
  readonly accountIds: readonly number[];
  readonly categoryIds?: readonly number[] | undefined;
  readonly kinds?: readonly SignalTable["kind"][] | undefined;
  /** Signals that hold on at least one day of it. */
  readonly period: Period;
}

/** Signals of these accounts and categories and those of no account or category in particular, newest first. */
export const listSignals = (store: Store, { accountIds, categoryIds, kinds, period }: SignalFilter) =>
  store.db
    .selectFrom("signal as s")
    .leftJoin("account as a", "a.id", "s.account_id")
    .leftJoin("category as c", "c.id", "s.category_id")
    .where((eb) => eb.or([eb("s.account_id", "is", null), eb("s.account_id", "in", idsOrNone(accountIds))]))
    .$if(categoryIds !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb("s.category_id", "is", null), eb("s.category_id", "in", idsOrNone(categoryIds ?? []))]),
      ),
    )
    .$if(kinds !== undefined, (query) => query.where("s.kind", "in", kinds!))
    .where("s.start", "<=", period.to)
    .where("s.end", ">=", period.from)
    .selectAll("s")
    .select(["a.name as account", "c.name as category"])
    .orderBy("s.start", "desc")
    .orderBy("s.id", "desc")
    .execute();
export type Signal = Awaited<ReturnType<typeof listSignals>>[number];
