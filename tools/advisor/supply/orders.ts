import { daysBetween } from "../../../data/common/dates.ts";
import { type OpenOrderLine, openOrders } from "../../../data/supply/supply.service.ts";
import type { ToolContext } from "../../define.ts";
import { type NamedPromotion, namedJson } from "../../supply/named.ts";
import { isLate } from "../../supply/position.ts";
import type { Scope } from "../scope.ts";

const MOST = 30;

/** Open orders, the latest behind first, then by the day for which they are wanted; one row an order and product. */
export async function ordersOf(context: ToolContext, scope: Scope, promotion: NamedPromotion | null, late: boolean) {
  const { actor, store } = context;
  const filter = { accountIds: scope.accounts.map((a) => a.id), productIds: scope.products?.map((p) => p.id) };
  const all = (await openOrders(actor, store, filter)).filter(
    (line) => promotion === null || line.promotion_id === promotion.found.promotion_id,
  );
  const behind = all.filter((line) => isLate(line, store.today));
  const shown = late ? behind : all;
  const byOrder = [...Map.groupBy(shown, (line) => `${line.source}|${line.order}`).values()];
  const sum = (lines: readonly OpenOrderLine[]): number => lines.reduce((units, line) => units + line.due, 0);
  return {
    promotion: namedJson(promotion),
    as_of: store.today,
    only_late: late,
    orders: byOrder.length,
    lines: shown.length,
    due: sum(shown),
    late_orders: new Set(behind.map((line) => `${line.source}|${line.order}`)).size,
    late_lines: behind.length,
    late_due: sum(behind),
    not_confirmed: shown.filter((line) => line.confirmed === null).length,
    confirmed_for_less: shown.filter((line) => (line.confirmed_units ?? line.ordered) < line.ordered).length,
    by_order: byOrder.slice(0, MOST).map((lines) => ({
      order: lines[0]!.order,
      source: lines[0]!.source,
      account: lines[0]!.account,
      requested: lines[0]!.requested,
      confirmed: lines.map((line) => line.confirmed).toSorted((a, b) => ((a ?? "9") < (b ?? "9") ? 1 : -1))[0] ?? null,
      days_late: isLate(lines[0]!, store.today) ? daysBetween(lines[0]!.requested, store.today) : 0,
      lines: lines.length,
      ordered: lines.reduce((units, line) => units + line.ordered, 0),
      delivered: lines.reduce((units, line) => units + line.delivered, 0),
      due: sum(lines),
      promotions: [...new Set(lines.flatMap((line) => line.promotion ?? []))],
    })),
    rows: shown.slice(0, MOST).map((line) => ({
      order: line.order,
      account: line.account,
      product: line.product,
      promotion: line.promotion,
      requested: line.requested,
      confirmed: line.confirmed,
      ordered: line.ordered,
      confirmed_units: line.confirmed_units,
      delivered: line.delivered,
      due: line.due,
      late: isLate(line, store.today),
    })),
    missing: [
      ...scope.notes,
      ...(all.length
        ? []
        : ["No open orders are in the store for this; they come by import from the systems that take them."]),
    ],
    assumptions: ["An order is late where the day for which it was wanted is over and not all of it has come."],
  };
}
