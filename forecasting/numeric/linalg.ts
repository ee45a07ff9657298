/** Dense symmetric positive definite algebra on row-major Float64Arrays of n × n. Small n; no allocation where avoidable. */

/** Lower Cholesky factor in place (upper triangle left as it was). A pivot that is not positive is raised to a tiny value. */
export function cholesky(a: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    const jn = j * n;
    let d = a[jn + j]!;
    const scale = Math.abs(d);
    for (let k = 0; k < j; k++) d -= a[jn + k]! * a[jn + k]!;
    if (!(d > 1e-13 * scale)) d = 1e-13 * scale + 1e-300;
    const root = Math.sqrt(d);
    a[jn + j] = root;
    const inverse = 1 / root;
    for (let i = j + 1; i < n; i++) {
      const row = i * n;
      let v = a[row + j]!;
      for (let k = 0; k < j; k++) v -= a[row + k]! * a[jn + k]!;
      a[row + j] = v * inverse;
    }
  }
}

/** Inverse of a symmetric positive definite matrix, in place. */
export function invertSpd(a: Float64Array, n: number, work: Float64Array): void {
  cholesky(a, n);
  // work = L⁻¹ (lower), then a = L⁻ᵀ L⁻¹
  for (let j = 0; j < n; j++) {
    work[j * n + j] = 1 / a[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let v = 0;
      for (let k = j; k < i; k++) v -= a[i * n + k]! * work[k * n + j]!;
      work[i * n + j] = v / a[i * n + i]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let v = 0;
      for (let k = i; k < n; k++) v += work[k * n + i]! * work[k * n + j]!;
      a[i * n + j] = v;
      a[j * n + i] = v;
    }
  }
}
