/** Normal quantile of the 95 % interval. */
const Z = 1.959964;
export const INTERVAL = 0.95;

/**
 * Wilson score interval of a share: honest for small numbers and for shares of 0 and 1, where the plain ± is not.
 * @example wilson(11, 18) // { low: 0.386, high: 0.797 }
 */
export function wilson(seen: number, of: number): { low: number; high: number } {
  const p = seen / of;
  const z2 = Z * Z;
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  // At the ends the formula gives 0 and 1 but for rounding.
  return { low: seen === 0 ? 0 : middle - half, high: seen === of ? 1 : middle + half };
}
