import { describe, expect, it } from "vitest";
import { curveAt, type DepthKnots, marginalProfit, NormalStream } from "../index.ts";

/** Profit of a price cut of depth d: units (1 − d)^(−β) at margin m, less the allowance s·d on every unit, less what sold anyway. */
const profit = (depth: number, elasticity: number, margin = 0.35, share = 0.6): number => {
  const units = (1 - depth) ** -elasticity;
  return 1000 * ((units - 1) * margin - units * share * depth);
};
const depths = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4];
function knots(elasticity: number, spread: number, from = 0): DepthKnots {
  const stream = new NormalStream(8);
  const worlds = Array.from({ length: 400 }, () => elasticity + spread * stream.normal());
  const own = depths.slice(from);
  return {
    depths: own,
    means: own.map((depth) => profit(depth, elasticity)),
    draws: own.map((depth) => worlds.map((world) => profit(depth, world))),
  };
}
const bestOf = (elasticity: number): number => {
  const all = Array.from({ length: 41 }, (_, k) => k / 100);
  return all.reduce((best, d) => (profit(d, elasticity) > profit(best, elasticity) ? d : best), 0);
};

describe("marginalProfit", () => {
  it("finds the depth at which profit is highest, to the point, between the depths that are known", () => {
    for (const elasticity of [2, 2.5, 3])
      expect(marginalProfit(knots(elasticity, 0.01)).stops.depth).toBeCloseTo(bestOf(elasticity), 9);
  });

  it("gives the interval of that depth from the worlds, and of the slope", () => {
    const { stops, points } = marginalProfit(knots(2.5, 0.3));
    expect(stops.low).toBeLessThan(stops.depth);
    expect(stops.high).toBeGreaterThan(stops.depth);
    expect(Math.abs(stops.low - bestOf(2.5 - 0.3 * 1.2816))).toBeLessThan(0.03);
    expect(Math.abs(stops.high - bestOf(2.5 + 0.3 * 1.2816))).toBeLessThan(0.03);
    expect(points.map((point) => point.depth)).toEqual(Array.from({ length: 41 }, (_, k) => k / 100));
    for (const [g, point] of points.entries()) {
      expect(point.profit).toBeCloseTo(profit(point.depth, 2.5), 0);
      if (point.marginal === null) continue;
      expect(point.marginal).toBeCloseTo(points[g + 1]!.profit - point.profit, 9);
      expect(point.marginalLow!).toBeLessThanOrEqual(point.marginal);
      expect(point.marginalHigh!).toBeGreaterThanOrEqual(point.marginal);
    }
    expect(points.at(-1)!.marginal).toBeNull();
    const after = points.filter((point) => point.marginal !== null && point.depth >= stops.depth);
    expect(after.every((point) => point.marginal! < 0)).toBe(true);
  });

  it("says where profit only falls, and where it rises to the end of what was looked at", () => {
    expect(marginalProfit(knots(0.8, 0.05))).toMatchObject({ stops: { depth: 0 }, neverRises: 1, stillRising: 0 });
    expect(marginalProfit(knots(7, 0.05))).toMatchObject({ stops: { depth: 0.4, high: 0.4 }, stillRising: 1 });
  });

  it("starts at the first depth that is known, and ends at the last, whole point or not", () => {
    const some = knots(2.5, 0.1, 1);
    expect(marginalProfit(some).points[0]!.depth).toBe(0.05);
    const odd = { ...some, depths: [...some.depths.slice(0, -1), 0.375] };
    expect(
      marginalProfit(odd)
        .points.slice(-2)
        .map((point) => point.depth),
    ).toEqual([0.37, 0.375]);
    expect(
      curveAt(
        depths,
        depths.map((d) => profit(d, 2.5)),
        0.17,
      ),
    ).toBeCloseTo(profit(0.17, 2.5), 0);
  });

  it("refuses what is no curve", () => {
    const good = knots(2, 0.1);
    expect(() => marginalProfit({ ...good, depths: depths.toReversed() })).toThrow("ascend");
    expect(() => marginalProfit({ depths: [0.1], means: [1], draws: [[1]] })).toThrow("at least two");
    expect(() => marginalProfit({ ...good, means: good.means.map((v, k) => (k ? v : Number.NaN)) })).toThrow("finite");
    expect(() => marginalProfit({ depths: [0, 1e9], means: [0, 1], draws: [[0], [1]] })).toThrow("from 0 to 1");
  });
});
