import { listed } from "../../../data/common/words.ts";
import type { Check } from "../../../tools/define.ts";
import { counted } from "../advisor/words.ts";
import { taken } from "../assistant/promotions/words.ts";
import type { Composer, Say } from "../say.ts";

interface Moved {
  readonly change: { readonly mean: number; readonly low: number; readonly high: number };
}
interface Variant {
  readonly net_sales: Moved;
  readonly profit: Moved;
  readonly retailer_profit: Moved;
}
interface PriceResult {
  readonly account: string;
  readonly product: string;
  readonly currency: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly change: number;
  readonly left_out_products: readonly string[];
  readonly list_follows: Variant | null;
  readonly list_stays: Variant | null;
  readonly lines: readonly {
    readonly product: string;
    readonly break_even_elasticity: number | null;
    readonly units: number;
    readonly units_after: { readonly mean: number; readonly low: number; readonly high: number };
  }[];
  readonly history: { readonly moves: number };
  readonly checks: readonly Check[];
  readonly planned: readonly { readonly promotion: string; readonly name: string }[];
  readonly assumptions: readonly string[];
  readonly missing: readonly string[];
}

const MOST = 10;

/** What a lasting move of the everyday price does to units and to the money of both sides. */
export const composePrice: Composer = (say) => {
  const of = say.call.result as unknown as PriceResult;
  const money = of.currency;
  const up = of.change > 0;
  say.p(
    `With the everyday price of **${of.product} at ${of.account}** ${say.fig("/change", "%")} ${up ? "higher" : "from today's"}, ${say.fig("/units/after/mean", "units")} units are expected in ${say.period(of.period)} instead of ${say.fig("/units/before", "units")} (${say.range("/units/after", "units")}, ${say.fig("/interval", "%")} range): ${say.fig("/units/change", "%")}. What shoppers pay changes by ${say.fig("/retail_sales/change/mean", money)} (${say.range("/retail_sales/change", money)}).`,
  );
  if (of.list_follows && of.list_stays) {
    say.p(
      [
        `**If our list price moves along**, ${sides(say, of.list_follows, "/list_follows", money)}`,
        `**If our list price stays**, ${sides(say, of.list_stays, "/list_stays", money)}`,
      ].join("\n\n"),
    );
  } else say.p("A list price or a cost is not known, so the money of both sides cannot be said.");
  for (const [i, check] of of.checks.entries())
    say.p(`${check.verdict === "block" ? "**Blocked.** " : "Note: "}${say.check(`/checks/${i}`)}`);
  for (const line of taken(of.assumptions)) say.p(line);
  say.p(
    [
      `**Ground.** Elasticities of the fitted model, from how units moved with ${counted(say, "/history/moves", "change")} of these everyday prices there and with all others of the category.`,
      of.left_out_products.length ? `Left out, as not sold there: ${listed(of.left_out_products)}.` : "",
      of.planned.length
        ? `Promotions agreed in that time take the new price as theirs: ${listed(of.planned.map((p) => `${p.promotion}, ${p.name}`))}.`
        : "",
      ...of.missing,
    ]
      .filter(Boolean)
      .join(" "),
  );
  table(say, of);
  chart(say, of);
};

/** "our profit changes by €12,000 (…), a gain in 82 % of cases; …" */
function sides(say: Say, of: Variant, path: string, money: string): string {
  const verdict =
    of.profit.change.low > 0 ? "it pays for us" : of.profit.change.high < 0 ? "it costs us" : "it may go either way";
  return `our margin changes by ${say.fig(`${path}/profit/change/mean`, money)} a year (${say.range(`${path}/profit/change`, money)}; a gain in ${say.fig(`${path}/profit/chance_of_gain`, "%")} of simulated outcomes): ${verdict}. Our net sales change by ${say.fig(`${path}/net_sales/change/mean`, money)}, the retailer's margin by ${say.fig(`${path}/retailer_profit/change/mean`, money)} (${say.range(`${path}/retailer_profit/change`, money)}).`;
}

function table(say: Say, of: PriceResult): void {
  say.table(
    ["Product", "Price", "New price", "Elasticity", "Range", "Pays weaker than", "Units", "Units then"],
    of.lines.slice(0, MOST).map((line, i) => {
      const path = `/lines/${i}`;
      return [
        line.product,
        say.fig(`${path}/price`, of.currency),
        say.fig(`${path}/new_price`, of.currency),
        say.fig(`${path}/elasticity/mean`, "ratio"),
        say.range(`${path}/elasticity`, "ratio"),
        say.figOr(`${path}/break_even_elasticity`, "ratio"),
        say.fig(`${path}/units`, "units"),
        say.fig(`${path}/units_after/mean`, "units"),
      ];
    }),
  );
  if (of.lines.length > MOST) say.p(`Shown: the first ten of ${counted(say, "/n_products", "product")}.`);
}

/** Units of each product a year, with the range at the new price. */
function chart(say: Say, of: PriceResult): void {
  const values = of.lines.map((line) => ({
    product: line.product,
    today: line.units,
    moved: line.units_after.mean,
    low: line.units_after.low,
    high: line.units_after.high,
  }));
  const y = { field: "product", type: "nominal", title: "Product" };
  say.chart(`Everyday units a year of ${of.product} at ${of.account}, now and at the new price`, {
    data: { values },
    encoding: { y },
    layer: [
      {
        mark: { type: "tick", tooltip: true },
        encoding: { x: { field: "today", type: "quantitative", title: "Units a year (tick: today)" } },
      },
      {
        mark: { type: "point", filled: true, tooltip: true },
        encoding: { x: { field: "moved", type: "quantitative" } },
      },
      { mark: "rule", encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } } },
    ],
  });
}
