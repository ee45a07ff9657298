import { toMinor } from "../common/money.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { seasonOf } from "./market.ts";
import { CATEGORIES, categoryOf, PRODUCTS, packVolume } from "./products.ts";
import { random } from "./random.ts";
import type { Outcome } from "./response.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

/** What private label costs against Alder's brands. */
const PRIVATE_LABEL_PRICE = 0.62;
const COMPETITOR_PRICE = 0.95;
/** Shares of the increment of Alder's promotions that competitors and private label lose. */
const FROM_COMPETITORS = 0.3;
const FROM_PRIVATE_LABEL = 0.15;

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** The whole category at an account by week, in kg or litres: Alder's part, competitors' and private label's. */
export function categoryWeeksOf(
  world: DemoWorld,
  a: number,
  actual: Outcome,
  baseline: readonly Float64Array[],
): Tables["category_week"] {
  const account = ACCOUNTS[a]!;
  return CATEGORIES.flatMap((category, c) => {
    const own = PRODUCTS.flatMap((_, p) => (categoryOf(p) === c && world.frame.listings[a]![p] ? [p] : []));
    if (own.length === 0) return [];
    const draw = random("category", a, c);
    const usual = own.reduce((sum, p) => sum + Math.exp(world.parameters.level[a]![p]!) * packVolume(PRODUCTS[p]!), 0);
    const ownShare = category.ownShare * draw.uniform(0.8, 1.25);
    const labelShare =
      category.privateLabelShare * draw.uniform(0.85, 1.2) * (account.channel === "discounter" ? 1.5 : 1);
    const total = usual / ownShare;
    const label = total * Math.min(0.6, labelShare);
    const rivals = total - usual - label;
    const season = seasonOf(world.frame, c);
    const perVolume =
      own.reduce(
        (sum, p) => sum + (PRODUCTS[p]!.list * account.markup * (1 + account.vat)) / packVolume(PRODUCTS[p]!),
        0,
      ) / own.length;
    return Array.from({ length: HISTORY }, (_, t) => {
      const volumeOf = (series: readonly Float64Array[]): number =>
        own.reduce((sum, p) => sum + series[p]![t]! * packVolume(PRODUCTS[p]!), 0);
      const mine = volumeOf(actual.sales);
      const extra = Math.max(0, mine - volumeOf(baseline));
      const depth = world.market.rivalDepth[a]![c]![t]!;
      const wave = Math.exp(season[t]! + 0.012 * ((t - HISTORY) / 52));
      const theirs = Math.max(
        0.2 * rivals,
        rivals * wave * (1 + 1.5 * depth) * Math.exp(0.05 * draw.normal()) - FROM_COMPETITORS * extra,
      );
      // Private label gains a little every year.
      const labels = Math.max(
        0.2 * label,
        label * wave * (1 + (0.03 * (t - HISTORY)) / 52) * Math.exp(0.05 * draw.normal()) - FROM_PRIVATE_LABEL * extra,
      );
      const volume = mine + theirs + labels;
      const level = world.market.priceIndex[c]![t]!;
      const mineValue = own.reduce((sum, p) => sum + actual.sales[p]![t]! * world.market.basePrice[a]![p]![t]!, 0);
      const value =
        mineValue + perVolume * level * (theirs * COMPETITOR_PRICE * (1 - 0.6 * depth) + labels * PRIVATE_LABEL_PRICE);
      const [ownPart, labelPart] = [round(mine / volume, 4), round(labels / volume, 4)];
      return {
        account_id: a + 1,
        category_id: c + 1,
        week: world.frame.weeks[t]!,
        volume: round(volume, 1),
        value_minor: toMinor(value),
        own_share: ownPart,
        private_label_share: labelPart,
        competitor_share: round(1 - ownPart - labelPart, 4),
        price_index: round(
          (level / world.market.priceIndex[c]![0]!) * (1 - 0.35 * depth) * Math.exp(0.004 * draw.normal()),
          4,
        ),
      };
    });
  });
}
