import type { CategoryDriver } from "../../../tools/advisor/categoryDrivers.ts";
import type { Composer, Say } from "../say.ts";
import { driverTable, driverWords } from "./categoryDrivers.ts";
import { type Ground, sayGround } from "./ground.ts";
import { counted } from "./words.ts";

interface Row {
  readonly label: string;
  readonly brand?: string;
  readonly change: number | null;
  readonly growth: number | null;
  readonly contribution: number | null;
  readonly state: string;
}
interface Category {
  readonly category: string;
  readonly growth: number | null;
  readonly own_share_change: number | null;
  readonly from_us: number | null;
}
interface Grown extends Ground {
  readonly currency: string;
  readonly before: { readonly from: string; readonly to: string };
  readonly measure: "net_sales" | "units";
  readonly total: Row;
  readonly brands: readonly Row[];
  readonly products_sold: number;
  readonly products: readonly Row[];
  readonly falling: readonly Row[];
  readonly categories: readonly Category[];
  readonly drivers: readonly CategoryDriver[];
}

const MOST = 10;
/** Rows of each end where both are shown. */
const END = 7;

/** Growth of products and brands with what each contributed. */
export const composeGrowth: Composer = (say) => {
  const result = say.call.result as unknown as Grown;
  const unit = result.measure === "net_sales" ? result.currency : "units";
  const what = result.measure === "net_sales" ? "net sales" : "units";
  if (say.call.args.whole === "category" && result.drivers.length && result.categories.length) {
    say.p(driverWords(say, result));
    sayGround(
      say,
      result,
      `Compared with ${say.period(result.before)}, ${counted(say, "/weeks", "week")} each. A product's part is the change of what shoppers paid for it over the category's value before.`,
    );
    return driverTable(say, result);
  }
  say.p(
    inOrder(say, [
      totalSentence(say, result, unit, what),
      driversSentence(say, result, unit),
      losersSentence(say, result, unit),
    ])
      .filter(Boolean)
      .join(" "),
  );
  const categories = categorySentences(say, result);
  if (categories.length) say.p(categories.join(" "));
  sayGround(say, result, `Compared with ${say.period(result.before)}, ${counted(say, "/weeks", "week")} each.`);
  productTables(say, result, unit);
  brandTable(say, result, unit);
  chart(say, result, what);
};

/** Asked what shrinks, that comes first. */
const inOrder = (say: Say, [total, drivers, losers]: [string, string, string]): string[] =>
  say.call.args.order === "worst" ? [losers, total, drivers] : [total, drivers, losers];

/** What shrank most: all that is declining where that was asked, else the largest loss. */
function losersSentence(say: Say, result: Grown, unit: string): string {
  if (say.call.args.order !== "worst" || result.total.growth === null) return fallingSentence(say, result, unit);
  const rows = result.falling.slice(0, 5);
  if (!rows.length)
    return `**Nothing of it is declining**: none of ${counted(say, "/products_sold", "product")} sold less than a year before.`;
  const named = rows.map((row, at) => {
    const change = say.fig(`/falling/${at}/change`, unit);
    return `${row.label} (${change}${row.state === "gone" ? ", no longer sold" : `, ${say.figOr(`/falling/${at}/growth`, "%")}`})`;
  });
  return `**Declining${result.falling.length > rows.length ? " most" : ""}**: ${named.join(", ")}.`;
}

function totalSentence(say: Say, result: Grown, unit: string, what: string): string {
  const { growth, change } = result.total;
  const now = say.fig(`/total/${result.measure}`, unit);
  if (growth === null) return `Sales were ${now} (${what}).`;
  const rate = say.fig("/total/growth", "%");
  return (change ?? 0) >= 0
    ? `**Our ${what} grew by ${rate}** to ${now}.`
    : `**Our ${what} did not grow: they changed by ${rate}**, to ${now}.`;
}

