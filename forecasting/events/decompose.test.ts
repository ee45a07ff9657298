import { describe, expect, it } from "vitest";
import { stateOf } from "../fit/state.ts";
import { decompose, fitModel, forecast, seriesStats } from "../index.ts";
import { filterPanel, simulateMarket } from "../testing.ts";

const market = simulateMarket({ accounts: 4, products: 4, weeks: 100, seed: 11, dip: 0.4 });
const train = filterPanel(market.panel, (i) => market.panel.week[i]! < 90);
const plan = filterPanel(market.panel, (i) => market.panel.week[i]! >= 90);

describe.each([false, true])("decompose, with correction %s", (correction) => {
  const model = fitModel(train, { correction });

  it("adds up to the units of every past week", () => {
    const d = decompose(model, train);
    for (let i = 0; i < train.week.length; i++) {
      let sum = d.baseline[i]! + d.unexplained[i]!;
      for (const effect of Object.values(d.effects)) sum += effect[i]!;
      expect(Math.abs(sum - train.units[i]!)).toBeLessThan(1e-9 * Math.max(1, train.units[i]!));
    }
  });

  it("adds up to the forecast mean of weeks to come", () => {
    const { units: _, ...ahead } = plan;
    const d = decompose(model, ahead);
    const mean = forecast(model, ahead).mean;
    for (let i = 0; i < plan.week.length; i++) {
      let sum = d.baseline[i]! + d.unexplained[i]!;
      for (const effect of Object.values(d.effects)) sum += effect[i]!;
      expect(Math.abs(sum - mean[i]!)).toBeLessThan(1e-9 * Math.max(1, mean[i]!));
    }
  });
});

describe("the parts of a decomposition", () => {
  const model = fitModel(train);
  const d = decompose(model, train);

  it("stand where their cause is", () => {
    for (let i = 0; i < train.week.length; i++) {
      if (train.price[i] === train.basePrice[i]) expect(Math.abs(d.effects.price![i]!)).toBeLessThan(1e-9);
      else expect(d.effects.price![i]!).toBeGreaterThan(0);
      if (train.drivers[0]!.values[i] === 0) expect(d.effects.display![i]!).toBeCloseTo(0, 9);
    }
  });

  it("are near the truth: the baseline on average, and of each promoted week", () => {
    let error = 0;
    let total = 0;
    let bias = 0;
    let k = 0;
    for (let i = 0; i < market.panel.week.length; i++) {
      if (market.panel.week[i]! >= 90) continue;
      const before = d.effects["after promotion"]![k]!;
      if (train.price[k]! < train.basePrice[k]!) {
        error += Math.abs(d.baseline[k]! + before - market.baseline[i]!);
        bias += d.baseline[k]! + before - market.baseline[i]!;
        total += market.baseline[i]!;
      }
      k++;
    }
    expect(error / total).toBeLessThan(0.08);
    expect(Math.abs(bias / total)).toBeLessThan(0.03);
  });

  it("explain promoted weeks without bias", () => {
    let odd = 0;
    let effect = 0;
    let total = 0;
    for (let i = 0; i < train.week.length; i++) {
      if (train.price[i] === train.basePrice[i]) continue;
      odd += d.unexplained[i]!;
      effect += d.effects.price![i]!;
      total += train.units[i]!;
    }
    expect(Math.abs(odd / total)).toBeLessThan(0.02);
    expect(effect / total).toBeGreaterThan(0.2);
  });

  it("do not let a promoted week's own units into its baseline", () => {
    const state = stateOf(model);
    const promoted = seriesStats(model, 0, 0)!.promoted;
    const units = state.units.map((u, i) => (promoted[i] === 1 ? u * 1.2 : u));
    const louder = { ...model, state: { ...state, units } };
    const rows = filterPanel(train, (i) => i < 90);
    expect(promoted.some((v) => v === 1)).toBe(true);
    expect(decompose(louder, rows).baseline).toEqual(decompose(model, rows).baseline);
    const quiet = {
      ...model,
      state: { ...state, units: state.units.map((u, i) => (promoted[i] === 0 ? u * 1.2 : u)) },
    };
    expect(decompose(quiet, rows).baseline).not.toEqual(decompose(model, rows).baseline);
  });
});

describe("seriesStats", () => {
  it("shows an odd week as one", () => {
    const odd = { ...train, units: train.units.map((u, i) => (i === 40 ? u * 3 : u)) };
    const stats = seriesStats(fitModel(odd), 0, 0)!;
    expect(stats.z[40]!).toBeGreaterThan(4);
    expect(stats.z.filter((v) => Math.abs(v) > 4)).toHaveLength(1);
    expect(stats.sigma).toBeGreaterThan(0.05);
    expect(stats.sigma).toBeLessThan(0.2);
  });
});
