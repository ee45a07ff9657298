import { paidByUnit } from "../../../data/promotions/draft.ts";
import { curveAt, marginalProfit } from "../../../forecasting/index.ts";
import { type ForecastGround, factsAt } from "../../forecasts/forecastGround.ts";
import type { ForecastDetail } from "../../forecasts/forecastPromotion.ts";
import { fundingShare } from "../../forecasts/terms.ts";
import type { expectedByLevel, NotExpected, Pair } from "./expected.ts";

type Expected = Exclude<Awaited<ReturnType<typeof expectedByLevel>>, NotExpected>;

/** A depth counts as never seen from this far beyond the deepest on. */
const BEYOND = 0.02;

/**
 * Where deeper stops paying: net profit and what one more point of depth adds to it, from no discount (where nothing is paid without
 * one) to the deepest allowed, for all of what was asked and for each brand at each account; the retailer's side beside it.
 * Null where money is not known or fewer than two depths are allowed.
 */
export function marginalOf(expected: Expected) {
  const { pairs, cells, ground, rows } = expected;
  const depths = rows.map((row) => row.level);
  const all = curveOf(
    pairs.map((_, k) => k),
    expected,
  );
  if (!all) return null;
  const { curve, fromZero } = all;
  const retailer = retailerCurve(cells, depths, fromZero);
  const deepest = Math.max(...pairs.map((pair) => deepestSeen(ground, pair)));
  const points = curve.points.map((point) => ({
    depth: point.depth,
    net_profit: point.profit,
    low: point.low,
    high: point.high,
    next_point: point.marginal,
    next_point_range: point.marginal === null ? null : { low: point.marginalLow!, high: point.marginalHigh! },
    retailer_extra_profit: retailer ? retailer(point.depth) : null,
  }));
  const best = retailer && points.reduce((a, b) => (b.retailer_extra_profit! > a.retailer_extra_profit! ? b : a));
  return {
    points,
    stops: curve.stops,
    still_rising: curve.stillRising,
    never_rises: curve.neverRises,
    deepest: depths.at(-1)!,
    deepest_seen: deepest,
    outside: curve.stops.depth > deepest + BEYOND,
    /** Shelf-price cut over what the firm pays of it, by account; 1 where it pays all. */
    pass_through: [...new Map(pairs.map((pair) => [pair.account.name, pair.account.id]))].map(([account, id]) => ({
      account,
      pass_through: 1 / fundingShare(ground, id).share,
      known: fundingShare(ground, id).known,
    })),
    stops_if_fully_funded: fullyFunded(expected, fromZero),
    retailer_best: best && { depth: best.depth, extra_profit: best.retailer_extra_profit! },
    by_pair:
      pairs.length < 2
        ? []
        : pairs.flatMap((pair, k) => {
            const own = curveOf([k], expected);
            if (!own) return [];
            const seen = deepestSeen(ground, pair);
            const { stops, stillRising, neverRises } = own.curve;
            return [
              {
                account: pair.account.name,
                brand: pair.brand,
                stops,
                still_rising: stillRising,
                never_rises: neverRises,
                deepest_seen: seen,
                outside: stops.depth > seen + BEYOND,
              },
            ];
          }),
  };
}

/** The deepest discount that any of a pair's products ran with there. */
const deepestSeen = (ground: ForecastGround, pair: Pair): number =>
  Math.max(0, ...pair.productIds.map((id) => factsAt(ground, pair.account.id, id)?.deepest ?? 0));

/** Is nothing paid, and nothing gained, at a depth of zero? */
const freeAtZero = ({ display, feature }: Expected, pairs: readonly Pair[]): boolean =>
  !display && !feature && pairs.every((pair) => paidByUnit(pair.contract?.usual_payment ?? "bill_back"));

function curveOf(which: readonly number[], expected: Expected) {
  const { cells, rows } = expected;
  const own = cells.map((level) => which.map((k) => level[k]!));
  if (!own.every((level) => level.every((cell) => cell.netDraws !== null))) return null;
  const fromZero = freeAtZero(
    expected,
    which.map((k) => expected.pairs[k]!),
  );
  const depths = [...(fromZero ? [0] : []), ...rows.map((row) => row.level)];
  if (depths.length < 2) return null;
  const draws = own.map((level) =>
    level[0]!.netDraws!.map((_, d) => level.reduce((sum, cell) => sum + cell.netDraws![d]!, 0)),
  );
  const means = own.map((level) => level.reduce((sum, cell) => sum + cell.forecast.net_profit!.mean, 0));
  const nothing = draws[0]!.map(() => 0);
  return {
    fromZero,
    curve: marginalProfit({
      depths,
      means: fromZero ? [0, ...means] : means,
      draws: fromZero ? [nothing, ...draws] : draws,
    }),
  };
}

/** The retailer's extra cash margin as a curve over depth; null where a price is not known. */
function retailerCurve(
  cells: readonly (readonly ForecastDetail[])[],
  depths: readonly number[],
  fromZero: boolean,
): ((depth: number) => number) | null {
  if (!cells.every((level) => level.every((cell) => cell.forecast.retailer))) return null;
  const values = cells.map((level) => level.reduce((sum, cell) => sum + cell.forecast.retailer!.extra_profit, 0));
  return (depth) => curveAt(fromZero ? [0, ...depths] : depths, fromZero ? [0, ...values] : values, depth);
}

/** Where the mean curve would top out if the firm paid the whole cut of the shelf price; null where it pays no unit or already does. */
function fullyFunded({ pairs, cells, rows, ground }: Expected, fromZero: boolean): number | null {
  const shares = pairs.map((pair) => fundingShare(ground, pair.account.id));
  if (!fromZero || shares.some((share) => !share.known || share.share >= 1)) return null;
  const depths = [0, ...rows.map((row) => row.level)];
  const means = [
    0,
    ...cells.map((level) =>
      level.reduce(
        (sum, cell, k) => sum + cell.forecast.net_profit!.mean - cell.forecast.spend! * (1 / shares[k]!.share - 1),
        0,
      ),
    ),
  ];
  const points = Math.round(100 * depths.at(-1)!);
  return Array.from({ length: points + 1 }, (_, k) => Math.min(k / 100, depths.at(-1)!)).reduce((best, depth) =>
    curveAt(depths, means, depth) > curveAt(depths, means, best) ? depth : best,
  );
}
