import { invertSpd } from "../numeric/linalg.ts";

/** Ridge penalty on covariates, in standard deviations of them. */
const PENALTY = 1;
/** A row that decides its own fit is not given more weight than this in the error of the difference. */
const LEAST_FREE = 0.2;

/**
 * Difference of the first group to the second by weighted least squares of y on the group and the covariates (these under a
 * ridge), with a standard error that holds for any variances (HC3, MacKinnon and White 1985).
 * @param x rows × width covariates, standardised, @param weight > 0 by row, summing to the effective number of rows
 */
export function weightedDifference(
  y: Float64Array,
  x: Float64Array,
  width: number,
  first: Uint8Array,
  weight: Float64Array,
): { difference: number; se: number } {
  const n = y.length;
  const p = width + 2;
  const row = (i: number, j: number): number => (j === 0 ? 1 : j === 1 ? first[i]! : x[i * width + j - 2]!);
  const gram = new Float64Array(p * p);
  const moment = new Float64Array(p);
  for (let j = 2; j < p; j++) gram[j * p + j] = PENALTY;
  for (let i = 0; i < n; i++) {
    const w = weight[i]!;
    for (let j = 0; j < p; j++) {
      moment[j]! += w * row(i, j) * y[i]!;
      for (let k = 0; k <= j; k++) gram[j * p + k]! += w * row(i, j) * row(i, k);
    }
  }
  for (let j = 0; j < p; j++) for (let k = 0; k < j; k++) gram[k * p + j] = gram[j * p + k]!;
  invertSpd(gram, p, new Float64Array(p * p));
  const beta = new Float64Array(p);
  for (let j = 0; j < p; j++) for (let k = 0; k < p; k++) beta[j]! += gram[j * p + k]! * moment[k]!;
  let variance = 0;
  for (let i = 0; i < n; i++) {
    let pull = 0;
    let leverage = 0;
    let residual = y[i]!;
    for (let j = 0; j < p; j++) {
      let g = 0;
      for (let k = 0; k < p; k++) g += gram[j * p + k]! * row(i, k);
      if (j === 1) pull = weight[i]! * g;
      leverage += weight[i]! * g * row(i, j);
      residual -= beta[j]! * row(i, j);
    }
    variance += ((pull * residual) / Math.max(LEAST_FREE, 1 - leverage)) ** 2;
  }
  return { difference: beta[1]!, se: Math.sqrt(variance) };
}
