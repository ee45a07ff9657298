import { describe, expect, it } from "vitest";
import { NormalStream } from "../numeric/random.ts";
import { changeDraws, partsBaseline, pooledChange } from "./partsOfGain.ts";
import { breakEvenElasticity, elasticityDraws, unitsAtPrice } from "./priceMove.ts";
import { LEAST_QUIET, quietBaseline, type WeeklySeries } from "./quietBaseline.ts";
import { type Cell, twoWay, twoWayRecord } from "./twoWay.ts";

const WEEKS = 156;
const week = Int32Array.from({ length: WEEKS }, (_, i) => 2000 + i);
/** A year's wave, a trend, and noise of a tenth; promoted every ninth and tenth week. */
const usual = (i: number): number => 1000 * Math.exp(0.3 * Math.cos((2 * Math.PI * i) / 52) + (0.05 * i) / 52);
const promoted = (i: number): boolean => i % 10 >= 8;
function noisy(seed: number, gain: (i: number) => number): Float64Array {
  const chance = new NormalStream(seed);
  return Float64Array.from(week, (_, i) => usual(i) * Math.exp(0.05 * chance.normal()) + (promoted(i) ? gain(i) : 0));
}
const quiet = Uint8Array.from(week, (_, i) => (promoted(i) ? 0 : 1));
const rows = [...week.keys()].filter((i) => promoted(i));
const series = (value: Float64Array): WeeklySeries => ({ week, value, context: [], quiet });

describe("a baseline from quiet weeks", () => {
  it("tells what the other weeks would have been, with an interval that holds", () => {
    let inside = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const value = noisy(seed, () => 400);
      const baseline = quietBaseline(series(value), 52)!;
      const change = rows.reduce((sum, i) => sum + value[i]! - baseline.expected[i]!, 0);
      const half = 1.2816 * Math.sqrt(baseline.varianceOf(rows));
      if (Math.abs(change - 400 * rows.length) <= half) inside++;
    }
    expect(inside).toBeGreaterThanOrEqual(28);
  });

  it("is not led astray by single odd weeks", () => {
    const value = noisy(3, () => 0);
    for (const i of [11, 50, 97]) value[i] = value[i]! * 4;
    const { expected } = quietBaseline(series(value), 52)!;
    for (const i of [11, 50, 97]) expect(expected[i]! / usual(i)).toBeCloseTo(1, 1);
  });

  it("learns what a holiday does where it was seen, and says nothing of too few weeks", () => {
    const holiday = Float64Array.from(week, (_, i) => (i % 52 === 20 ? 1 : 0));
    const value = noisy(5, () => 0).map((v, i) => (holiday[i] ? 1.5 * v : v));
    const { expected } = quietBaseline({ ...series(value), context: [holiday] }, 52)!;
    expect(expected[72]! / usual(72)).toBeGreaterThan(1.3);
    const few = quiet.map((q, i) => (i < LEAST_QUIET ? q : 0));
    expect(quietBaseline({ ...series(value), quiet: few }, 52)).toBeNull();
  });
});

describe("the parts of a gain", () => {
  it("tell what was new from what was taken", () => {
    const parts = [noisy(1, () => 500), noisy(2, () => -150), noisy(3, () => -50)];
    const change = partsBaseline({ week, parts, context: [], quiet }, 52)!.over(rows);
    const gains = change.actual.map((a, i) => (a - change.expected[i]!) / rows.length);
    expect(gains[0]).toBeGreaterThan(450);
    expect(gains[1]).toBeLessThan(-100);
    const draws = changeDraws(change, 400, 7);
    expect(draws).toEqual(changeDraws(change, 400, 7));
    const mean = draws.reduce((sum, v, at) => sum + (at % 3 === 0 ? v : 0), 0) / 400;
    expect(mean / rows.length / gains[0]!).toBeCloseTo(1, 1);
  });

  it("of several accounts add up, and so do their variances", () => {
    const parts = [noisy(1, () => 500), noisy(2, () => 0), noisy(3, () => 0)];
    const one = partsBaseline({ week, parts, context: [], quiet }, 52)!.over(rows);
    const two = pooledChange([one, one])!;
    expect(two.actual[0]).toBeCloseTo(2 * one.actual[0]!, 6);
    expect(two.covariance[0]).toBeCloseTo(2 * one.covariance[0]!, 3);
    expect(two.weeks).toBe(2 * rows.length);
    expect(pooledChange([])).toBeNull();
  });
});

describe("a moved price", () => {
  it("sells by the elasticity, and pays up to the break-even one", () => {
    expect(unitsAtPrice(100, 0.1, -2)).toBeCloseTo(100 / 1.21, 9);
    const even = breakEvenElasticity(2, 2.4, 0.1)!;
    expect(unitsAtPrice(100, 0.1, even) * 2.4).toBeCloseTo(200, 9);
    expect(breakEvenElasticity(-1, 2, 0.1)).toBeNull();
    expect(breakEvenElasticity(1, 1, 0)).toBeNull();
  });

  it("never sells more for being dearer", () => {
    expect(Math.max(...elasticityDraws({ estimate: -0.1, se: 1 }, 500, 1))).toBe(0);
  });
});

describe("levels by product and account", () => {
  const cells: Cell[] = [];
  const chance = new NormalStream(11);
  for (let product = 0; product < 12; product++)
    for (let account = 0; account < 5; account++)
      if ((product + account) % 6 !== 0)
        cells.push({
          product,
          account,
          rate: 100 * Math.exp(0.4 * product * 0.2 + 0.5 * account * 0.3 + 0.2 * chance.normal()),
        });

  it("say what a product would sell where it is not sold, with a range that holds", () => {
    const { expected, spread } = twoWay(cells, 1.2816);
    expect(spread).toBeGreaterThan(0.13);
    expect(spread).toBeLessThan(0.27);
    const gap = expected(6, 0)!;
    expect(gap.low).toBeLessThan(100 * Math.exp(0.48));
    expect(gap.high).toBeGreaterThan(100 * Math.exp(0.48));
    expect(gap.seen).toBe(4);
    expect(expected(99, 0)).toBeNull();
  });

  it("are tried on each cell told from the others", () => {
    const record = twoWayRecord(cells, 1.2816)!;
    expect(record.cells).toBe(cells.length);
    expect(record.inside).toBeGreaterThan(0.65);
    expect(record.wape).toBeLessThan(0.3);
    expect(twoWayRecord([cells[0]!], 1.2816)).toBeNull();
  });
});
