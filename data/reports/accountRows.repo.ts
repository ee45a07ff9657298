import { movedBy, YEAR_OF_WEEKS } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import type { Scope } from "./promotionRows.repo.ts";

/** Sell-out of a period by brand beside the same weeks a year before; a week belongs to the period that its Monday lies in. */
export async function salesByBrand(store: Store, scope: Scope) {
  const before = movedBy(scope, -YEAR_OF_WEEKS);
  const sums = (from: string, to: string) =>
    store.db
      .selectFrom("v_sales_week")
      .select(["category", "brand", "currency"])
      .select((eb) => [
        eb.fn.sum<number>("units").as("units"),
        eb.fn.sum<number | null>("net_sales").as("net_sales"),
        eb.fn.max<string>("week").as("last_week"),
      ])
      .where("account_id", "in", [...scope.accountIds])
      .where("week", ">=", from)
      .where("week", "<=", to)
      .groupBy(["category", "brand", "currency"])
      .orderBy("category")
      .orderBy("brand")
      .execute();
  const now = await sums(scope.from, scope.to);
  const then = new Map((await sums(before.from, before.to)).map((row) => [row.brand, row]));
  return now.map((row) => {
    const last = then.get(row.brand);
    return {
      ...row,
      units_before: last?.units ?? null,
      net_sales_before: last?.net_sales ?? null,
      units_change: last && last.units > 0 ? row.units / last.units - 1 : null,
      net_sales_change:
        last?.net_sales && row.net_sales !== null && last.net_sales > 0 ? row.net_sales / last.net_sales - 1 : null,
    };
  });
}

/** Funds whose period touches the scope's, from the documented view. */
export const budgetRows = (store: Store, scope: Scope) =>
  store.db
    .selectFrom("v_budget as b")
    .innerJoin("fund as f", "f.id", "b.fund_id")
    .select([
      "b.account",
      "b.fund",
      "f.start",
      "f.end",
      "b.amount",
      "b.planned",
      "b.committed",
      "b.accrued",
      "b.settled",
      "b.left",
      "b.currency",
    ])
    .where("b.account_id", "in", [...scope.accountIds])
    .where("f.start", "<=", scope.to)
    .where("f.end", ">=", scope.from)
    .orderBy("b.account")
    .orderBy("f.start")
    .orderBy("b.fund")
    .execute();

/** Weeks in which the contracts allow no promotion, within the period. */
export const blackoutRows = (store: Store, scope: Scope) =>
  store.db
    .selectFrom("contract_blackout as x")
    .innerJoin("contract as c", "c.id", "x.contract_id")
    .innerJoin("account as a", "a.id", "c.account_id")
    .select(["a.name as account", "x.start", "x.end", "x.reason"])
    .where("c.account_id", "in", [...scope.accountIds])
    .where("x.start", "<=", scope.to)
    .where("x.end", ">=", scope.from)
    .orderBy("x.start")
    .orderBy("a.name")
    .execute();
