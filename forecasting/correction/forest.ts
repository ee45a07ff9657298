/** A forest as flat arrays; a node with feature −1 is a leaf. Children of a split stand at `left` and `left + 1`. */
export interface Forest {
  readonly start: number;
  /** First node of each tree, and the number of nodes at the end. */
  readonly roots: Int32Array;
  readonly feature: Int32Array;
  /** A row goes left when its value is at most this. */
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly value: Float64Array;
}

/** Rows that go through all trees before the next ones, so that their features stay in the cache. */
const TILE = 512;

/** The forest's value for each row. @param features columns × rows */
export function predictForest(forest: Forest, features: readonly Float64Array[], rows: number): Float64Array {
  const { roots, feature, threshold, left, value } = forest;
  const out = new Float64Array(rows).fill(forest.start);
  for (let from = 0; from < rows; from += TILE) {
    const to = Math.min(rows, from + TILE);
    for (let t = 0; t + 1 < roots.length; t++) {
      const root = roots[t]!;
      for (let i = from; i < to; i++) {
        let node = root;
        let f = feature[node]!;
        while (f >= 0) {
          node = left[node]! + (features[f]![i]! <= threshold[node]! ? 0 : 1);
          f = feature[node]!;
        }
        out[i]! += value[node]!;
      }
    }
  }
  return out;
}
