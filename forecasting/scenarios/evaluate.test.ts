import { describe, expect, it } from "vitest";
import {
  DrawRows,
  evaluateScenario,
  fitModel,
  type Plan,
  SCENARIO_DRAWS,
  ScenarioStart,
  scenarioCells,
  scenarioDraws,
  scenarioEffects,
  scenarioFactors,
} from "../index.ts";
import { simulateMarket } from "../testing.ts";

const market = simulateMarket({ accounts: 3, products: 4, weeks: 90, seed: 31, dip: 0.5 });
const model = fitModel(market.panel);
const names = market.panel.drivers.map((d) => d.name);
const FROM = 90;
const WINDOW = { weeks: 2, after: 4 };
/** Products 0 and 2 are of one category. */
const [ACCOUNT, OWN, OTHER] = [1, 0, 2];

/** Everyday weeks of both products, those of the window cut and displayed where asked. */
function plan(from: number, weeks: number, cut: number, display: number): Plan {
  const rows = [OWN, OTHER].flatMap((product) => Array.from({ length: weeks }, (_, w) => ({ product, w })));
  const on = (r: { product: number; w: number }): boolean => r.product === OWN && r.w < WINDOW.weeks;
  const base = Float64Array.from(rows, (r) => 2 + r.product);
  return {
    account: new Int32Array(rows.length).fill(ACCOUNT),
    product: Int32Array.from(rows, (r) => r.product),
    week: Int32Array.from(rows, (r) => from + r.w),
    basePrice: base,
    price: base.map((v, i) => (on(rows[i]!) ? v * (1 - cut) : v)),
    drivers: names.map((name, d) => ({
      name,
      kind: market.panel.drivers[d]!.kind,
      values: Float64Array.from(rows, (r) => (name === "display" && on(r) ? display : 0)),
    })),
  };
}

const none = new Float64Array(SCENARIO_DRAWS);
const chance = { event: none, eventSpread: 0, effects: none, effectSpread: 0 };
const cells = scenarioCells(model, plan(FROM, 12, 0, 0));
const designs: { cut: number[]; drivers: Record<string, number> }[] = [
  { cut: [0.2], drivers: {} },
  { cut: [0.3], drivers: { display: 1 } },
  { cut: [0.8], drivers: { display: 1 } },
];
const effects = scenarioEffects(cells, { products: [OWN], others: [OTHER] }, designs, WINDOW);
const terms = { margin: [0.8], allowance: [0.3], fixed: 40, otherMargin: [0.6], retailer: null };

describe("evaluateScenario", () => {
  it("has the means and the losses of the drawn plan, for any design and start", () => {
    designs.forEach((design, k) => {
      for (const from of [FROM, FROM + 5]) {
        const factors = scenarioFactors(cells, effects[k]!, chance, new DrawRows());
        const whole = plan(from, 6, design.cut[0]!, design.drivers.display ?? 0);
        const group = whole.week.map((week, i) => {
          const inside = week < from + WINDOW.weeks;
          return whole.product[i] === OWN ? (inside ? 0 : 1) : inside ? 2 : -1;
        });
        const drawn = scenarioDraws(model, whole, group, 3);
        const net = (on: (g: number) => number, off: (g: number) => number): number =>
          0.8 * (on(0) - off(0) - Math.max(0, off(1) - on(1))) + 0.6 * (on(2) - off(2)) - 0.3 * on(0);
        const mean = (of: Float64Array) => (g: number) => of[g]!;
        // A fee of about what it earns: then the losses say where the draws lie.
        const fixed = 0.97 * net(mean(drawn.meanWith), mean(drawn.meanWithout));
        const value = evaluateScenario(new ScenarioStart(cells, from, WINDOW), factors, { ...terms, fixed });
        let losses = 0;
        for (let d = 0; d < SCENARIO_DRAWS; d++)
          if (
            net(
              (g) => drawn.with[d * 3 + g]!,
              (g) => drawn.without[d * 3 + g]!,
            ) < fixed
          )
            losses++;
        expect(losses).toBeGreaterThan(20);
        expect(losses).toBeLessThan(SCENARIO_DRAWS - 20);
        expect(value.units).toBeCloseTo(drawn.meanWith[0]!, 6);
        expect(value.baseline).toBeCloseTo(drawn.meanWithout[0]!, 6);
        expect(value.netProfit).toBeCloseTo(fixed / 0.97 - fixed, 5);
        expect(value.probabilityOfLoss).toBe(losses / SCENARIO_DRAWS);
      }
    });
    expect(effects.map((e) => e.extrapolated)).toEqual([false, false, true]);
  });

  it("writes one design's draws over another's without mixing them", () => {
    const room = new DrawRows();
    const start = new ScenarioStart(cells, FROM, WINDOW);
    const alone = effects.map((e) => evaluateScenario(start, scenarioFactors(cells, e, chance, new DrawRows()), terms));
    const shared = effects.map((e) => evaluateScenario(start, scenarioFactors(cells, e, chance, room), terms));
    expect(shared).toEqual(alone);
  });

  it("says no profit where margins are not known", () => {
    const factors = scenarioFactors(cells, effects[0]!, chance, new DrawRows());
    const value = evaluateScenario(new ScenarioStart(cells, FROM, WINDOW), factors, { ...terms, margin: null });
    expect(value).toMatchObject({ profit: null, netProfit: null, probabilityOfLoss: null, retailerGain: null });
    expect(value.spend).toBeCloseTo(40 + 0.3 * value.units, 9);
  });

  it("refuses products and drivers that are not there, and rows out of place", () => {
    const lay = (lineUp: { products: number[]; others: number[] }, drivers: Record<string, number>) =>
      scenarioEffects(cells, lineUp, [{ cut: [0.1], drivers }], WINDOW);
    expect(() => lay({ products: [3], others: [] }, {})).toThrow("not among the cells");
    expect(() => lay({ products: [OWN], others: [] }, { lasers: 1 })).toThrow("without a driver named lasers");
    const good = plan(FROM, 3, 0, 0);
    expect(() => scenarioCells(model, { ...good, week: good.week.toReversed() })).toThrow("out of place");
  });
});
