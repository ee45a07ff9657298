import type { Say } from "../../say.ts";
import { counted } from "../words.ts";
import { about, type Supply, sayNotes } from "./words.ts";

interface Fill extends Supply {
  readonly period: { readonly from: string; readonly to: string };
  readonly period_basis: "named" | "buy_in" | "last_weeks";
  readonly fill_rate: number | null;
  readonly short_products: number;
  readonly by_account: readonly { readonly account: string }[];
  readonly rows: readonly { readonly product: string; readonly fill_rate: number }[];
}

const BASIS: Readonly<Record<string, string>> = {
  named: "",
  buy_in: " (its buy-in window)",
  last_weeks: " (the last weeks recorded)",
};

/** What was delivered of what was ordered. */
export function composeFillRates(say: Say): void {
  const result = say.call.result as unknown as Fill;
  const when = `Weeks of ${say.period(result.period)}${BASIS[result.period_basis]}.`;
  if (result.fill_rate === null) {
    say.p(`No orders ${about(result)} are recorded for these weeks.`.replace("  ", " "));
    sayNotes(say, result, when);
    return;
  }
  say.p(
    `The fill rate ${about(result)} was **${say.fig("/fill_rate", "%")}**: ${say.fig("/delivered", "units")} units were delivered of ${say.fig("/ordered", "units")} ordered in ${counted(say, "/weeks", "week")}, ${say.fig("/missed", "units")} were missed. ${
      result.short_products
        ? `${counted(say, "/short_products", "product")} of ${say.fig("/products", "count")} came short.`
        : "Every product came as ordered."
    }`.replace("  ", " "),
  );
  if (result.account === null && result.by_account.length > 1)
    table(
      say,
      "Account",
      "by_account",
      result.by_account.map((r) => r.account),
    );
  const short = result.rows.filter((row) => row.fill_rate < 1);
  if (short.length)
    table(
      say,
      "Product",
      "rows",
      short.map((r) => r.product),
    );
  sayNotes(say, result, when);
}

const table = (say: Say, head: string, at: string, names: readonly string[]): Say =>
  say.table(
    [head, "Fill rate", "Ordered", "Delivered", "Missed"],
    names.map((name, i) => [
      name,
      say.fig(`/${at}/${i}/fill_rate`, "%"),
      say.fig(`/${at}/${i}/ordered`, "units"),
      say.fig(`/${at}/${i}/delivered`, "units"),
      say.fig(`/${at}/${i}/missed`, "units"),
    ]),
  );
