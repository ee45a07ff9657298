import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, weekFromIndex, weekIndex } from "../../data/common/dates.ts";
import type { ToolContext } from "../define.ts";
import { type DemoContext, demoContext } from "../testing.ts";
import { type ForecastGround, readForecastGround, soldAt } from "./forecastGround.ts";
import { forecastOn } from "./forecastPromotion.ts";
import { ScenarioBatch } from "./scenarioBatch.ts";
import type { DesignSpec } from "./types.ts";

let demo: DemoContext;
let dan: ToolContext;
let ground: ForecastGround;
beforeAll(async () => {
  demo = await demoContext();
  dan = await demo.context();
  ground = await readForecastGround(demo.store, dan.models);
});
afterAll(() => demo.close());

const first = weekIndex("2027-01-04");
const quarter = { from: "2027-01-04", to: "2027-04-04" };

/** Line-ups of an account: each brand's products, and its first product alone. */
function lineUps(account: number): { own: number[]; others: number[] }[] {
  const sold = soldAt(ground, account, quarter);
  const product = (id: number) => ground.book.productById.get(id)!;
  const brands = [...Map.groupBy(sold, (id) => product(id).brand_id).values()].slice(0, 3);
  return brands
    .flatMap((all) => [all, all.slice(0, 1)])
    .map((own) => ({
      own,
      others: sold.filter((id) => !own.includes(id) && product(id).category_id === product(own[0]!).category_id),
    }));
}

describe("ScenarioBatch", () => {
  it("says what a forecast of each promotion says, to rounding", () => {
    const bare = {
      price_off: null,
      get: null,
      pay: null,
      discount: null,
      fixed_spend: 0,
      payment: "scan_back",
    } as const;
    const plain = { mechanic: "tpr", display: false, feature: false } as const;
    const offers: Omit<DesignSpec, "account_id" | "product_ids">[] = [
      { ...bare, ...plain, discount: 0.1 },
      { ...bare, ...plain, discount: 0.35, display: true, fixed_spend: 900 },
      { ...bare, ...plain, discount: 0.75, display: true, feature: true },
      { ...bare, ...plain, discount: 0, feature: true, payment: "lump_sum", fixed_spend: 500 },
      { ...bare, ...plain, mechanic: "multibuy", get: 3, pay: 2 },
      { ...bare, ...plain, price_off: 0.3 },
    ];
    let compared = 0;
    for (const account of [...ground.fitted.accountIds].slice(0, 2)) {
      const sold = soldAt(ground, account, quarter);
      const batch = new ScenarioBatch(ground, account, sold, { first, last: first + 12 }, 2);
      for (const { own, others } of lineUps(account)) {
        const designs = offers.map((offer) => ({ ...offer, account_id: account, product_ids: own }));
        const starts = [first, first + 7];
        const [values] = batch.values([{ productIds: own, otherIds: others, designs }], starts);
        designs.forEach((design, k) => {
          starts.forEach((start, s) => {
            const spec = { ...design, start: weekFromIndex(start), end: addDays(weekFromIndex(start), 13) };
            const { forecast } = forecastOn(ground, dan.actor, spec);
            const value = values![k]![s]!;
            const near = (found: number, known: number): void =>
              expect(Math.abs(found - known), JSON.stringify(spec)).toBeLessThan(
                1e-7 * Math.max(1, forecast.units.mean),
              );
            near(value.units, forecast.units.mean);
            near(value.baseline, forecast.baseline.mean);
            near(value.dip, forecast.dip);
            near(value.cannibalised, forecast.cannibalised);
            near(value.halo, forecast.halo);
            near(value.trueIncremental, forecast.true_incremental.mean);
            near(value.spend, forecast.spend!);
            near(value.netProfit!, forecast.net_profit!.mean);
            near(value.retailerGain!, forecast.retailer!.extra_profit);
            expect(value.probabilityOfLoss, JSON.stringify(spec)).toBeCloseTo(forecast.probability_of_loss!, 9);
            compared++;
          });
        });
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});
