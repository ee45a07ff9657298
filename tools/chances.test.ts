import { describe, expect, it } from "vitest";
import { chancesOf, normalShare, pooledLoss } from "./chances.ts";

const event = { true_incremental: 1000, low: 800, high: 1200, spend: 1500, incremental_profit: 2000 };

describe("the chances of a past promotion", () => {
  it("give both ROIs with the interval of its units", () => {
    const c = chancesOf(event);
    expect(c.gross_roi).toBeCloseTo(4 / 3, 12);
    expect(c.gross_roi_range).toEqual({ low: 1600 / 1500, high: 2400 / 1500 });
    expect(c.net_roi_range!.low).toBeCloseTo(100 / 1500, 12);
    expect(c.net_roi_range!.high).toBeCloseTo(900 / 1500, 12);
  });

  it("give the probability of a loss: a half at break-even, a tenth where the low end breaks even", () => {
    expect(chancesOf({ ...event, spend: 2000 }).probability_of_loss).toBeCloseTo(0.5, 6);
    expect(chancesOf({ ...event, spend: 1600 }).probability_of_loss).toBeCloseTo(0.1, 4);
    expect(chancesOf({ ...event, spend: 2400 }).probability_of_loss).toBeCloseTo(0.9, 4);
    expect(chancesOf({ ...event, low: 1000, high: 1000, spend: 2001 }).probability_of_loss).toBe(1);
  });

  it("keep the order of their ends for a promotion that took units away", () => {
    const c = chancesOf({ true_incremental: -500, low: -800, high: -200, spend: 100, incremental_profit: -1000 });
    expect(c.net_roi_range!.low).toBeLessThan(c.net_roi_range!.high);
    expect(c.probability_of_loss).toBeGreaterThan(0.98);
  });

  it("are not said where costs are not known, nor a ratio without spend", () => {
    expect(chancesOf({ ...event, incremental_profit: null }).probability_of_loss).toBeNull();
    expect(chancesOf({ ...event, spend: 0 })).toMatchObject({ gross_roi: null, net_roi_range: null });
  });

  it("are better for many independent promotions than for one of them", () => {
    const alone = pooledLoss([{ ...event, spend: 1900 }])!;
    expect(pooledLoss(Array.from({ length: 9 }, () => ({ ...event, spend: 1900 })))).toBeLessThan(alone / 2);
    expect(pooledLoss([event, { ...event, incremental_profit: null }])).toBeNull();
  });

  it("rest on the normal distribution", () => {
    expect(normalShare(0)).toBeCloseTo(0.5, 7);
    expect(normalShare(1.959964)).toBeCloseTo(0.975, 6);
    expect(normalShare(-1.281552)).toBeCloseTo(0.1, 6);
  });
});
