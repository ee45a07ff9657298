import { describe, expect, it } from "vitest";
import { NormalStream } from "../numeric/random.ts";
import { pool } from "./hierarchy.ts";
import { type Level, startPooling } from "./pooling.ts";

/** One random intercept by series: the textbook case with a closed form. */
function oneWay(groups: number, size: number, between: number, within: number, seed: number, designEffect = 1) {
  const stream = new NormalStream(seed);
  const means = Float64Array.from({ length: groups }, () => {
    const truth = 3 + between * stream.normal();
    let sum = 0;
    for (let k = 0; k < size; k++) sum += truth + within * stream.normal();
    return sum / size;
  });
  const stats = {
    series: groups,
    columns: 1,
    gram: new Float64Array(groups).fill(size),
    moment: means.map((m) => m * size),
    sigma2: new Float64Array(groups).fill(within ** 2),
    designEffect: Float64Array.of(designEffect),
  };
  const level: Level = { name: "all", groups: 1, groupOf: new Int32Array(groups), columns: Int32Array.of(0) };
  const priors = { mean: Float64Array.of(0), sd: Float64Array.of(1000) };
  const state = startPooling(stats, [level], Int32Array.of(0), priors);
  pool(stats, state, priors, 200);
  return { means, state };
}

describe("partial pooling", () => {
  it("finds the variance between groups and shrinks by the textbook factor", () => {
    const { means, state } = oneWay(400, 5, 0.7, 1, 2);
    const tau2 = state.ownTau2[0]!;
    expect(Math.sqrt(tau2)).toBeCloseTo(0.7, 1);
    const factor = tau2 / (tau2 + 1 / 5);
    const mu = state.effects[0]![0]!;
    means.forEach((m, s) => {
      expect(state.beta[s]!).toBeCloseTo(mu + factor * (m - mu), 6);
    });
    expect(state.ownCovariance[0]!).toBeCloseTo(1 / (5 + 1 / tau2), 9);
    expect(state.covariance[0]![0]!).toBeCloseTo((tau2 + 1 / 5) / 400, 6);
  });

  it("pools almost wholly where groups do not differ", () => {
    const { state } = oneWay(400, 5, 0, 1, 3);
    expect(Math.sqrt(state.ownTau2[0]!)).toBeLessThan(0.2);
  });

  it("counts series that share their shocks as fewer", () => {
    const one = oneWay(400, 5, 0.7, 1, 2).state;
    const shared = oneWay(400, 5, 0.7, 1, 2, 20).state;
    expect(shared.covariance[0]![0]! / one.covariance[0]![0]!).toBeCloseTo(20, 0);
    expect(shared.effects[0]![0]!).toBeCloseTo(one.effects[0]![0]!, 3);
  });
});
