import { invertSpd } from "../numeric/linalg.ts";

/** Ridge penalty on every coefficient but the intercept; covariates are in standard deviations. */
const PENALTY = 1;
const ROUNDS = 25;
const STEP_ENOUGH = 1e-10;
/** Linear predictors beyond this say "certain" already. */
const FURTHEST = 12;

/**
 * Probability of being in the first group given the covariates: weighted ridge logistic regression by Newton's method
 * (iteratively reweighted least squares).
 * @param x rows × width covariates, standardised, @param first 1 for the first group, @param weight ≥ 0 by row
 */
export function propensities(x: Float64Array, width: number, first: Uint8Array, weight: Float64Array): Float64Array {
  const n = first.length;
  const p = width + 1;
  const beta = new Float64Array(p);
  const out = new Float64Array(n);
  const work = new Float64Array(p * p);
  const row = new Float64Array(p);
  row[0] = 1;
  const predict = (i: number): number => {
    let eta = beta[0]!;
    for (let j = 0; j < width; j++) eta += beta[j + 1]! * x[i * width + j]!;
    return 1 / (1 + Math.exp(-Math.max(-FURTHEST, Math.min(FURTHEST, eta))));
  };
  for (let round = 0; round < ROUNDS; round++) {
    const hessian = new Float64Array(p * p);
    const gradient = new Float64Array(p);
    for (let j = 1; j < p; j++) {
      hessian[j * p + j] = PENALTY;
      gradient[j] = -PENALTY * beta[j]!;
    }
    for (let i = 0; i < n; i++) {
      const e = predict(i);
      const w = weight[i]!;
      for (let j = 0; j < width; j++) row[j + 1] = x[i * width + j]!;
      for (let j = 0; j < p; j++) {
        gradient[j]! += w * (first[i]! - e) * row[j]!;
        for (let k = 0; k <= j; k++) hessian[j * p + k]! += w * Math.max(1e-6, e * (1 - e)) * row[j]! * row[k]!;
      }
    }
    for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) hessian[k * p + j] = hessian[j * p + k]!;
    invertSpd(hessian, p, work);
    let largest = 0;
    for (let j = 0; j < p; j++) {
      let step = 0;
      for (let k = 0; k < p; k++) step += hessian[j * p + k]! * gradient[k]!;
      beta[j]! += Math.max(-2, Math.min(2, step));
      largest = Math.max(largest, Math.abs(step));
    }
    if (largest < STEP_ENOUGH) break;
  }
  for (let i = 0; i < n; i++) out[i] = predict(i);
  return out;
}
