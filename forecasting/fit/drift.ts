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

const GAPS = 64;
let table = new Float64Array(GAPS);
let tableOf = Number.NaN;

/** φ^gap for gaps of less than 64 weeks, so that a pass over rows takes no powers; the last table is kept. */
function decaysOf(phi: number): Float64Array {
  if (tableOf !== phi) {
    table = Float64Array.from({ length: GAPS }, (_, gap) => phi ** gap);
    tableOf = phi;
  }
  return table;
}

/**
 * Adds the whitened rows of one series to its statistics.
 * @param rows regressors (rows × p) and y, of which row i stands at i − first; @param noise relative variance by row (Infinity: not observed)
 * @param gram series × p(p+1)/2, lower triangles by row; @param moment series × p
 */
export function accumulate(
  drift: Drift,
  week: Int32Array,
  rows: { readonly first: number; readonly x: Float64Array; readonly y: Float64Array },
  noise: Float64Array,
  from: number,
  to: number,
  p: number,
  gram: Float64Array,
  moment: Float64Array,
  series: number,
): void {
  const { phi, ratio } = drift;
  const decays = decaysOf(phi);
  const row = new Float64Array(p);
  const state = new Float64Array(p);
  let stateY = 0;
  let P = ratio;
  let last = 0;
  let begun = false;
  const { first, x, y } = rows;
  const g = (series * p * (p + 1)) / 2;
  const h = series * p;
  for (let i = from; i < to; i++) {
    const own = noise[i]!;
    if (own === Number.POSITIVE_INFINITY) continue;
    let decay = 1;
    if (begun) {
      const gap = week[i]! - last;
      decay = gap < GAPS ? decays[gap]! : phi ** gap;
      P = decay * decay * P + (1 - decay * decay) * ratio;
      stateY *= decay;
    }
    begun = true;
    last = week[i]!;
    const F = P + own;
    const K = P / F;
    const scale = 1 / Math.sqrt(F);
    const innovation = y[i - first]! - stateY;
    stateY += K * innovation;
    const wy = innovation * scale;
    const at = (i - first) * p;
    for (let j = 0; j < p; j++) {
      const d = state[j]! * decay;
      const v = x[at + j]! - d;
      state[j] = d + K * v;
      row[j] = v * scale;
    }
    P *= 1 - K;
    let k = g;
    for (let j = 0; j < p; j++) {
      const v = row[j]!;
      if (v === 0) {
        k += j + 1;
        continue;
      }
      moment[h + j]! += v * wy;
      for (let c = 0; c <= j; c++) gram[k++]! += v * row[c]!;
    }
  }
}

/** Sums over rows that a likelihood is made of. */
export interface Innovations {
  /** Σ innovation² / F. */
  squares: number;
  /** Σ ln F. */
  logs: number;
  n: number;
}

/** Adds one series to the sums; `scale` turns its residuals e into units of σ_s. */
export function innovations(
  drift: Drift,
  week: Int32Array,
  e: Float64Array,
  scale: number,
  noise: Float64Array,
  from: number,
  to: number,
  sums: Innovations,
): void {
  const { phi, ratio } = drift;
  const decays = decaysOf(phi);
  let d = 0;
  let P = ratio;
  let last = 0;
  let squares = 0;
  let logs = 0;
  let product = 1;
  let n = 0;
  for (let i = from; i < to; i++) {
    const own = noise[i]!;
    if (own === Number.POSITIVE_INFINITY) continue;
    if (n > 0) {
      const gap = week[i]! - last;
      const decay = gap < GAPS ? decays[gap]! : phi ** gap;
      P = decay * decay * P + (1 - decay * decay) * ratio;
      d *= decay;
    }
    last = week[i]!;
    const F = P + own;
    const inverse = 1 / F;
    const v = e[i]! * scale - d;
    squares += v * v * inverse;
    d += P * inverse * v;
    P *= own * inverse;
    n++;
    // One logarithm for many factors.
    product *= F;
    if (product > 1e100 || product < 1e-100) {
      logs += Math.log(product);
      product = 1;
    }
  }
  sums.squares += squares;
  sums.logs += logs + Math.log(product);
  sums.n += n;
}

/** Smoothed state and, where wanted, its variance (relative) by row, and the filtered state after the last row. */
export function smooth(
  drift: Drift,
  week: Int32Array,
  e: Float64Array,
  noise: Float64Array,
  from: number,
  to: number,
  level: Float64Array,
  variance?: Float64Array,
): { state: number; variance: number } {
  const n = to - from;
  const { phi, ratio } = drift;
  const decays = decaysOf(phi);
  const predicted = new Float64Array(n);
  const predictedP = new Float64Array(n);
  const filtered = new Float64Array(n);
  const filteredP = new Float64Array(n);
  let d = 0;
  let P = ratio;
  for (let k = 0; k < n; k++) {
    const i = from + k;
    if (k > 0) {
      const gap = week[i]! - week[i - 1]!;
      const decay = gap < GAPS ? decays[gap]! : phi ** gap;
      d *= decay;
      P = decay * decay * P + (1 - decay * decay) * ratio;
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
      if (variance) variance[i] = filteredP[k]!;
      continue;
    }
    const gap = week[i + 1]! - week[i]!;
    const decay = gap < GAPS ? decays[gap]! : phi ** gap;
    const J = (filteredP[k]! * decay) / Math.max(predictedP[k + 1]!, 1e-12);
    level[i] = filtered[k]! + J * (level[i + 1]! - predicted[k + 1]!);
    if (variance) variance[i] = Math.max(0, filteredP[k]! + J * J * (variance[i + 1]! - predictedP[k + 1]!));
  }
  return end;
}
