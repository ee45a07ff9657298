import { listed } from "../../../data/common/words.ts";
import { counted } from "../advisor/words.ts";
import { taken } from "../assistant/promotions/words.ts";
import type { Composer, Say } from "../say.ts";

interface Week {
  readonly week: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly baseline: number;
  readonly low: number;
  readonly high: number;
  readonly actual: number | null;
  readonly promoted: boolean | null;
}

interface Baseline {
  readonly account: string;
  readonly product: string;
  readonly products: readonly string[];
  readonly left_out_products: readonly string[];
  readonly period: { readonly from: string; readonly to: string };
  readonly weeks: readonly Week[];
  readonly actual_total: number | null;
  readonly history: { readonly from: string; readonly to: string };
  readonly planned: readonly {
    readonly promotion: string;
    readonly name: string;
    readonly period: { readonly from: string; readonly to: string };
  }[];
  readonly assumptions: readonly string[];
  readonly caveats: readonly string[];
}

const ROWS = 10;

/** What would sell with no promotion: the total, the weeks, and what it rests on. */
export const composeBaseline: Composer = (say) => {
  const of = say.call.result as unknown as Baseline;
  const sold = of.actual_total === null ? "" : ` ${say.fig("/actual_total", "units")} were sold, promotions and all.`;
  say.p(
    `With no promotion, **${of.product} at ${of.account}** ${of.actual_total === null ? "is expected to sell" : "would have sold"} ${say.fig("/total/mean", "units")} units in ${say.period(of.period)} ` +
      `(${say.range("/total", "units")}, ${say.fig("/interval", "%")} range), about ${say.fig("/mean_week", "units")} a week.${sold}`,
  );
  for (const line of taken(of.assumptions)) say.p(line);
  say.p(
    [
      `**Ground.** ${counted(say, "/n_products", "product")}, sales of ${say.period(of.history)}: ${counted(say, "/history/product_weeks", "measured week")} (product by product), of which ${say.fig("/history/promoted", "count")} with a promotion were left out of the level.`,
      of.left_out_products.length ? `Left out, as not sold there then: ${listed(of.left_out_products)}.` : "",
      plannedWords(say, of),
      ...of.caveats,
    ]
      .filter(Boolean)
      .join(" "),
  );
  table(say, of);
  chart(say, of);
};

function plannedWords(say: Say, of: Baseline): string {
  if (!of.planned.length) return "";
  const names = of.planned.map((p) => `${p.promotion}, ${p.name} (${say.period(p.period)})`);
  return `What promotions bring comes on top: ${listed(names)}.`;
}

function table(say: Say, of: Baseline): void {
  const measured = of.weeks.some((w) => w.actual !== null);
  const shown = of.weeks.slice(0, ROWS);
  say.table(
    ["Week", "Without promotion", "Range", ...(measured ? ["Sold"] : [])],
    shown.map((week, i) => [
      say.period(week.period),
      say.fig(`/weeks/${i}/baseline`, "units"),
      say.range(`/weeks/${i}`, "units"),
      ...(measured ? [`${say.figOr(`/weeks/${i}/actual`, "units")}${week.promoted ? " (promoted)" : ""}`] : []),
    ]),
  );
  if (of.weeks.length > shown.length) say.p(`Shown: the first ten of ${counted(say, "/n_weeks", "week")}.`);
}

function chart(say: Say, of: Baseline): void {
  const x = { field: "week", type: "temporal", title: "Week (Monday)" };
  say.chart(`Baseline of ${of.product} at ${of.account}`, {
    data: { values: of.weeks },
    encoding: { x },
    layer: [
      {
        mark: { type: "area", opacity: 0.25 },
        encoding: {
          y: { field: "low", type: "quantitative", title: "Units a week (band: range)" },
          y2: { field: "high" },
        },
      },
      {
        mark: { type: "line", point: true, tooltip: true },
        encoding: { y: { field: "baseline", type: "quantitative" } },
      },
      ...(of.weeks.some((w) => w.actual !== null)
        ? [
            {
              mark: { type: "point", filled: true, color: "black", tooltip: true },
              encoding: {
                y: { field: "actual", type: "quantitative" },
                shape: { field: "promoted", type: "nominal", title: "Promoted" },
              },
            },
          ]
        : []),
    ],
  });
}
