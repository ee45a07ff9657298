import { describe, expect, it } from "vitest";
import { NormalStream } from "../numeric/random.ts";
import { binFeatures } from "./bins.ts";
import { predictForest } from "./forest.ts";
import { fitForest, type TreeOptions } from "./trees.ts";

const options: TreeOptions = {
  loss: "squared",
  trees: 150,
  rate: 0.1,
  leaves: 8,
  smallest: 10,
  ridge: 1,
  rowShare: 0.7,
  featureShare: 1,
  seed: 1,
};
const stream = new NormalStream(9);
const n = 2000;
const a = Float64Array.from({ length: n }, () => stream.uniform());
const b = Float64Array.from({ length: n }, () => stream.uniform());
const y = a.map((v, i) => Math.sin(6 * v) + (b[i]! > 0.5 ? 1 : 0) + 0.1 * stream.normal());
const even = new Float64Array(n).fill(1);
const error = (f: Float64Array) => Math.sqrt(f.reduce((s, v, i) => s + (v - y[i]!) ** 2, 0) / n);

describe.each(["squared", "absolute"] as const)("boosted trees, %s loss", (loss) => {
  it("learn a curve and a step", () => {
    const forest = fitForest(binFeatures([a, b], n), new Int8Array(2), y, even, { ...options, loss });
    expect(error(predictForest(forest, [a, b], n))).toBeLessThan(0.2);
  });

  it("rise with a feature that must rise, everywhere", () => {
    const forest = fitForest(binFeatures([a, b], n), Int8Array.from([1, -1]), y, even, { ...options, loss });
    const grid = Float64Array.from({ length: 101 }, (_, i) => i / 100);
    for (const other of [0.2, 0.8]) {
      const fixed = new Float64Array(101).fill(other);
      const rising = predictForest(forest, [grid, fixed], 101);
      const falling = predictForest(forest, [fixed, grid], 101);
      for (let i = 1; i < 101; i++) {
        expect(rising[i]!).toBeGreaterThanOrEqual(rising[i - 1]! - 1e-12);
        expect(falling[i]!).toBeLessThanOrEqual(falling[i - 1]! + 1e-12);
      }
    }
  });

  it("rise also in noise, whatever else is going on", () => {
    const noisy = y.map((v) => v + 2 * stream.normal());
    const c = Float64Array.from({ length: n }, () => stream.uniform());
    const forest = fitForest(binFeatures([a, b, c], n), Int8Array.from([1, 0, 0]), noisy, even, {
      ...options,
      loss,
      leaves: 31,
      smallest: 5,
      rate: 0.3,
    });
    const grid = Float64Array.from({ length: 101 }, (_, i) => i / 100);
    for (let k = 0; k < 40; k++) {
      const rising = predictForest(
        forest,
        [grid, new Float64Array(101).fill(stream.uniform()), new Float64Array(101).fill(stream.uniform())],
        101,
      );
      for (let i = 1; i < 101; i++) expect(rising[i]!).toBeGreaterThanOrEqual(rising[i - 1]! - 1e-12);
    }
  });

  it("leave rows without weight out", () => {
    const half = even.map((_, i) => (i % 2 === 0 ? 1 : 0));
    const spoilt = y.map((v, i) => (i % 2 === 0 ? v : 1e6));
    expect(
      error(
        predictForest(
          fitForest(binFeatures([a, b], n), new Int8Array(2), spoilt, half, { ...options, loss }),
          [a, b],
          n,
        ),
      ),
    ).toBeLessThan(0.25);
  });
});
