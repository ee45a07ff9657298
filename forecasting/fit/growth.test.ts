import { describe, expect, it } from "vitest";
import { NormalStream } from "../numeric/random.ts";
import { driftOf, effectiveSize } from "./growth.ts";
import type { HeldOut } from "./holdout.ts";

/** Misses of 200 series over 20 weeks: noise of variance 0.04, a level that moves by `walk` a week, and now and then a wild week. */
function misses(walk: number, wild = 0): { held: HeldOut; error: Float64Array } {
  const stream = new NormalStream(5);
  const error: number[] = [];
  const gap: number[] = [];
  for (let s = 0; s < 200; s++) {
    let level = 0;
    for (let h = 1; h <= 20; h++) {
      level += walk * stream.normal();
      error.push(level + 0.2 * stream.normal() * (stream.uniform() < wild ? 8 : 1));
      gap.push(h);
    }
  }
  const column = (v: number) => error.map(() => v);
  const held: HeldOut = {
    step: 20,
    error,
    change: column(0),
    parameter: column(0.01),
    level: column(0.01),
    noise: column(0.02),
    horizon: gap,
    gap,
    promoted: error.map((_, k) => k % 2),
    log: column(0),
    row: error.map((_, k) => k),
  };
  return { held, error: Float64Array.from(error) };
}

describe("driftOf", () => {
  it("is about 0 where the level stays", () => {
    const { held, error } = misses(0);
    expect(driftOf(held, error, 0.04, 400)).toBeLessThan(0.0003);
  });

  it.each([0.03, 0.06])("finds how fast a level moves (%d a week)", (walk) => {
    const { held, error } = misses(walk);
    const found = driftOf(held, error, 0.04, 400);
    expect(found).toBeGreaterThan(0.5 * walk * walk);
    expect(found).toBeLessThan(2 * walk * walk);
  });

  it("is not taken in by a few wild weeks", () => {
    const { held, error } = misses(0, 0.03);
    expect(driftOf(held, error, 0.04, 400)).toBeLessThan(0.0006);
  });

  it("is 0 for nothing held out", () => {
    const { held } = misses(0);
    expect(driftOf({ ...held, error: [] }, new Float64Array(0), 0.04, 0)).toBe(0);
  });
});

describe("effectiveSize", () => {
  const stream = new NormalStream(9);
  const values = Array.from({ length: 2000 }, () => stream.normal());
  const apart = values.map((_, k) => k);

  it("is the number of values that have nothing in common", () => {
    expect(effectiveSize(values, apart, apart)).toBeCloseTo(2000, 6);
  });

  it("is about the number of groups whose values are one and the same", () => {
    const copied = values.map((_, k) => values[k % 50]!);
    const group = values.map((_, k) => k % 50);
    expect(effectiveSize(copied, group, apart)).toBeCloseTo(50, 6);
    expect(effectiveSize(copied, apart, group)).toBeCloseTo(50, 6);
  });

  it("is what it is for a handful, and for values that do not differ", () => {
    expect(effectiveSize([1, 2, 3], [0, 0, 0], [0, 0, 0])).toBe(3);
    expect(effectiveSize(new Float64Array(30), apart, apart)).toBe(30);
  });
});
