import { counted, inWords } from "../advisor/words.ts";
import type { Composer, Say } from "../say.ts";

interface Accuracy {
  readonly account: string | null;
  readonly product: string | null;
  readonly mechanic: string | null;
  readonly of: "promotions" | "weeks";
  readonly enough: boolean;
  readonly bias: number | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  readonly plans: { readonly bias: number } | null;
  readonly by_account: readonly { readonly account: string }[];
  readonly own_accounts_only: boolean;
}

const ROWS = 10;

/** How good forecasts were, and whether that may be said. */
export const composeAccuracy: Composer = (say) => {
  const of = say.call.result as unknown as Accuracy;
  const [one, many] = of.of === "weeks" ? ["promoted week", "promoted weeks"] : ["promotion", "promotions"];
  const where = [of.product, of.mechanic && `${inWords(of.mechanic)} only`, of.account && `at ${of.account}`]
    .filter(Boolean)
    .join(", ");
  const filter = where ? ` (${where})` : "";
  if (!of.enough || !of.period) {
    say.p(
      `There is not enough evidence to say how good forecasts are${filter}: ${counted(say, "/n", one, many)} could be tried, and with fewer than ${say.fig("/least", "count")} nothing is said.`,
    );
    return;
  }
  say.p(
    `Over ${counted(say, "/n", one, many)}${filter}, forecasts made without having seen them were off by ${say.fig("/wape", "%")} of the units sold (WAPE), ` +
      `${biasWords(say, "/bias", of.bias!)}. The ${say.fig("/interval", "%")} range held for ${say.fig("/coverage", "%")} of them.`,
  );
  if (of.plans)
    say.p(
      `For comparison, what people had planned at the time was off by ${say.fig("/plans/wape", "%")} over ${counted(say, "/plans/n", one, many)}, ${biasWords(say, "/plans/bias", of.plans.bias)}.`,
    );
  say.p(
    `**Ground.** Forecasts of ${say.period(of.period)}, by ${counted(say, "/n_trials", "model")} each fitted only to what was known before its weeks.${of.own_accounts_only ? " Only your own accounts are counted." : ""} Promotions that then went wrong (a missing display, an empty shelf) are counted too.`,
  );
  say.table(
    ["Account", "Error (WAPE)", "Bias", "Range held", "Number"],
    of.by_account
      .slice(0, ROWS)
      .map((row, i) => [
        row.account,
        say.fig(`/by_account/${i}/wape`, "%"),
        say.fig(`/by_account/${i}/bias`, "%"),
        say.fig(`/by_account/${i}/coverage`, "%"),
        say.fig(`/by_account/${i}/n`, "count"),
      ]),
  );
  if (of.by_account.length > 1)
    say.chart("Forecast error by account", {
      data: { values: of.by_account },
      mark: { type: "bar", tooltip: true },
      encoding: {
        y: { field: "account", type: "nominal", title: "Account", sort: null },
        x: { field: "wape", type: "quantitative", title: "Error (WAPE), share of units sold", axis: { format: "%" } },
      },
    });
};

const biasWords = (say: Say, path: string, bias: number): string =>
  `with a bias of ${say.fig(path, "%")} (${bias < 0 ? "too low" : "too high"} on the whole)`;
