/**
 * A value to single precision, dust about 0 away. What differs in the last bits of a double, as the same panel does in
 * other units of measure, is the same to what splits by values.
 */
export function dusted(v: number): number {
  return Math.abs(v) < 1e-9 ? 0 : Math.fround(v);
}
