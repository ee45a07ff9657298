import { describe, expect, it } from "vitest";
import { backtest, backtestFolds } from "../index.ts";
import { simulateMarket } from "../testing.ts";

const { panel } = simulateMarket({ accounts: 3, products: 2, weeks: 60, seed: 71 });

describe("backtest", () => {
  it("single forecasts every row after the first origin, once", () => {
    const r = backtest(panel, { origins: [48, 52], protocol: "single" });
    expect(r.rows).toHaveLength(6 * 11);
    expect(new Set(r.rows).size).toBe(r.rows.length);
    expect(r.rows.every((i) => panel.week[i]! > 48)).toBe(true);
  });

  it("rolling forecasts the same rows, each from the origin before it", () => {
    const folds = backtestFolds(panel, { origins: [48, 52, 56], protocol: "rolling" });
    expect(folds.map((f) => f.rows.length)).toEqual([24, 24, 18]);
    for (const f of folds) {
      expect(f.train.week.every((w) => w <= f.origin)).toBe(true);
      expect("units" in f.plan).toBe(false);
    }
  });

  it("uses nothing of the weeks to come but their plan", () => {
    const spec = { origins: [50], protocol: "single" } as const;
    const other = { ...panel, units: panel.units.map((u, i) => (panel.week[i]! > 50 ? u * 17 + 3 : u)) };
    expect(backtest(other, spec)).toEqual(backtest(panel, spec));
  });

  it.each([
    [[], "no origin"],
    [[59], "outside"],
    [[-1], "outside"],
    [[50, 50], "ascend"],
    [[1.5], "not a week"],
  ])("refuses origins %j", (origins, message) => {
    expect(() => backtestFolds(panel, { origins, protocol: "rolling" })).toThrow(message);
  });
});
