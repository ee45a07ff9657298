import { addDays, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import { forecast } from "../../forecasting/index.ts";
import { shareOfWeek } from "../fitting/calendarDrivers.ts";
import { pairKey } from "../fitting/marketBook.ts";
import { type ForecastGround, factsAt } from "../forecasts/forecastGround.ts";
import { offerFor, supportShare } from "../forecasts/offerOfSpec.ts";
import { type PlanCell, planOf } from "../forecasts/planRows.ts";
import { specOfPromotion } from "../forecasts/storedSpec.ts";

/** Expected units of products at an account, week by week. */
export interface Demand {
  /** Monday of the first week. */
  readonly from: string;
  /** Units by product and week; a product that was never measured there is not in it. */
  readonly units: ReadonlyMap<number, Float64Array>;
}

/**
 * What shoppers are expected to buy in the coming weeks, agreed promotions included.
 * @param from Monday of the first week
 * @param without a promotion whose own window counts as everyday weeks
 */
export function expectedDemand(
  ground: ForecastGround,
  accountId: number,
  productIds: readonly number[],
  from: string,
  weeks: number,
  without: number | null = null,
): Demand {
  const first = weekIndex(from);
  const known = productIds.filter((id) => factsAt(ground, accountId, id));
  const cells = known.flatMap((id) =>
    Array.from({ length: weeks }, (_, w) => cellAt(ground, accountId, id, first + w, without)),
  );
  const units = new Map<number, Float64Array>();
  if (cells.length === 0) return { from, units };
  const { mean } = forecast(ground.fitted.model, planOf(ground, cells));
  known.forEach((id, k) => {
    units.set(id, mean.slice(k * weeks, (k + 1) * weeks));
  });
  return { from, units };
}

/** A product's week with the agreed promotion that takes most of it, if any. */
function cellAt(
  ground: ForecastGround,
  account_id: number,
  product_id: number,
  week: number,
  without: number | null,
): PlanCell {
  const monday = weekFromIndex(week);
  const agreed = (ground.book.promotionsOf.get(pairKey(account_id, product_id)) ?? [])
    .filter((promotion) => promotion.id !== without)
    .map((promotion) => ({ promotion, share: shareOfWeek(monday, promotion.start, promotion.end) }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share)[0];
  if (!agreed || agreed.share < 0.5) return { account_id, product_id, week };
  const spec = specOfPromotion(agreed.promotion, [product_id]);
  return {
    account_id,
    product_id,
    week,
    offer: offerFor(ground, spec, product_id),
    display: supportShare(ground, spec, "display"),
    feature: supportShare(ground, spec, "feature"),
  };
}

/** Units expected from a day (included) to a day (excluded), part weeks by their days. */
export function unitsBetween(demand: Demand, productId: number, from: string, until: string): number {
  const units = demand.units.get(productId);
  if (!units) return 0;
  const last = addDays(until, -1);
  return units.reduce(
    (sum, week, w) => sum + week * (from <= last ? shareOfWeek(addDays(demand.from, 7 * w), from, last) : 0),
    0,
  );
}

/**
 * Weeks for which a stock is enough, part of the last one by its use; null where the weeks looked at end before the stock does
 * or nothing is sold.
 */
export function weeksOfCover(stock: number, units: ArrayLike<number>): number | null {
  let left = stock;
  for (let w = 0; w < units.length; w++) {
    if (units[w]! > left) return w + left / units[w]!;
    left -= units[w]!;
  }
  return null;
}
