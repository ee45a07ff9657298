/**
 * The local level of a series: an AR(1) state d on top of the regression, y_t = x_tβ + d_t + ε_t with
 * d_t = φ^gap d_{t−1} + η, Var ε_t = noise_t (1 = normal), stationary Var d = ratio, all relative to σ_s².
 * A scalar Kalman filter whitens y and every regressor (exact GLS); a fixed-interval smoother gives past levels.
 */
export interface Drift {
  readonly phi: number;
  /** Stationary variance of the state over the observation noise. */
  readonly ratio: number;
}

/**
 * Adds the whitened rows of one series to its statistics.
 * @param x rows × p regressors, @param y rows, @param noise relative variance by row (Infinity: not observed)
 */
export function accumulate(
  drift: Drift,
  week: Int32Array,
  x: Float64Array,
  y: Float64Array,
  noise: Float64Array,
  from: number,
  to: number,
  p: number,
  gram: Float64Array,
  moment: Float64Array,
  series: number,
): void {
  const state = new Float64Array(p);
  const row = new Float64Array(p);
  let stateY = 0;
  let P = drift.ratio;
  let last = 0;
  let first = true;
  const g = series * p * p;
  const h = series * p;
  for (let i = from; i < to; i++) {
    if (noise[i] === Number.POSITIVE_INFINITY) continue;
    if (!first) {
      const decay = drift.phi ** (week[i]! - last);
      P = decay * decay * P + (1 - decay * decay) * drift.ratio;
      stateY *= decay;
      for (let j = 0; j < p; j++) state[j]! *= decay;
    }
    first = false;
    last = week[i]!;
    const F = P + noise[i]!;
    const K = P / F;
    const scale = 1 / Math.sqrt(F);
    const innovation = y[i]! - stateY;
    stateY += K * innovation;
    const wy = innovation * scale;
    for (let j = 0; j < p; j++) {
      const v = x[i * p + j]! - state[j]!;
      state[j]! += K * v;
      row[j] = v * scale;
    }
    P *= 1 - K;
    for (let j = 0; j < p; j++) {
      const v = row[j]!;
      if (v === 0) continue;
      moment[h + j]! += v * wy;
      const at = g + j * p;
      for (let k = 0; k <= j; k++) gram[at + k]! += v * row[k]!;
    }
  }
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) gram[g + k * p + j] = gram[g + j * p + k]!;
}

/** Sum over rows of (innovation² / F, ln F) and their count, for one series' residuals in units of σ_s. */
export function innovations(
  drift: Drift,
  week: Int32Array,
  e: Float64Array,
  noise: Float64Array,
  from: number,
  to: number,
  extra: number,
): { squares: number; logs: number; n: number } {
  let d = 0;
  let P = drift.ratio + extra;
  let last = 0;
  let squares = 0;
  let logs = 0;
  let n = 0;
  for (let i = from; i < to; i++) {
    if (noise[i] === Number.POSITIVE_INFINITY) continue;
    if (n > 0) {
      const decay = drift.phi ** (week[i]! - last);
      P = decay * decay * P + (1 - decay * decay) * drift.ratio;
      d *= decay;
    }
    last = week[i]!;
    const F = P + noise[i]!;
    const v = e[i]! - d;
    squares += (v * v) / F;
    logs += Math.log(F);
    d += (P / F) * v;
    P *= noise[i]! / F;
    n++;
  }
  return { squares, logs, n };
}

/** Smoothed state and its variance (relative) by row, and the filtered state after the last row. */
export function smooth(
  drift: Drift,
  week: Int32Array,
  e: Float64Array,
  noise: Float64Array,
  from: number,
  to: number,
  level: Float64Array,
  variance: Float64Array,
): { state: number; variance: number } {
  const n = to - from;
  const predicted = new Float64Array(n);
  const predictedP = new Float64Array(n);
  const filtered = new Float64Array(n);
  const filteredP = new Float64Array(n);
  let d = 0;
  let P = drift.ratio;
  for (let k = 0; k < n; k++) {
    const i = from + k;
    if (k > 0) {
      const decay = drift.phi ** (week[i]! - week[i - 1]!);
      d *= decay;
      P = decay * decay * P + (1 - decay * decay) * drift.ratio;
    }
    predicted[k] = d;
    predictedP[k] = P;
    if (noise[i] !== Number.POSITIVE_INFINITY) {
      const K = P / (P + noise[i]!);
      d += K * (e[i]! - d);
      P *= 1 - K;
    }
    filtered[k] = d;
    filteredP[k] = P;
  }
  const end = { state: d, variance: P };
  for (let k = n - 1; k >= 0; k--) {
    const i = from + k;
    if (k === n - 1) {
      level[i] = filtered[k]!;
      variance[i] = filteredP[k]!;
      continue;
    }
    const decay = drift.phi ** (week[i + 1]! - week[i]!);
    const J = (filteredP[k]! * decay) / Math.max(predictedP[k + 1]!, 1e-12);
    level[i] = filtered[k]! + J * (level[i + 1]! - predicted[k + 1]!);
    variance[i] = Math.max(0, filteredP[k]! + J * J * (variance[i + 1]! - predictedP[k + 1]!));
  }
  return end;
}
