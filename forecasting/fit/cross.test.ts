import { describe, expect, it } from "vitest";
import { evaluateEvent, fitModel, scenarioDraws } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import type { Panel } from "../types.ts";

/** In tea (products 0 and 2) what a promoted product gains, the other loses a third of, unless it is promoted itself. */
const market = simulateMarket({ accounts: 6, products: 4, weeks: 110, seed: 81, noise: 0.08 });
const rowAt = new Map<string, number>();
for (let i = 0; i < market.panel.week.length; i++)
  rowAt.set(`${market.panel.account[i]}/${market.panel.product[i]}/${market.panel.week[i]}`, i);
const STOLEN = 0.33;

function withTheft(): { panel: Panel; lost: Float64Array } {
  const { panel } = market;
  const lost = new Float64Array(panel.units.length);
  const units = panel.units.map((u, i) => {
    const q = panel.product[i]!;
    if (q % 2 === 1 || market.expected[i]! > market.baseline[i]! * 1.01) return u;
    const other = rowAt.get(`${panel.account[i]}/${2 - q}/${panel.week[i]}`)!;
    const gain = market.expected[other]! - market.baseline[other]!;
    lost[i] = Math.min(
      0.6 * u,
      (STOLEN * gain * market.baseline[i]!) / (market.baseline[i]! + market.baseline[other]!),
    );
    return u - lost[i]!;
  });
  return { panel: { ...panel, units }, lost };
}

const { panel, lost } = withTheft();
const model = fitModel(panel);

describe("cross effects", () => {
  it("find what an event took from the firm's other product", () => {
    let found = 0;
    let truth = 0;
    for (let i = 0; i < panel.week.length; i++) {
      if (panel.product[i]! % 2 === 1 || panel.price[i] === panel.basePrice[i]) continue;
      const r = evaluateEvent(model, {
        account: panel.account[i]!,
        products: [panel.product[i]!],
        weeks: [panel.week[i]!],
        postWeeks: 0,
      });
      found += r.cannibalised;
      truth += lost[rowAt.get(`${panel.account[i]}/${2 - panel.product[i]!}/${panel.week[i]}`)!]!;
    }
    expect(found / truth).toBeGreaterThan(0.75);
    expect(found / truth).toBeLessThan(1.3);
  });

  it("find next to nothing in a category where nothing is taken", () => {
    let found = 0;
    let gross = 0;
    for (let i = 0; i < panel.week.length; i++) {
      if (panel.product[i]! % 2 === 0 || panel.price[i] === panel.basePrice[i]) continue;
      const r = evaluateEvent(model, {
        account: panel.account[i]!,
        products: [panel.product[i]!],
        weeks: [panel.week[i]!],
        postWeeks: 0,
      });
      found += r.cannibalised - r.halo;
      gross += r.grossIncremental;
    }
    expect(Math.abs(found / gross)).toBeLessThan(0.06);
  });

  it("stand in the increment of a plan that holds the other product's rows", () => {
    const week = filterPanel(
      panel,
      (i) => panel.account[i] === 0 && panel.week[i] === 109 && panel.product[i]! % 2 === 0,
    );
    const plan = {
      ...week,
      week: week.week.map((w) => w + 1),
      price: Float64Array.from([0.7, 1], (f, k) => f * week.basePrice[k]!),
      drivers: week.drivers.map((d) => ({ ...d, values: new Float64Array(2) })),
    };
    const { meanWith, meanWithout } = scenarioDraws(model, plan, Int32Array.from([0, 1]), 2);
    expect(meanWith[0]! - meanWithout[0]!).toBeGreaterThan(0);
    expect(meanWith[1]! - meanWithout[1]!).toBeLessThan(0);
  });

  it("take brands where they are given, and refuse a list of the wrong length", () => {
    const branded = fitModel({ ...panel, brands: ["A", "B", "A", "C"], categories: ["Tea", "Tea", "Tea", "Tea"] });
    expect(JSON.stringify(branded.state)).toContain("gain of the brand");
    expect(() => fitModel({ ...panel, brands: ["A"] })).toThrow("brands");
  });
});
