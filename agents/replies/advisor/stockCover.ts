import { listed } from "../../../data/common/words.ts";
import type { Composer, Say } from "../say.ts";
import { composeFillRates } from "./supply/fillRates.ts";
import { composeForward } from "./supply/forward.ts";
import { composeOrders } from "./supply/orders.ts";
import { about, type Supply, sayNotes } from "./supply/words.ts";
import { counted } from "./words.ts";

interface Need {
  readonly short: number;
  readonly available: number;
  readonly covered: number | null;
}
interface Row {
  readonly account: string;
  readonly product?: string;
  readonly stock: number;
  readonly cover_weeks: number | null;
  readonly cover_with_orders: number | null;
}
interface Cover extends Supply {
  readonly as_of: string | null;
  readonly since: string | null;
  readonly products: number;
  readonly cover_weeks: number | null;
  readonly cover_with_orders: number | null;
  readonly arrived: number;
  readonly due: number;
  readonly late: number;
  readonly need: Need | null;
  readonly by_account: readonly Row[];
  readonly rows: readonly (Row & { readonly product: string })[];
}

/** Stock and its cover, orders, fill rates or forward buying: what was asked to be shown. */
export const composeStockCover: Composer = (say) => {
  const result = say.call.result as unknown as Cover;
  if (result.show === "orders") return composeOrders(say);
  if (result.show === "fill_rate") return composeFillRates(say);
  if (result.show === "forward_buying") return composeForward(say);
  if (result.as_of === null) {
    say.p(`The stock ${about(result)} cannot be estimated.`);
    sayNotes(say, result);
    return;
  }
  if (result.need) say.p(needWords(say, result, result.need));
  say.p(stockWords(say, result));
  coverTable(say, result);
  sayNotes(
    say,
    result,
    `Shipments and sell-out since ${say.date(result.since!)}, counted to ${say.date(result.as_of)}; forecast over ${say.fig("/weeks_ahead", "count")} weeks.`,
  );
};

/** "3.2 weeks", or that the stock outlasts the weeks looked at. */
const weeks = (say: Say, path: string, value: number | null): string =>
  value === null ? "more than the weeks looked at" : `${say.fig(path, "units")} weeks`;

function stockWords(say: Say, result: Cover): string {
  const where = result.account ? `${result.account} holds` : "The accounts hold";
  const what = result.product ? ` of ${result.product}` : "";
  const cover =
    result.cover_weeks === null
      ? "which outlasts the weeks looked at"
      : `**${say.fig("/cover_weeks", "units")} weeks** of what shoppers are expected to buy`;
  const parts = [
    result.arrived > 0 ? `${say.fig("/arrived", "units")} units have come since` : "",
    result.due > 0
      ? `${say.fig("/due", "units")} are on order${result.late > 0 ? `, ${say.fig("/late", "units")} of them late` : ""}`
      : "nothing is on order",
  ].filter(Boolean);
  const then =
    result.due + result.arrived > 0 ? `; with them ${weeks(say, "/cover_with_orders", result.cover_with_orders)}` : "";
  return `${where} at least ${say.fig("/stock", "units")} units${what}, ${cover} (${say.fig("/weekly_demand", "units")} a week). ${capitalised(listed(parts))}${then}.`;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function needWords(say: Say, result: Cover, need: Need): string {
  const { promotion } = result;
  const name = `${promotion!.id}, ${promotion!.name}`;
  const volume = `${name} (${say.period({ from: promotion!.start, to: promotion!.end })}) is expected to sell ${say.fig("/need/expected", "units")} units; ${say.fig("/need/enough", "units")} are enough with ${say.fig("/need/service_level", "%")} probability.`;
  const left =
    need.available > 0
      ? `Of stock and open orders ${say.fig("/need/available", "units")} are left for it, after ${say.fig("/need/sold_before", "units")} that shoppers buy before, which covers ${say.figOr("/need/covered", "%")} of what is expected`
      : `Shoppers buy ${say.fig("/need/sold_before", "units")} before it starts, so nothing of today's stock and open orders is left for it`;
  const verdict =
    need.short > 0
      ? `**${say.fig("/need/short", "units")} units are still to be ordered.**`
      : "**Stock and orders are enough.**";
  return `${volume} ${left}. ${verdict}`;
}

const MOST = 12;

function coverTable(say: Say, result: Cover): void {
  const byProduct = result.account !== null || result.products === 1;
  const rows: readonly Row[] = byProduct ? result.rows.slice(0, MOST) : result.by_account;
  const at = byProduct ? "rows" : "by_account";
  if (rows.length < 2) return;
  say.table(
    [
      byProduct && result.account !== null ? "Product" : "Account",
      "Stock",
      "Weeks",
      "Come since",
      "On order",
      "Weeks with them",
    ],
    rows.map((row, i) => [
      byProduct && result.account !== null ? row.product! : row.account,
      say.fig(`/${at}/${i}/stock`, "units"),
      say.figOr(`/${at}/${i}/cover_weeks`, "units", "longer"),
      say.fig(`/${at}/${i}/arrived`, "units"),
      say.fig(`/${at}/${i}/due`, "units"),
      say.figOr(`/${at}/${i}/cover_with_orders`, "units", "longer"),
    ]),
  );
  if (byProduct && result.rows.length > MOST)
    say.p(`The shortest covered of ${counted(say, "/products", "product")} are shown.`);
}