function driversSentence(say: Say, result: Grown, unit: string): string {
  const drivers = result.products.filter((row) => (row.change ?? 0) > 0).slice(0, 3);
  if (!drivers.length || result.total.growth === null) return "";
  const named = drivers.map((row, at) => {
    const path = `/products/${at}`;
    const rate = row.growth === null ? "new" : `${say.fig(`${path}/growth`, "%")} up`;
    return `${row.label} (${say.fig(`${path}/change`, unit)} more, ${rate}, ${say.fig(`${path}/contribution`, "pp")} of the whole's growth)`;
  });
  return `${(result.total.change ?? 0) >= 0 ? "The growth comes above all from" : "What grew most:"} ${named.join(", ")}.`;
}

function fallingSentence(say: Say, result: Grown, unit: string): string {
  const worst = result.falling[0];
  if (!worst || result.total.growth === null) return "";
  const change = say.fig("/falling/0/change", unit);
  return worst.state === "gone"
    ? `The largest loss is ${worst.label}, which is no longer sold (${change}).`
    : `The largest loss is ${worst.label} (${change}, ${say.figOr("/falling/0/growth", "%")}).`;
}

function categorySentences(say: Say, result: Grown): string[] {
  return result.categories.flatMap((row, at) => {
    if (row.growth === null || row.from_us === null || row.own_share_change === null) return [];
    const path = `/categories/${at}`;
    return [
      `${row.category} as a whole changed by ${say.fig(`${path}/growth`, "%")}, ${say.fig(`${path}/from_us`, "pp")} of it from us; our share of its value is ${say.fig(`${path}/own_share`, "%")}, ${say.fig(`${path}/own_share_change`, "pp")} against the year before.`,
    ];
  });
}

/** What grew and what shrank, each end of the list in a table of its own where all would be too long. */
function productTables(say: Say, result: Grown, unit: string): void {
  const table = (head: string, list: "products" | "falling", rows: readonly Row[]): void => {
    say.table(
      [head, "Brand", "Now", "A year before", "Change", "Growth", "Contribution"],
      rows.map((row, at) => growthCells(say, `/${list}/${at}`, row, result.measure, unit, [row.brand ?? ""])),
    );
  };
  const { products, falling } = result;
  if (say.call.args.order === "worst" && falling.length && result.total.growth !== null) {
    table("What shrank most", "falling", falling.slice(0, MOST));
    return;
  }
  if (result.total.growth === null || result.products_sold <= MOST) {
    table("Product", "products", products.slice(0, MOST));
    return;
  }
  const grew = products.filter((row) => (row.change ?? 0) > 0);
  table("What grew most", "products", grew.slice(0, END));
  table("What shrank most", "falling", falling.slice(0, END));
}

function brandTable(say: Say, result: Grown, unit: string): void {
  if (result.brands.length < 2) return;
  say.table(
    ["Brand", "Now", "A year before", "Change", "Growth", "Contribution"],
    result.brands.slice(0, MOST).map((row, at) => growthCells(say, `/brands/${at}`, row, result.measure, unit, [])),
  );
}

function growthCells(say: Say, path: string, row: Row, measure: string, unit: string, between: string[]): string[] {
  return [
    row.label,
    ...between,
    say.figOr(`${path}/${measure}`, unit),
    say.figOr(`${path}/${measure}_before`, unit),
    say.figOr(`${path}/change`, unit),
    row.state === "new" ? "new" : say.figOr(`${path}/growth`, "%"),
    say.figOr(`${path}/contribution`, "pp"),
  ];
}

function chart(say: Say, result: Grown, what: string): void {
  const ends = [...result.products.slice(0, 6), ...result.falling.slice(0, 6)];
  if (result.total.growth === null) return;
  const values = [...new Map(ends.map((row) => [row.label, { product: row.label, change: row.change }])).values()];
  if (values.length < 2) return;
  const title = `Change of ${what}${result.measure === "net_sales" ? ` (${result.currency})` : ""} against a year before`;
  say.chart(title, {
    data: { values },
    mark: { type: "bar", tooltip: true },
    encoding: {
      y: { field: "product", type: "nominal", sort: "-x", title: "Product" },
      x: { field: "change", type: "quantitative", title },
    },
  });
}
