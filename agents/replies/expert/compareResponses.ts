import { counted, GROUP_WORDS } from "../advisor/words.ts";
import type { Composer, Say } from "../say.ts";

interface Row {
  readonly label: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  readonly usual_share?: number | null;
  readonly usual_effect?: number | null;
}

interface Responses {
  readonly driver: "price" | "display" | "feature";
  readonly by: "account" | "product" | "category";
  readonly account: string | null;
  readonly product: string | null;
  readonly category: string | null;
  readonly n_groups: number;
  readonly n_without: number;
  readonly n_shown: number;
  readonly period: { readonly from: string; readonly to: string };
  readonly rows: readonly Row[];
  readonly last: Row;
  readonly lead: { readonly clear: boolean; readonly second_label: string } | null;
  readonly own_accounts_only: boolean;
}

const ROWS = 10;
const plurals = { account: "accounts", product: "products", category: "categories" } as const;

/** Who responds most, what that means in units, and whether the order is more than chance. */
export const composeResponses: Composer = (say) => {
  const of = say.call.result as unknown as Responses;
  const first = of.rows[0]!;
  const price = of.driver === "price";
  const effect = (path: string): string =>
    price
      ? `${say.fig(`${path}/estimate`, "ratio")}; ${say.fig(`${path}/cut`, "%")} off the price brings ${say.fig(`${path}/effect`, "%")} more units`
      : `a ${isFull(first) ? "" : "full "}${of.driver} brings ${say.fig(`${path}/effect`, "%")} more units`;
  const rest = `(${say.fig("/rows/0/standard_error", "ratio")} standard error, ${counted(say, "/rows/0/n", "week")} with ${price ? "a lower price" : `a ${of.driver}`})`;
  say.p(
    [
      price
        ? `**${first.label}** has the highest price elasticity: ${effect("/rows/0")} ${rest}.`
        : `**${first.label}** responds most to ${of.driver}: ${effect("/rows/0")}, all else equal ${rest}.${usual(say, first)}`,
      of.lead && of.rows[1]
        ? `Next is ${of.rows[1].label} with ${price ? say.fig("/rows/1/estimate", "ratio") : say.fig("/rows/1/effect", "%")}.`
        : "",
      leadWords(of),
      of.n_groups > 2 && of.last.label !== of.rows[1]?.label
        ? `The weakest is ${of.last.label} with ${price ? say.fig("/last/estimate", "ratio") : say.fig("/last/effect", "%")}.`
        : "",
    ]
      .filter(Boolean)
      .join(" "),
  );
  say.p(ground(say, of));
  table(say, of);
  chart(say, of);
};

/** A support that is there or not: its usual share says nothing. */
const isFull = (row: Row): boolean => (row.usual_share ?? 0) > 0.995;

/** What the support did at the share of distribution it usually had. */
const usual = (say: Say, row: Row): string =>
  row.usual_effect == null || isFull(row)
    ? ""
    : ` At the ${say.fig("/rows/0/usual_share", "%")} of distribution that it usually had there, that is ${say.fig("/rows/0/usual_effect", "%")}.`;

function leadWords(of: Responses): string {
  if (!of.lead) return "";
  return of.lead.clear
    ? "The lead is more than chance would make."
    : "The two cannot be told apart with the weeks known: the lead may be chance.";
}

function ground(say: Say, of: Responses): string {
  const filter = [of.product ?? of.category, of.account && `at ${of.account}`].filter(Boolean).join(" ");
  return [
    `**Ground.** The fitted model of the sales since ${say.date(of.period.from)}${filter ? ` (${filter})` : ""}, ${say.fig("/n_groups", "count")} ${plurals[of.by]}; each borrows from the others, the more the fewer weeks it has of its own.`,
    `The ranges are ${say.fig("/interval", "%")} ranges.`,
    of.n_without ? `Without such a week, and so left out: ${say.fig("/n_without", "count")}.` : "",
    of.own_accounts_only ? "Only your own accounts are counted." : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function table(say: Say, of: Responses): void {
  const price = of.driver === "price";
  say.table(
    [GROUP_WORDS[of.by]!, price ? "Elasticity" : "More units", "Coefficient's range", "Standard error", "Weeks"],
    of.rows
      .slice(0, ROWS)
      .map((row, i) => [
        row.label,
        price ? say.fig(`/rows/${i}/estimate`, "ratio") : say.fig(`/rows/${i}/effect`, "%"),
        say.range(`/rows/${i}`, "ratio"),
        say.fig(`/rows/${i}/standard_error`, "ratio"),
        say.fig(`/rows/${i}/n`, "count"),
      ]),
  );
  if (of.n_groups > Math.min(ROWS, of.n_shown)) say.p(`Shown: the strongest of ${say.fig("/n_groups", "count")}.`);
}

function chart(say: Say, of: Responses): void {
  if (of.rows.length < 2) return;
  const title = of.driver === "price" ? "Price elasticity" : `Response to ${of.driver}`;
  say.chart(`${title} by ${of.by}`, {
    data: { values: of.rows.map(({ label, estimate, low, high }) => ({ label, estimate, low, high })) },
    encoding: { y: { field: "label", type: "nominal", title: GROUP_WORDS[of.by], sort: null } },
    layer: [
      {
        mark: { type: "bar", tooltip: true },
        encoding: {
          x: {
            field: "estimate",
            type: "quantitative",
            title: of.driver === "price" ? "Elasticity (line: range)" : "Effect on ln units (line: range)",
          },
        },
      },
      {
        mark: { type: "rule", color: "black" },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
    ],
  });
}
