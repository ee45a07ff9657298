import { capital } from "../../../data/common/words.ts";
import { taken } from "../assistant/promotions/words.ts";
import type { Composer, Say } from "../say.ts";
import { type ForecastJson, groundWords, moneyWords, promotionWords, ranged } from "./parts.ts";

const ROWS = 10;

/** One forecast: units first, then money, then what it rests on. */
export const composeForecast: Composer = (say) => {
  const of = say.call.result as unknown as ForecastJson;
  const halo = of.halo > 0 ? `, with ${say.fig("/halo", "units")} gained by the others` : "";
  say.p(
    `**${capital(promotionWords(say, ""))}** is expected to sell ${ranged(say, "/units", "units")}, where ${say.fig("/baseline/mean", "units")} would sell without it. ` +
      `After ${say.fig("/dip", "units")} of dip and ${say.fig("/cannibalised", "units")} cannibalised${halo}, ${ranged(say, "/true_incremental", "units")} are truly incremental.`,
  );
  const money = moneyWords(say, "");
  if (money.length) say.p(money.join(" "));
  for (const line of taken(of.assumptions)) say.p(line);
  say.p(groundWords(say, ""));
  table(say, of);
  chart(say, of);
};

function table(say: Say, of: ForecastJson): void {
  const at = (i: number, field: string): string => `/lines/${i}/${field}`;
  say.table(
    ["Product", "Units", "Without it", "Everyday price", "Average price", "Paid a unit"],
    of.lines
      .slice(0, ROWS)
      .map((line, i) => [
        line.product,
        say.fig(at(i, "units"), "units"),
        say.fig(at(i, "baseline"), "units"),
        say.figOr(at(i, "everyday_price"), of.currency),
        say.figOr(at(i, "promoted_price"), of.currency),
        say.figOr(at(i, "allowance"), of.currency),
      ]),
  );
}

interface Range {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function chart(say: Say, of: ForecastJson): void {
  const { units, baseline, true_incremental } = of as unknown as Record<string, Range>;
  const values = [
    { what: "Without it", ...baseline! },
    { what: "With it", ...units! },
    { what: "Truly incremental", ...true_incremental! },
  ];
  say.chart(`Expected units, ${of.account}, ${say.period(of.period)}`, {
    data: { values },
    encoding: { y: { field: "what", type: "nominal", title: null, sort: null } },
    layer: [
      {
        mark: { type: "bar", tooltip: true },
        encoding: { x: { field: "mean", type: "quantitative", title: "Units (line: range)" } },
      },
      {
        mark: { type: "rule", color: "black" },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
    ],
  });
}
