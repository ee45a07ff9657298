import { describe, expect, it } from "vitest";
import {
  bias,
  breakEvenUplift,
  costPerIncrementalUnit,
  coverage,
  eventSpend,
  grossRoi,
  incrementalProfit,
  multibuyDiscount,
  netRoi,
  pooledNetRoi,
  subsidisedShare,
  trueIncremental,
  uplift,
  wape,
} from "../index.ts";

describe("economics", () => {
  // One event worked by hand: 1,000 baseline, 1,600 sold, allowance 0.40 a unit, 200 fixed, margin 1.50.
  const spend = eventSpend(0.4, 1600, 200);
  const real = trueIncremental(600, 80, 50, 10);
  const profit = incrementalProfit(real, 1.5);

  it("works an event through", () => {
    expect(spend).toBeCloseTo(840);
    expect(uplift(600, 1000)).toBeCloseTo(0.6);
    expect(real).toBe(480);
    expect(profit).toBe(720);
    expect(netRoi(profit, spend)).toBeCloseTo(-120 / 840);
    expect(grossRoi(profit, spend)).toBeCloseTo(720 / 840);
    expect(costPerIncrementalUnit(spend, real)).toBeCloseTo(1.75);
    expect(subsidisedShare(1600, 600)).toBeCloseTo(0.625);
  });

  it("breaks even where profit equals spend", () => {
    const b = breakEvenUplift(0.4, 200, 1000, 1.5);
    expect(b.possible).toBe(true);
    const u = b.possible ? b.uplift : Number.NaN;
    expect(u).toBeCloseTo(0.6 / 1.1);
    expect(netRoi(incrementalProfit(1000 * u, 1.5), eventSpend(0.4, 1000 * (1 + u), 200))).toBeCloseTo(0);
  });

  it("says so where nothing can break even", () => {
    expect(breakEvenUplift(1.5, 0, 1000, 1.5).possible).toBe(false);
    expect(breakEvenUplift(0.1, 100, 0, 1.5).possible).toBe(false);
    expect(breakEvenUplift(0.4, 0, 0, 1.5)).toEqual({ possible: true, uplift: 0.4 / 1.1 });
  });

  it("pools ROI by sums", () => {
    expect(pooledNetRoi([100, 900], [1000, 100])).toBeCloseTo(1000 / 1100 - 1);
  });

  it("has no ratio without a divisor", () => {
    expect([
      netRoi(5, 0),
      grossRoi(5, 0),
      uplift(5, 0),
      costPerIncrementalUnit(5, 0),
      costPerIncrementalUnit(5, -3),
      wape([0], [1]),
    ]).toEqual([null, null, null, null, null, null]);
  });

  it("knows the trade's ratios", () => {
    expect(multibuyDiscount(2, 1)).toBe(0.5);
    expect(multibuyDiscount(3, 2, 0.6)).toBeCloseTo(0.2);
  });

  it("scores forecasts", () => {
    expect(wape([10, 30], [12, 24])).toBeCloseTo(0.2);
    expect(bias([10, 30], [12, 24])).toBeCloseTo(-0.1);
    expect(coverage([1, 2, 3, 4], [0, 0, 4, 4], [2, 2, 5, 4])).toBe(0.75);
  });
});
