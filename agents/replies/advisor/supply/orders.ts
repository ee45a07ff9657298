import type { Say } from "../../say.ts";
import { counted } from "../words.ts";
import { about, type Supply, sayNotes } from "./words.ts";

interface Order {
  readonly order: string;
  readonly source: string;
  readonly account: string;
  readonly requested: string;
  readonly confirmed: string | null;
  readonly days_late: number;
  readonly promotions: readonly string[];
}
interface Orders extends Supply {
  readonly as_of: string;
  readonly only_late: boolean;
  readonly orders: number;
  readonly late_orders: number;
  readonly not_confirmed: number;
  readonly confirmed_for_less: number;
  readonly by_order: readonly Order[];
  readonly rows: readonly {
    readonly order: string;
    readonly product: string;
    readonly late: boolean;
    readonly requested: string;
  }[];
}

const SOURCES: Readonly<Record<string, string>> = { erp: "ERP", dms: "DMS", b2b_shop: "B2B shop" };
const MOST = 12;
/** Lines are told one by one where there are no more of them. */
const FEW = 8;

/** Which orders are open, and which are late. */
export function composeOrders(say: Say): void {
  const result = say.call.result as unknown as Orders;
  const what = about(result);
  if (!result.orders) say.p(`No order ${what} is ${result.only_late ? "late" : "open"}.`.replace("  ", " "));
  else {
    say.p(head(say, result, what));
    orderTable(say, result);
    if (result.rows.length <= FEW) lineTable(say, result);
  }
  sayNotes(say, result, `As of ${say.date(result.as_of)}.`);
}

function head(say: Say, result: Orders, what: string): string {
  const open = `**${counted(say, "/orders", "order")}** ${what} ${result.orders === 1 ? "is" : "are"} ${result.only_late ? "late" : "open"}, ${counted(say, "/lines", "line")} with ${say.fig("/due", "units")} units still to come.`;
  const late = result.only_late
    ? ""
    : result.late_orders
      ? `**${counted(say, "/late_orders", "order")}** of them ${result.late_orders === 1 ? "is" : "are"} late, with ${say.fig("/late_due", "units")} units.`
      : "None of them is late.";
  const doubts = [
    result.not_confirmed ? `${counted(say, "/not_confirmed", "line")} not confirmed yet` : "",
    result.confirmed_for_less
      ? `${counted(say, "/confirmed_for_less", "line")} confirmed for less than was ordered`
      : "",
  ].filter(Boolean);
  return [open.replace("  ", " "), late, doubts.length ? `Also: ${doubts.join("; ")}.` : ""].filter(Boolean).join(" ");
}

function orderTable(say: Say, result: Orders): void {
  say.table(
    ["Order", "Account", "Wanted for", "Confirmed for", "Days late", "Ordered", "Delivered", "To come", "Promotion"],
    result.by_order
      .slice(0, MOST)
      .map((row, i) => [
        `${row.order} (${SOURCES[row.source] ?? row.source})`,
        row.account,
        say.date(row.requested),
        row.confirmed ? say.date(row.confirmed) : "not confirmed",
        row.days_late > 0 ? say.fig(`/by_order/${i}/days_late`, "days") : "–",
        say.fig(`/by_order/${i}/ordered`, "units"),
        say.fig(`/by_order/${i}/delivered`, "units"),
        say.fig(`/by_order/${i}/due`, "units"),
        row.promotions.join(", ") || "–",
      ]),
  );
  if (result.by_order.length > MOST)
    say.p("The other orders are wanted for later days; ask for one account or product to see its own.");
}

function lineTable(say: Say, result: Orders): void {
  say.table(
    ["Product", "Order", "Ordered", "To come"],
    result.rows.map((row, i) => [
      row.product,
      row.order,
      say.fig(`/rows/${i}/ordered`, "units"),
      say.fig(`/rows/${i}/due`, "units"),
    ]),
  );
}
