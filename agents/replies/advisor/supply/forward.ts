import { PAYMENT_WORDS } from "../../../../data/promotions/words.ts";
import type { Say } from "../../say.ts";
import { counted } from "../words.ts";
import { type Supply, sayNotes } from "./words.ts";

interface Row {
  readonly promotion: string;
  readonly name: string;
  readonly account: string;
  readonly payment: string;
  readonly buy_in: { readonly from: string; readonly to: string };
  readonly forward_bought: number;
  readonly kept: number;
  readonly kept_weeks: number | null;
  readonly bought_ahead: boolean;
  readonly paid_on_kept: number | null;
  readonly fill_rate: number | null;
}
interface Forward extends Supply {
  readonly picked: "named" | "last" | "period";
  readonly period: { readonly from: string; readonly to: string };
  readonly currency: string;
  readonly promotions: number;
  readonly bought_ahead: number;
  readonly paid_on_kept: number;
  readonly rows: readonly Row[];
}

const MOST = 10;

/** Whether retailers bought ahead, for one promotion or for several. */
export function composeForward(say: Say): void {
  const result = say.call.result as unknown as Forward;
  if (result.picked !== "period" && result.rows.length === 1) one(say, result, result.rows[0]!);
  else several(say, result);
  const from = say.fig("/ahead_from", "units");
  const when = result.picked === "period" ? `Promotions of ${say.period(result.period)}.` : "";
  sayNotes(
    say,
    result,
    [when, `Bought ahead is said from ${from} weeks of everyday sales on.`].filter(Boolean).join(" "),
  );
}

function one(say: Say, result: Forward, row: Row): void {
  const name = `${row.promotion}, ${row.name}`;
  const last = result.picked === "last" ? ", the promotion that ended last there" : "";
  const kept =
    row.kept_weeks !== null && row.kept > 0
      ? ` (${say.fig("/rows/0/kept_weeks", "units")} weeks of everyday sales)`
      : "";
  const verdict = row.bought_ahead
    ? `**Yes: ${row.account} bought ahead** for **${name}**${last}: ${say.fig("/rows/0/kept", "units")} units${kept} were bought in its window and not sold in it.`
    : `**No: ${row.account} did not buy ahead to speak of** for **${name}**${last}${row.kept > 0 ? `: only ${say.fig("/rows/0/kept", "units")} units${kept} were bought in its window and not sold in it` : ""}.`;
  say.p(verdict);
  say.p(
    `In the buy-in window, ${say.period(row.buy_in)}, ${say.fig("/rows/0/shipped", "units")} units were shipped and ${say.fig("/rows/0/consumed", "units")} bought by shoppers: ${say.fig("/rows/0/forward_bought", "units")} units of forward buying, product by product, of which the promotion's later days sold ${say.fig("/rows/0/sold_in_promotion", "units")}. ${paid(say, result, row)}${
      row.fill_rate === null ? "" : `Delivered was ${say.fig("/rows/0/fill_rate", "%")} of what was ordered.`
    }`,
  );
}

const paid = (say: Say, result: Forward, row: Row): string =>
  row.paid_on_kept === null
    ? `The allowance is paid as ${(PAYMENT_WORDS as Readonly<Record<string, string>>)[row.payment] ?? row.payment}, not on the invoice, so buying ahead earns none. `
    : row.paid_on_kept > 0
      ? `On what was kept ${say.fig("/rows/0/paid_on_kept", result.currency)} of allowances were paid. `
      : "";

function several(say: Say, result: Forward): void {
  const where = result.account ? ` at ${result.account}` : "";
  say.p(
    `**For ${say.fig("/bought_ahead", "count")} of ${counted(say, "/promotions", "promotion")}${where} the retailer bought ahead.** ${say.fig("/kept", "units")} units were bought in the buy-in windows and not sold in the promotions${result.paid_on_kept > 0 ? `; ${say.fig("/paid_on_kept", result.currency)} of off-invoice allowances were paid on them` : ""}.`,
  );
  say.table(
    ["Promotion", "Payment", "Forward buying", "Not sold in it", "Weeks of everyday sales", "Allowances on it"],
    result.rows
      .slice(0, MOST)
      .map((row, i) => [
        `${row.promotion}, ${row.name}`,
        (PAYMENT_WORDS as Readonly<Record<string, string>>)[row.payment] ?? row.payment,
        say.fig(`/rows/${i}/forward_bought`, "units"),
        say.fig(`/rows/${i}/kept`, "units"),
        say.figOr(`/rows/${i}/kept_weeks`, "units"),
        say.figOr(`/rows/${i}/paid_on_kept`, result.currency),
      ]),
  );
}
