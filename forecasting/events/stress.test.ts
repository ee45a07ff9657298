import { describe, expect, it } from "vitest";
import { alternativeBaselines, fitModel, SIMPLE_BASELINES } from "../index.ts";
import { simulateMarket } from "../testing.ts";

const market = simulateMarket({ accounts: 3, products: 4, weeks: 160, seed: 12, noise: 0.05, season: true });
const { panel } = market;
const model = fitModel(panel);
const row = (account: number, product: number, week: number): number =>
  Array.from(panel.week.keys()).find(
    (i) => panel.account[i] === account && panel.product[i] === product && panel.week[i] === week,
  )!;
const of = (account: number, products: readonly number[], weeks: readonly number[], share = 1) =>
  alternativeBaselines(
    model,
    account,
    products,
    weeks.map((week) => ({ week, share })),
  );
const promoted = Array.from(panel.week.keys()).filter(
  (i) => panel.price[i]! < panel.basePrice[i]! && panel.week[i]! > 60 && panel.week[i]! < 145,
);

describe("alternativeBaselines", () => {
  it("names every simple baseline once and comes near the truth with those that know season or neighbours", () => {
    const errors: Record<string, number[]> = Object.fromEntries(SIMPLE_BASELINES.map((kind) => [kind, []]));
    for (const i of promoted.filter((_, k) => k % 5 === 0)) {
      const found = of(panel.account[i]!, [panel.product[i]!], [panel.week[i]!]);
      expect(found.map((one) => one.kind)).toEqual([...SIMPLE_BASELINES]);
      for (const one of found)
        if (one.units !== null) errors[one.kind]!.push(Math.abs(one.units / market.baseline[i]! - 1));
    }
    const typical = (kind: string): number => errors[kind]!.sort((a, b) => a - b)[errors[kind]!.length >> 1]!;
    expect(errors.quiet_before!.length).toBeGreaterThan(15);
    for (const kind of ["year_before", "interpolated", "like_weeks"]) expect(typical(kind), kind).toBeLessThan(0.1);
    // What ran in the weeks before is in a moving average: too high a baseline.
    expect(typical("moving_average")).toBeGreaterThan(typical("interpolated"));
  });

  it("takes the mean of the last eight quiet weeks, and nothing of the window itself", () => {
    const quiet = (i: number): boolean =>
      panel.price[i] === panel.basePrice[i] && panel.drivers.slice(0, 2).every((d) => d.values[i] === 0);
    const before = Array.from({ length: 26 }, (_, k) => row(1, 2, 99 - k)).filter(quiet);
    const mean = before.slice(0, 8).reduce((sum, i) => sum + panel.units[i]!, 0) / 8;
    expect(of(1, [2], [100])[0]).toMatchObject({ kind: "quiet_before", weeks: 8 });
    expect(of(1, [2], [100])[0]!.units).toBeCloseTo(mean, 6);
    const inWindow = { ...panel, units: panel.units.map((u, i) => (i === row(1, 2, 100) ? 5 * u : u)) };
    const again = alternativeBaselines(fitModel(inWindow), 1, [2], [{ week: 100, share: 1 }]);
    for (const [k, one] of of(1, [2], [100]).entries()) expect(again[k]!.units).toBeCloseTo(one.units!, 6);
  });

  it("adds up products and parts of weeks", () => {
    const sum = (a: number, b: number): number => of(0, [a], [90])[0]!.units! + of(0, [b], [90])[0]!.units!;
    expect(of(0, [1, 3], [90])[0]!.units).toBeCloseTo(sum(1, 3), 6);
    expect(of(0, [1], [90], 0.5)[0]!.units).toBeCloseTo(of(0, [1], [90])[0]!.units! / 2, 6);
  });

  it("says nothing where there are too few weeks, and refuses an unknown account", () => {
    const early = new Map(of(0, [0], [3]).map((one) => [one.kind, one]));
    expect(early.get("year_before")).toMatchObject({ units: null, weeks: 0 });
    expect(early.get("quiet_before")!.units).toBeNull();
    expect(of(0, [0], []).every((one) => one.units === null)).toBe(true);
    expect(() => of(9, [0], [3])).toThrow("Account 9");
  });
});
