import { addDays } from "../../../data/common/dates.ts";
import { listProducts } from "../../../data/products/products.repo.ts";
import { promotionRow } from "../../../data/promotions/reading.service.ts";
import type { ToolContext } from "../../define.ts";
import { type ForecastGround, readForecastGround } from "../../forecasts/forecastGround.ts";
import { specOfPromotion } from "../../forecasts/storedSpec.ts";
import { expectedDemand, weeksOfCover } from "../../supply/demand.ts";
import { type NamedPromotion, namedJson } from "../../supply/named.ts";
import { fillIn, type Position, positionsOf } from "../../supply/position.ts";
import { promotionSupply, SERVICE_LEVEL } from "../../supply/promotionSupply.ts";
import type { Scope } from "../scope.ts";

/** Weeks ahead over which demand is looked at, and weeks back over which the fill rate is. */
const AHEAD = 16;
const FILL_WEEKS = 4;
const MOST = 24;

/** Stock and its cover against what shoppers are expected to buy; of a promotion, against its volume. */
export async function coverOf(context: ToolContext, scope: Scope, promotion: NamedPromotion | null) {
  const ground = await readForecastGround(context.store, context.models);
  const productIds = promotion ? promotion.productIds : scope.products?.map((p) => p.id);
  const positions = (
    await positionsOf(
      context,
      scope.accounts.map((a) => a.id),
      productIds,
    )
  ).filter((p) => p.stock !== null);
  const names = new Map((await listProducts(context.store)).map((p) => [p.id, p.name]));
  const rows = positions
    .map((position) => rowOf(ground, scope, names, position))
    .sort((a, b) => (a.cover_weeks ?? AHEAD) - (b.cover_weeks ?? AHEAD));
  const byAccount = [...Map.groupBy(rows, (row) => row.account)].map(([account, own]) => ({
    account,
    ...totalOf(own),
  }));
  const since = positions.map((p) => p.stock!.since).toSorted()[0] ?? null;
  const last =
    positions
      .map((p) => p.stock!.week)
      .toSorted()
      .at(-1) ?? null;
  const needs = promotion ? await needOf(context, ground, promotion, positions) : null;
  return {
    promotion: namedJson(promotion),
    as_of: last && addDays(last, 6),
    since,
    weeks_ahead: AHEAD,
    fill_weeks: FILL_WEEKS,
    products: new Set(rows.map((row) => row.product)).size,
    ...totalOf(rows),
    need: needs,
    by_account: byAccount.sort((a, b) => (a.cover_weeks ?? AHEAD) - (b.cover_weeks ?? AHEAD)),
    rows: rows.slice(0, MOST).map(({ demand: _, ...row }) => row),
    missing: [
      ...scope.notes,
      ...(rows.length
        ? [
            "What it held before the first recorded shipment is not known, nor what went through wholesalers, was lost or returned: the stock is the least that fits shipments and sell-out.",
          ]
        : ["No shipments are recorded beside the sell-out of this, so its stock cannot be estimated."]),
    ],
    assumptions: [
      "Estimated stock is shipments less sell-out, added up; its cover is the weeks until shoppers have bought it as forecast, agreed promotions included.",
    ],
  };
}

function rowOf(ground: ForecastGround, scope: Scope, names: ReadonlyMap<number, string>, position: Position) {
  const { stock, weeks, arrived, due, late } = position;
  const from = addDays(stock!.week, 7);
  const demand =
    expectedDemand(ground, position.account_id, [position.product_id], from, AHEAD).units.get(position.product_id) ??
    new Float64Array(AHEAD);
  const fill = fillIn(weeks, addDays(stock!.week, -7 * (FILL_WEEKS - 1)), stock!.week);
  return {
    account: scope.accounts.find((a) => a.id === position.account_id)?.name ?? "",
    product: names.get(position.product_id) ?? String(position.product_id),
    stock: stock!.units,
    weekly_demand: demand.slice(0, FILL_WEEKS).reduce((sum, units) => sum + units, 0) / FILL_WEEKS,
    cover_weeks: weeksOfCover(stock!.units, demand),
    arrived,
    due,
    late,
    cover_with_orders: weeksOfCover(stock!.units + arrived + due, demand),
    fill_rate: fill?.fill_rate ?? null,
    demand,
  };
}

type Row = ReturnType<typeof rowOf>;

/** Sums over products, and the cover of the whole by the whole demand. */
function totalOf(rows: readonly Row[]) {
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const demand = Float64Array.from({ length: AHEAD }, (_, w) => sum((row) => row.demand[w]!));
  const [stock, arrived, due] = [sum((row) => row.stock), sum((row) => row.arrived), sum((row) => row.due)];
  return {
    stock,
    weekly_demand: sum((row) => row.weekly_demand),
    cover_weeks: rows.length ? weeksOfCover(stock, demand) : null,
    arrived,
    due,
    late: sum((row) => row.late),
    cover_with_orders: rows.length ? weeksOfCover(stock + arrived + due, demand) : null,
  };
}

/** What the promotion needs beside what there will be; null where it is over. */
async function needOf(
  context: ToolContext,
  ground: ForecastGround,
  promotion: NamedPromotion,
  positions: readonly Position[],
) {
  const { found, productIds } = promotion;
  if (found.end < context.store.today) return null;
  const spec = specOfPromotion(await promotionRow(context.store, found), productIds);
  const lines = promotionSupply(ground, spec, found.promotion_id, positions, SERVICE_LEVEL);
  const sum = (of: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((total, line) => total + of(line), 0);
  const expected = sum((line) => line.expected);
  return {
    service_level: SERVICE_LEVEL,
    expected,
    enough: sum((line) => line.enough),
    sold_before: sum((line) => line.sold_before),
    available: sum((line) => line.available),
    short: sum((line) => line.short),
    covered: expected > 0 ? Math.min(1, sum((line) => Math.min(line.available, line.expected)) / expected) : null,
  };
}
