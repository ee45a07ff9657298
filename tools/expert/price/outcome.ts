import type { Period } from "../../../data/common/dates.ts";
import {
  breakEvenElasticity,
  elasticityDraws,
  NormalStream,
  responseOf,
  unitsAtPrice,
} from "../../../forecasting/index.ts";
import { baselineOf } from "../../forecasts/baseline.ts";
import type { ForecastGround } from "../../forecasts/forecastGround.ts";
import { factsAt } from "../../forecasts/forecastGround.ts";
import { lineTerms, vatRate } from "../../forecasts/terms.ts";
import { type Range, rangeOf, Z80 } from "../../statistics.ts";

const DRAWS = 800;
/** The same draws for every product: they are told from the same shoppers, so that they are off together. */
const SEED = 41;
/** Of the level of the first product; each has its own. */
const LEVEL_SEED = 42;

/** One product's everyday price moved, with every draw kept for the sum. */
export interface PriceMove {
  readonly product_id: number;
  readonly product: string;
  readonly price: number;
  readonly target: number;
  readonly net: number | null;
  readonly margin: number | null;
  readonly units: number;
  readonly unitsDraws: Float64Array;
  readonly after: number;
  readonly afterDraws: Float64Array;
  readonly tax: number;
  readonly weight: number;
  readonly json: ReturnType<typeof lineJson>;
}

/** Units over a period at the new everyday price, by the fitted elasticity. */
export function moveOf(
  ground: ForecastGround,
  accountId: number,
  product: { readonly id: number; readonly name: string; readonly pack_size: number | null },
  { price, target, period }: { price: number; target: number; period: Period },
): PriceMove {
  const { fitted } = ground;
  const account = fitted.accountIndex.get(accountId)!;
  const response = responseOf(fitted.model, account, fitted.productIndex.get(product.id)!, "everyday price");
  const change = target / price - 1;
  const { total } = baselineOf(ground, accountId, [product.id], period);
  const level = total.low > 0 ? Math.log(total.high / total.low) / (2 * Z80) : 0;
  const chance = new NormalStream(LEVEL_SEED + product.id);
  const unitsDraws = Float64Array.from(
    { length: DRAWS },
    () => total.mean * Math.exp(level * chance.normal() - level ** 2 / 2),
  );
  const elasticities = elasticityDraws(response, DRAWS, SEED);
  const after = unitsAtPrice(total.mean, change, response.estimate);
  const terms = lineTerms(ground, { account_id: accountId, start: period.from }, product.id);
  const { net, margin } = terms;
  const moved = {
    product_id: product.id,
    product: product.name,
    price,
    target,
    net,
    margin,
    units: total.mean,
    unitsDraws,
    after,
    afterDraws: unitsDraws.map((u, d) => unitsAtPrice(u, change, elasticities[d]!)),
    tax: 1 + vatRate(ground, accountId),
    weight: total.mean * price,
  };
  const newMargin = net === null || margin === null ? null : margin + net * change;
  return {
    ...moved,
    json: lineJson(moved, {
      elasticity: { mean: response.estimate, ...around(response.estimate, response.se) },
      weeks_at_other_prices: response.n,
      measured_weeks: factsAt(ground, accountId, product.id)?.weeks ?? 0,
      break_even_elasticity:
        margin === null || newMargin === null ? null : breakEvenElasticity(margin, newMargin, change),
    }),
  };
}

const around = (middle: number, se: number): { low: number; high: number } => ({
  low: middle - Z80 * se,
  high: Math.min(0, middle + Z80 * se),
});

function lineJson(
  line: Omit<PriceMove, "json">,
  evidence: {
    readonly elasticity: Range;
    readonly weeks_at_other_prices: number;
    readonly measured_weeks: number;
    readonly break_even_elasticity: number | null;
  },
) {
  return {
    product: line.product,
    price: line.price,
    new_price: line.target,
    change: line.target / line.price - 1,
    ...evidence,
    units: line.units,
    units_after: rangeOf(line.after, line.afterDraws),
    net_price: line.net,
    margin: line.margin,
  };
}

/** Of one whole, before and after the move, and how often the change is a gain. */
export interface Moved {
  readonly before: number;
  readonly after: number;
  readonly change: Range;
  readonly chance_of_gain: number;
}

/** All products together: units, and the money of both sides, our list price moving along or staying. */
export function totalOf(lines: readonly PriceMove[]) {
  const weight = lines.reduce((sum, l) => sum + l.weight, 0);
  const change = lines.reduce((sum, l) => sum + (l.weight / weight) * (l.target / l.price - 1), 0);
  const units = lines.reduce((sum, l) => sum + l.units, 0);
  const after = lines.reduce((sum, l) => sum + l.after, 0);
  const draws = Float64Array.from({ length: DRAWS }, (_, d) => lines.reduce((sum, l) => sum + l.afterDraws[d]!, 0));
  const priced = lines.every((l) => l.net !== null && l.margin !== null);
  const shelf = (l: PriceMove, price: number): number => price / l.tax;
  const moved = (unit: (l: PriceMove) => number, newUnit: (l: PriceMove) => number): Moved =>
    movedOf(lines, unit, newUnit);
  const net = (l: PriceMove): number => l.net ?? 0;
  const margin = (l: PriceMove): number => l.margin ?? 0;
  const up = (l: PriceMove): number => l.target / l.price - 1;
  const variant = (follows: boolean) => {
    const rise = (l: PriceMove): number => (follows ? net(l) * up(l) : 0);
    return {
      net_sales: moved(net, (l) => net(l) + rise(l)),
      profit: moved(margin, (l) => margin(l) + rise(l)),
      retailer_profit: moved(
        (l) => shelf(l, l.price) - net(l),
        (l) => shelf(l, l.target) - net(l) - rise(l),
      ),
    };
  };
  return {
    change,
    result: {
      units: { before: units, after: rangeOf(after, draws), change: units > 0 ? after / units - 1 : null },
      retail_sales: moved(
        (l) => l.price,
        (l) => l.target,
      ),
      /** Our list price moves by the same percentage, so that the retailer's percentage margin stays. */
      list_follows: priced ? variant(true) : null,
      /** Our list price stays; the retailer alone moves the shelf price. */
      list_stays: priced ? variant(false) : null,
    },
  };
}

function movedOf(
  lines: readonly PriceMove[],
  unit: (l: PriceMove) => number,
  newUnit: (l: PriceMove) => number,
): Moved {
  const before = lines.reduce((sum, l) => sum + l.units * unit(l), 0);
  const after = lines.reduce((sum, l) => sum + l.after * newUnit(l), 0);
  const draws = Float64Array.from({ length: DRAWS }, (_, d) =>
    lines.reduce((sum, l) => sum + l.afterDraws[d]! * newUnit(l) - l.unitsDraws[d]! * unit(l), 0),
  );
  return {
    before,
    after,
    change: rangeOf(after - before, draws),
    chance_of_gain: draws.filter((d) => d > 0).length / DRAWS,
  };
}
