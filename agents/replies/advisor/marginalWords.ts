import { listed } from "../../../data/common/words.ts";
import type { Say } from "../say.ts";
import { PERCENT_AXIS } from "./words.ts";

interface Stops {
  readonly depth: number;
  readonly low: number;
  readonly high: number;
}
interface Point {
  readonly depth: number;
  readonly net_profit: number;
  readonly low: number;
  readonly high: number;
  readonly next_point: number | null;
  readonly next_point_range: { readonly low: number; readonly high: number } | null;
}
export interface Marginal {
  readonly points: readonly Point[];
  readonly stops: Stops;
  readonly deepest: number;
  readonly outside: boolean;
  readonly pass_through: readonly { readonly account: string; readonly known: boolean }[];
  readonly stops_if_fully_funded: number | null;
  readonly retailer_best: { readonly depth: number } | null;
  readonly by_pair: readonly {
    readonly account: string;
    readonly brand: string;
    readonly outside: boolean;
  }[];
}

/** Where each further point costs more than it brings, how sure that is, and what the retailer would rather have. @param less what the next depth that was looked at brings less, in words */
export function stopsWords(say: Say, marginal: Marginal, currency: string, less: string): string {
  return [head(say, marginal), less, outside(say, marginal), slope(say, marginal, currency), retailer(say, marginal)]
    .filter(Boolean)
    .join(" ");
}

function head(say: Say, { stops, points, deepest }: Marginal): string {
  const range = `(${say.fig("/interval", "%")} interval ${say.range("/marginal/stops", "%")})`;
  if (stops.depth === points[0]!.depth)
    return stops.depth === 0
      ? `**Each point of discount costs more than it brings, from the first on** ${range}.`
      : `**Each point beyond ${say.fig("/marginal/stops/depth", "%")}, the shallowest that was looked at, costs more than it brings** ${range}.`;
  if (stops.depth === deepest)
    return `**Up to ${say.fig("/marginal/deepest", "%")}, the deepest that the contract allows, each further point still brings more than it costs** ${range}.`;
  return `**Beyond ${say.fig("/marginal/stops/depth", "%")} ${range} each further point costs more than it brings.**`;
}

function outside(say: Say, marginal: Marginal): string {
  return marginal.outside
    ? `That lies beyond ${say.fig("/marginal/deepest_seen", "%")}, the deepest that was seen of it there, so it is an extrapolation.`
    : "";
}

/** What one more point brings or costs, halfway to where it stops and at the deepest. */
function slope(say: Say, { points }: Marginal, currency: string): string {
  const last = points.length - 2;
  if (last < 0) return "";
  const path = `/marginal/points/${last}`;
  return `The last point, from ${say.fig(`${path}/depth`, "%")} to ${say.fig("/marginal/deepest", "%")}, changes net profit by ${say.fig(`${path}/next_point`, currency)} (${say.range(`${path}/next_point_range`, currency)}).`;
}

function retailer(say: Say, marginal: Marginal): string {
  if (!marginal.retailer_best) return "";
  const depth = say.fig("/marginal/retailer_best/depth", "%");
  return marginal.retailer_best.depth === 0
    ? "The retailer's own margin falls with any depth."
    : `The retailer gains most at ${depth}.`;
}

/** What the firm pays of a cut, for the ground of the answer. */
export function fundingWords(say: Say, marginal: Marginal): string {
  const known = marginal.pass_through.flatMap((one, at) =>
    one.known ? [`${say.fig(`/marginal/pass_through/${at}/pass_through`, "ratio")} at ${one.account}`] : [],
  );
  if (!known.length) return "";
  const whole =
    marginal.stops_if_fully_funded === null
      ? ""
      : ` Did the firm pay the whole cut, deeper would stop paying beyond ${say.fig("/marginal/stops_if_fully_funded", "%")}.`;
  return `Pass-through, the shelf-price cut over the allowance, as it was so far: ${listed(known)}.${whole}`;
}

/** Where deeper stops paying for each brand at each account. */
export function pairTable(say: Say, marginal: Marginal): void {
  if (!marginal.by_pair.length) return;
  say.p("**Where deeper stops paying, one by one**");
  say.table(
    ["Account", "Brand", "Stops beyond", "Interval", "Deepest seen there"],
    marginal.by_pair.map((pair, at) => {
      const path = `/marginal/by_pair/${at}`;
      return [
        pair.account,
        pair.brand,
        `${say.fig(`${path}/stops/depth`, "%")}${pair.outside ? " (extrapolated)" : ""}`,
        say.range(`${path}/stops`, "%"),
        say.fig(`${path}/deepest_seen`, "%"),
      ];
    }),
  );
}

/** Net profit over depth with its range, and where it tops out. */
export function marginalChart(say: Say, marginal: Marginal | null, currency: string): void {
  if (!marginal) return;
  const x = { field: "discount", type: "quantitative", title: "Discount", axis: PERCENT_AXIS };
  const y = { type: "quantitative", title: `Expected net profit (${currency})` };
  say.chart("Expected net profit by depth of the discount", {
    data: {
      values: marginal.points.map(({ depth, net_profit, low, high, next_point }) => ({
        discount: depth,
        net_profit,
        low,
        high,
        next_point,
      })),
    },
    encoding: { x },
    layer: [
      { mark: { type: "area", opacity: 0.25 }, encoding: { y: { ...y, field: "low" }, y2: { field: "high" } } },
      { mark: { type: "line", tooltip: true }, encoding: { y: { ...y, field: "net_profit" } } },
      {
        data: { values: [{ stops: marginal.stops.depth }] },
        mark: { type: "rule", strokeDash: [4, 4] },
        encoding: { x: { ...x, field: "stops" } },
      },
    ],
  });
  if (marginal.points.length < 3) return;
  const marginalY = { type: "quantitative", title: `Net profit of one more point (${currency})` };
  say.chart("What one more point of discount adds to net profit", {
    data: {
      values: marginal.points.flatMap((point) =>
        point.next_point_range === null
          ? []
          : [{ discount: point.depth, next_point: point.next_point, ...point.next_point_range }],
      ),
    },
    encoding: { x },
    layer: [
      { mark: { type: "area", opacity: 0.25 }, encoding: { y: { ...marginalY, field: "low" }, y2: { field: "high" } } },
      { mark: { type: "line", tooltip: true }, encoding: { y: { ...marginalY, field: "next_point" } } },
    ],
  });
}
