import { type Drift, innovations } from "./drift.ts";
import type { Prepared } from "./prepare.ts";

const PHIS = [0.5, 0.7, 0.85, 0.93, 0.97, 0.99];
const RATIOS = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4];

/**
 * Maximum likelihood of (φ, ratio) on a grid, pooled over series: from the present value to the best of its eight
 * neighbours until none is better.
 * @param to first row after the last used one, by series; @param noise, e relative noise and residual by row
 */
export function nearbyDrift(
  present: Drift,
  data: Pick<Prepared, "sheet" | "start">,
  to: Int32Array,
  noise: Float64Array,
  e: Float64Array,
  sigma2: Float64Array,
): Drift {
  const known = new Map<number, number>();
  const devianceAt = (f: number, r: number) => {
    const at = f * RATIOS.length + r;
    const before = known.get(at);
    if (before !== undefined) return before;
    const sums = { squares: 0, logs: 0, n: 0 };
    const drift = { phi: PHIS[f]!, ratio: RATIOS[r]! };
    for (let s = 0; s < sigma2.length; s++)
      innovations(drift, data.sheet.week, e, 1 / Math.sqrt(sigma2[s]!), noise, data.start[s]!, to[s]!, sums);
    // profile over a common scale
    const { n, squares, logs } = sums;
    const deviance = n * Math.log(Math.max(squares, 1e-300) / Math.max(n, 1)) + logs;
    known.set(at, deviance);
    return deviance;
  };
  let f = nearest(PHIS, present.phi);
  let r = nearest(RATIOS, present.ratio);
  for (;;) {
    let bestF = f;
    let bestR = r;
    for (let i = Math.max(0, f - 1); i <= Math.min(PHIS.length - 1, f + 1); i++)
      for (let j = Math.max(0, r - 1); j <= Math.min(RATIOS.length - 1, r + 1); j++)
        if (devianceAt(i, j) < devianceAt(bestF, bestR) - 1e-9) {
          bestF = i;
          bestR = j;
        }
    if (bestF === f && bestR === r) return { phi: PHIS[f]!, ratio: RATIOS[r]! };
    f = bestF;
    r = bestR;
  }
}

function nearest(grid: readonly number[], value: number): number {
  let best = 0;
  grid.forEach((v, k) => {
    if (Math.abs(v - value) < Math.abs(grid[best]! - value)) best = k;
  });
  return best;
}
