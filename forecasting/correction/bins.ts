/** Bins of a feature at most. */
export const BINS = 64;

/** Features as small whole numbers, a row's side by side: rows × width, and the upper edges of each feature's bins. */
export interface Binned {
  readonly rows: number;
  readonly width: number;
  readonly edges: readonly Float64Array[];
  readonly bins: Uint8Array;
}

/** @param features columns × rows */
export function binFeatures(features: readonly Float64Array[], rows: number): Binned {
  const width = features.length;
  const edges = features.map(binEdges);
  const bins = new Uint8Array(rows * width);
  features.forEach((values, f) => {
    const upper = edges[f]!;
    for (let i = 0; i < rows; i++) {
      const v = values[i]!;
      let low = 0;
      let high = upper.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (upper[middle]! < v) low = middle + 1;
        else high = middle;
      }
      bins[i * width + f] = low;
    }
  });
  return { rows, width, edges, bins };
}

/** Upper edges of at most 64 bins of a feature, by quantiles of its values. */
function binEdges(values: Float64Array): Float64Array {
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const sample = new Float64Array(Math.ceil(values.length / step));
  for (let i = 0, k = 0; i < values.length; i += step, k++) sample[k] = values[i]!;
  sample.sort();
  const edges: number[] = [];
  for (let b = 1; b < BINS; b++) {
    const at = (b / BINS) * (sample.length - 1);
    const low = sample[Math.floor(at)]!;
    const next = sample[Math.min(sample.length - 1, Math.floor(at) + 1)]!;
    const edge = (low + next) / 2;
    if ((edges.length === 0 || edge > edges[edges.length - 1]!) && edge < sample[sample.length - 1]!) edges.push(edge);
  }
  return Float64Array.from(edges);
}
