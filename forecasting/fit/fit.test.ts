import { describe, expect, it } from "vitest";
import { BEYOND, coverage, fitModel, forecast, wape } from "../index.ts";
import { filterPanel, simulateMarket, takeRows } from "../testing.ts";
import type { Panel } from "../types.ts";

const market = simulateMarket({ accounts: 5, products: 4, weeks: 90, seed: 3 });
const train = filterPanel(market.panel, (i) => market.panel.week[i]! < 78);
const plan = filterPanel(market.panel, (i) => market.panel.week[i]! >= 78);

const scaled = (panel: Panel, by: number): Panel => ({ ...panel, units: panel.units.map((u) => u * by) });

describe("fitModel and forecast", () => {
  const model = fitModel(train);
  const made = forecast(model, plan);

  it("forecasts weeks it has not seen to within the noise, with honest intervals", () => {
    expect(wape(plan.units, made.median)!).toBeLessThan(0.1);
    expect(coverage(plan.units, made.q10, made.q90)!).toBeGreaterThan(0.72);
    expect(coverage(plan.units, made.q10, made.q90)!).toBeLessThan(0.88);
    expect(coverage(plan.units, made.q025, made.q975)!).toBeGreaterThan(0.9);
  });

  it("keeps quantiles in order, finite and not negative", () => {
    for (let i = 0; i < plan.week.length; i++) {
      const q = [made.q025[i]!, made.q10[i]!, made.median[i]!, made.q90[i]!, made.q975[i]!];
      expect(q.every((v, k) => Number.isFinite(v) && v >= (k === 0 ? 0 : q[k - 1]!))).toBe(true);
    }
  });

  it("gives the same bits when fitted again", () => {
    expect(forecast(fitModel(train), plan)).toEqual(made);
  });

  it("does not care about the order of rows", () => {
    const shuffled = Array.from({ length: train.week.length }, (_, i) => i).sort(
      (a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009) || a - b,
    );
    expect(forecast(fitModel(takeRows(train, shuffled)), plan)).toEqual(made);
    const turned = Array.from({ length: plan.week.length }, (_, i) => plan.week.length - 1 - i);
    const other = forecast(model, takeRows(plan, turned));
    turned.forEach((i, k) => {
      expect(other.median[k]).toBe(made.median[i]);
    });
  });

  it("scales with the units", () => {
    const ten = forecast(fitModel(scaled(train, 10)), plan);
    for (let i = 0; i < plan.week.length; i++) {
      expect(ten.median[i]! / made.median[i]!).toBeCloseTo(10, 5);
      expect(ten.q975[i]! / made.q975[i]!).toBeCloseTo(10, 5);
    }
  });

  it("does not change when every price is in another currency", () => {
    const cents = (p: Panel): Panel => ({
      ...p,
      price: p.price.map((v) => v * 100),
      basePrice: p.basePrice.map((v) => v * 100),
    });
    const other = forecast(fitModel(cents(train)), cents(plan));
    for (let i = 0; i < plan.week.length; i++) expect(other.median[i]! / made.median[i]!).toBeCloseTo(1, 6);
  });

  it("shifts with the weeks when nothing is seasonal", () => {
    const later = (p: Panel): Panel => ({ ...p, week: p.week.map((w) => w + 1000) });
    const other = forecast(fitModel(later(train)), later(plan));
    for (let i = 0; i < plan.week.length; i++) expect(other.median[i]! / made.median[i]!).toBeCloseTo(1, 9);
  });

  it("finds a season that three years show, and carries it forward", () => {
    const yearly = simulateMarket({ accounts: 3, products: 2, weeks: 169, season: true, seed: 8 });
    const past = filterPanel(yearly.panel, (i) => yearly.panel.week[i]! < 156);
    const ahead = filterPanel(yearly.panel, (i) => yearly.panel.week[i]! >= 156);
    expect(wape(ahead.units, forecast(fitModel(past), ahead).median)!).toBeLessThan(0.11);
    expect(wape(ahead.units, forecast(fitModel({ ...past, season: null }), ahead).median)!).toBeGreaterThan(0.12);
  });

  it("marks what lies beyond the discounts it has seen", () => {
    const deep = { ...plan, price: plan.basePrice.map((b) => b * 0.4) };
    expect(made.extrapolated.every((v) => v === 0)).toBe(true);
    expect(forecast(model, deep).extrapolated.every((v) => v === BEYOND.depth)).toBe(true);
  });

  it("gives a launch the level and response of its account and product", () => {
    const without = filterPanel(train, (i) => !(train.account[i] === 0 && train.product[i] === 0));
    const rows = filterPanel(plan, (i) => plan.account[i] === 0 && plan.product[i] === 0);
    const launch = forecast(fitModel(without), rows);
    expect(launch.extrapolated.every((v) => v === BEYOND.series)).toBe(true);
    expect(launch.median.every((v) => Number.isFinite(v) && v > 0)).toBe(true);
    const width = (f: typeof launch) => f.q90[0]! / f.q10[0]!;
    expect(width(launch)).toBeGreaterThan(1.5 * width(forecast(model, rows)));
  });
});

describe("weeks out of stock", () => {
  it("are not taken for demand", () => {
    const hit = (i: number) => train.week[i]! % 10 === 3;
    const short: Panel = {
      ...train,
      units: train.units.map((u, i) => (hit(i) ? 0 : u)),
      outOfStock: train.outOfStock.map((_, i) => (hit(i) ? 1 : 0)),
    };
    const marked = forecast(fitModel(short), plan).median;
    const unmarked = forecast(fitModel({ ...short, outOfStock: new Float64Array(short.week.length) }), plan).median;
    expect(wape(plan.units, marked)!).toBeLessThan(0.1);
    expect(wape(plan.units, unmarked)!).toBeGreaterThan(wape(plan.units, marked)!);
  });
});

describe("outliers", () => {
  it("hardly move the forecast", () => {
    const wild: Panel = { ...train, units: train.units.map((u, i) => (i % 40 === 7 ? u * 30 : u)) };
    expect(wape(plan.units, forecast(fitModel(wild), plan).median)!).toBeLessThan(0.12);
  });
});
