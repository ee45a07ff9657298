import { cholesky } from "../numeric/linalg.ts";
import { NormalStream } from "../numeric/random.ts";
import { type QuietBaseline, quietBaseline, type WeeklySeries } from "./quietBaseline.ts";

/** The parts of one whole (ours, competitors', private label's) by week. */
export interface WholeByParts {
  readonly week: Int32Array;
  /** One series a part, the first one ours. */
  readonly parts: readonly Float64Array[];
  readonly context: readonly Float64Array[];
  readonly quiet: Uint8Array;
}

/** What each part was over some weeks beyond its own baseline. */
export interface PartsChange {
  readonly actual: readonly number[];
  readonly expected: readonly number[];
  /** parts × parts, of the changes actual − expected. */
  readonly covariance: Float64Array;
  readonly weeks: number;
}

/** Baselines of the parts, each on its own quiet weeks. */
export interface PartsBaseline {
  readonly quiet: number;
  /** @param rows positions in the series */
  over(rows: readonly number[]): PartsChange;
}

/** @returns null where a part has too few quiet weeks */
export function partsBaseline(whole: WholeByParts, season: number): PartsBaseline | null {
  const fitted: QuietBaseline[] = [];
  for (const value of whole.parts) {
    const series: WeeklySeries = { ...whole, value };
    const baseline = quietBaseline(series, season);
    if (!baseline) return null;
    fitted.push(baseline);
  }
  const k = fitted.length;
  const together = fitted.map((a) => fitted.map((b) => correlation(a.residual, b.residual)));
  return {
    quiet: Math.min(...fitted.map((f) => f.quiet)),
    over(rows) {
      const sum = (values: Float64Array): number => rows.reduce((total, i) => total + values[i]!, 0);
      const sd = fitted.map((f) => Math.sqrt(f.varianceOf(rows)));
      const covariance = new Float64Array(k * k);
      for (let a = 0; a < k; a++)
        for (let b = 0; b < k; b++) covariance[a * k + b] = (a === b ? 1 : together[a]![b]!) * sd[a]! * sd[b]!;
      return {
        actual: whole.parts.map(sum),
        expected: fitted.map((f) => sum(f.expected)),
        covariance,
        weeks: rows.length,
      };
    },
  };
}

/** Several independent changes as one. */
export function pooledChange(changes: readonly PartsChange[]): PartsChange | null {
  const [first] = changes;
  if (!first) return null;
  const summed = (of: (c: PartsChange) => ArrayLike<number>): number[] =>
    Array.from({ length: of(first).length }, (_, i) => changes.reduce((sum, c) => sum + of(c)[i]!, 0));
  return {
    actual: summed((c) => c.actual),
    expected: summed((c) => c.expected),
    covariance: Float64Array.from(summed((c) => c.covariance)),
    weeks: changes.reduce((sum, c) => sum + c.weeks, 0),
  };
}

/** Draws of the parts' changes around what was measured, `count` × parts, row-major; the same seed gives the same draws. */
export function changeDraws(change: PartsChange, count: number, seed: number): Float64Array {
  const k = change.actual.length;
  const root = Float64Array.from(change.covariance);
  cholesky(root, k);
  const chance = new NormalStream(seed);
  const out = new Float64Array(count * k);
  const z = new Float64Array(k);
  for (let d = 0; d < count; d++) {
    for (let a = 0; a < k; a++) z[a] = chance.normal();
    for (let a = 0; a < k; a++) {
      let off = 0;
      for (let b = 0; b <= a; b++) off += root[a * k + b]! * z[b]!;
      out[d * k + a] = change.actual[a]! - change.expected[a]! + off;
    }
  }
  return out;
}

function correlation(a: Float64Array, b: Float64Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(a[i]!) || Number.isNaN(b[i]!)) continue;
    ab += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
