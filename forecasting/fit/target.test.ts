import { describe, expect, it } from "vitest";
import { fitModel, forecast } from "../index.ts";
import { simulateMarket } from "../testing.ts";
import { Target } from "./target.ts";

const NONE_OUT = new Float64Array(8);

describe("the target of the fit", () => {
  it("counts a zero as half the smallest sale, or a hundredth of the middle one", () => {
    const start = Int32Array.of(0, 4, 8);
    const target = new Target(Float64Array.of(0, 4, 8, 8, 0, 1, 1000, 1000), NONE_OUT, start);
    expect(Math.exp(target.value(0, 0) + target.centre)).toBeCloseTo(2, 9);
    expect(Math.exp(target.value(1, 4) + target.centre)).toBeCloseTo(10, 9);
  });

  it("is not moved by one week that is a thousand million too large", () => {
    const start = Int32Array.of(0, 8);
    const units = Float64Array.of(5, 6, 7, 8, 5, 6, 7, 8);
    const honest = new Target(units, NONE_OUT, start);
    units[3] = 1e9;
    const spoilt = new Target(units, NONE_OUT, start);
    for (const i of [0, 1, 2, 4])
      expect(spoilt.value(0, i) + spoilt.centre).toBeCloseTo(honest.value(0, i) + honest.centre, 9);
  });

  it("says where a series sells none, and nothing of one that always sold", () => {
    const target = new Target(Float64Array.of(0, 4, 8, 8, 3, 4, 5, 6), NONE_OUT, Int32Array.of(0, 4, 8));
    expect(target.emptyBelow[0]).toBeCloseTo(Math.sqrt(2 * 4), 9);
    expect(target.emptyBelow[1]).toBe(0);
  });
});

describe("a series that often sells none", () => {
  const { panel } = simulateMarket({ accounts: 2, products: 1, weeks: 120, seed: 5, elasticity: 1.5 });
  // A third of the weeks of the first account are without a sale; the other always sells.
  const units = panel.units.map((u, i) => (panel.account[i] === 0 && (i * 7) % 3 === 0 ? 0 : u));
  const model = fitModel({ ...panel, units });
  const plan = { ...panel, week: panel.week.map((w) => w + 120) };
  const made = forecast(model, plan);

  it("may sell none: its lower quantiles hold it, and the other's do not", () => {
    expect(made.q025.every((v, i) => (panel.account[i] === 0 ? v === 0 : v > 0))).toBe(true);
    expect(made.q975.every((v) => v > 0)).toBe(true);
  });

  it("is forecast with quantiles in order", () => {
    made.median.forEach((v, i) => {
      expect(made.q025[i]! <= made.q10[i]! && made.q10[i]! <= v && v <= made.q90[i]!).toBe(true);
    });
  });
});
