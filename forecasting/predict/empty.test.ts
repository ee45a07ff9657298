import { describe, expect, it } from "vitest";
import { coverage, fitModel, forecast } from "../index.ts";
import { NormalStream } from "../numeric/random.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import type { Panel } from "../types.ts";

const { panel, expected } = simulateMarket({ accounts: 6, products: 4, weeks: 80, seed: 21, noise: 0.1 });
const stream = new NormalStream(3);

/** Whole units sold to shoppers that come one by one, `mean` of them expected. */
function poisson(mean: number): number {
  const least = Math.exp(-mean);
  let product = stream.uniform();
  let n = 0;
  while (product > least) {
    n++;
    product *= stream.uniform();
  }
  return n;
}

const slow: Panel = { ...panel, units: expected.map((u) => poisson(u / 50)) };
const early = (p: Panel) => filterPanel(p, (i) => p.week[i]! < 66);
const late = (p: Panel) => filterPanel(p, (i) => p.week[i]! >= 66);

describe("series that now and then sell nothing", () => {
  const ahead = late(slow);
  const made = forecast(fitModel(early(slow)), ahead);
  const none = [...ahead.units.keys()].filter((i) => ahead.units[i] === 0);

  it("have ranges that reach down to nothing, and cover it", () => {
    expect(none.length).toBeGreaterThan(10);
    expect(none.filter((i) => made.q025[i] === 0).length).toBeGreaterThan(0.7 * none.length);
    expect(coverage(ahead.units, made.q025, made.q975)!).toBeGreaterThan(0.92);
    expect(coverage(ahead.units, made.q025, made.q975)!).toBeLessThan(0.985);
  });

  it("keep a mean above nothing, and quantiles in order", () => {
    expect(made.mean.every((v) => v > 0)).toBe(true);
    for (let i = 0; i < ahead.week.length; i++) {
      expect(made.q025[i]!).toBeLessThanOrEqual(made.q10[i]!);
      expect(made.q10[i]!).toBeLessThanOrEqual(made.median[i]!);
      expect(made.median[i]!).toBeLessThanOrEqual(made.q90[i]!);
    }
  });
});

describe("series that always sell", () => {
  it("have ranges above nothing", () => {
    const made = forecast(fitModel(early(panel)), late(panel));
    expect(made.q025.every((v) => v > 0)).toBe(true);
  });
});
