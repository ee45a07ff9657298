import { groupAt, type State } from "../fit/state.ts";

/** A function of the coefficients, linearised: its derivative by β_s for each series it depends on. */
export interface Gradient {
  readonly account: number;
  readonly product: number;
  readonly values: Float64Array;
}

/** The derivative by the prior mean of a series' coefficients: the gain of the series' own columns is applied. */
function throughPrior(state: State, s: number, g: Float64Array): Float64Array {
  if (s < 0) return g;
  const { own, gain } = state.pooling;
  const p = g.length;
  const r = own.length;
  const out = Float64Array.from(g);
  for (const j of own) out[j] = 0;
  for (let a = 0; a < r; a++) {
    const v = g[own[a]!]!;
    if (v === 0) continue;
    for (let j = 0; j < p; j++) out[j]! += v * gain[s * r * p + a * p + j]!;
  }
  return out;
}

/** Variance of a linear function of several series' coefficients, with what they share counted once. */
export function gradientVariance(state: State, gradients: readonly Gradient[]): number {
  const { pooling, seriesOf, design } = state;
  const p = design.columns.length;
  const r = pooling.own.length;
  const sums = pooling.levels.map(() => new Map<number, Float64Array>());
  let variance = 0;
  for (const g of gradients) {
    const s = seriesOf[g.account * design.productCount + g.product]!;
    for (let a = 0; a < r; a++) {
      const va = g.values[pooling.own[a]!]!;
      if (va === 0) continue;
      if (s < 0) variance += va * va * pooling.ownTau2[pooling.own[a]!]!;
      else
        for (let b = 0; b < r; b++)
          variance += va * g.values[pooling.own[b]!]! * pooling.ownCovariance[s * r * r + a * r + b]!;
    }
    const above = throughPrior(state, s, g.values);
    pooling.levels.forEach((level, k) => {
      const group = groupAt(state, level, g.account, g.product);
      let sum = sums[k]!.get(group);
      if (!sum) {
        sum = new Float64Array(p);
        sums[k]!.set(group, sum);
      }
      for (let j = 0; j < p; j++) sum[j]! += above[j]!;
    });
  }
  pooling.levels.forEach((level, k) => {
    const f = level.columns.length;
    for (const [group, sum] of sums[k]!) {
      for (let a = 0; a < f; a++) {
        const va = sum[level.columns[a]!]!;
        if (va === 0) continue;
        for (let b = 0; b < f; b++)
          variance += va * sum[level.columns[b]!]! * pooling.covariance[k]![group * f * f + a * f + b]!;
      }
    }
  });
  return Math.max(0, variance);
}
