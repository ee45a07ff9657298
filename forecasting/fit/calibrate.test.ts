import { describe, expect, it } from "vitest";
import { coverage, fitModel, forecast } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";
import type { Forecast, Panel } from "../types.ts";
import { stateOf } from "./state.ts";

/** The first 70 weeks of a market, and the weeks after them. */
function halves(walk: number, seed: number): { train: Panel; ahead: Panel } {
  const { panel } = simulateMarket({ accounts: 8, products: 4, weeks: 100, seed, noise: 0.15, walk });
  return {
    train: filterPanel(panel, (i) => panel.week[i]! < 70),
    ahead: filterPanel(panel, (i) => panel.week[i]! >= 70),
  };
}

const logWidth = (f: Forecast, i: number) => Math.log(f.q90[i]! / f.q10[i]!);

describe("intervals of levels that move for good", () => {
  const seeds = [1, 2, 3].map((seed) => {
    const { train, ahead } = halves(0.03, seed);
    const model = fitModel(train);
    return { model, ahead, made: forecast(model, ahead) };
  });

  it("cover what comes 30 weeks ahead as they cover the next weeks", () => {
    for (const [from, to] of [
      [70, 79],
      [80, 89],
      [90, 99],
    ] as const) {
      let inner = 0;
      let outer = 0;
      for (const { ahead, made } of seeds) {
        const pick = (v: Float64Array) => v.filter((_, i) => ahead.week[i]! >= from && ahead.week[i]! <= to);
        inner += coverage(pick(ahead.units), pick(made.q10), pick(made.q90))! / seeds.length;
        outer += coverage(pick(ahead.units), pick(made.q025), pick(made.q975))! / seeds.length;
      }
      expect(inner).toBeGreaterThan(0.7);
      expect(inner).toBeLessThan(0.88);
      expect(outer).toBeGreaterThan(0.88);
    }
  });

  it("widen with the weeks ahead; the mean does not run away with them", () => {
    const { model, ahead, made } = seeds[0]!;
    const state = stateOf(model);
    expect(state.calibration.drift).toBeGreaterThan(0.0003);
    const quiet = (week: number) =>
      [...ahead.week.keys()].find((i) => ahead.week[i] === week && ahead.price[i] === ahead.basePrice[i])!;
    const far = { ...ahead, week: ahead.week.map((w) => w + 60) };
    expect(logWidth(made, quiet(99))).toBeGreaterThan(1.2 * logWidth(made, quiet(70)));
    const later = forecast(model, far);
    const ratio = (f: Forecast) => f.mean[quiet(99)]! / f.median[quiet(99)]!;
    expect(ratio(later)).toBeLessThan(ratio(made) * 1.02);
  });

  it("stay as they are where levels stay", () => {
    const { train, ahead } = halves(0, 4);
    const model = fitModel(train);
    expect(stateOf(model).calibration.drift).toBeLessThan(0.0004);
    const made = forecast(model, ahead);
    const covered = coverage(ahead.units, made.q10, made.q90)!;
    expect(covered).toBeGreaterThan(0.75);
    expect(covered).toBeLessThan(0.85);
  });
});

describe("a market that moved as a whole over the last weeks", () => {
  it("is not expected to move that way again", () => {
    const { train } = halves(0, 6);
    const risen: Panel = {
      ...train,
      units: train.units.map((u, i) => (train.week[i]! >= 50 ? Math.round(u * 1.5) : u)),
    };
    const { quantiles } = stateOf(fitModel(risen)).calibration;
    for (const q of quantiles) {
      expect(q[0]).toBe(-q[3]!);
      expect(q[1]).toBe(-q[2]!);
      expect(q[2]!).toBeLessThan(q[3]!);
    }
  });
});
