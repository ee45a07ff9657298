import { dusted } from "../numeric/dust.ts";
import { weightedMedian } from "../numeric/median.ts";
import { NormalStream } from "../numeric/random.ts";

/**
 * Gradient-boosted regression trees on binned features, grown leaf by leaf, with monotone constraints (Friedman 2001;
 * histograms and constraint bounds as in LightGBM). Deterministic: rows and features are drawn from a seeded stream.
 */
export interface TreeOptions {
  readonly loss: "squared" | "absolute";
  readonly trees: number;
  readonly rate: number;
  readonly leaves: number;
  /** Least weight of a leaf, and the weight the prior value 0 has in one. */
  readonly smallest: number;
  readonly ridge: number;
  readonly rowShare: number;
  readonly featureShare: number;
  readonly seed: number;
}

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

const BINS = 64;

interface Leaf {
  from: number;
  to: number;
  sum: number;
  weight: number;
  low: number;
  high: number;
  node: number;
  histogram: Float64Array;
  gain: number;
  feature: number;
  bin: number;
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

function toBins(values: Float64Array, edges: Float64Array): Uint8Array {
  const out = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (edges[middle]! < values[i]!) low = middle + 1;
      else high = middle;
    }
    out[i] = low;
  }
  return out;
}

/**
 * Fits a forest to `target` (rows) with weights.
 * @param features columns × rows; @param monotone by column: 1 rising, −1 falling, 0 free
 */
export function fitForest(
  features: readonly Float64Array[],
  monotone: Int8Array,
  target: Float64Array,
  weight: Float64Array,
  options: TreeOptions,
): Forest {
  const n = target.length;
  const edges = features.map(binEdges);
  const bins = features.map((f, k) => toBins(f, edges[k]!));
  const usable = features.map((_, k) => k).filter((k) => edges[k]!.length > 0);
  const stream = new NormalStream(options.seed);
  const aim = target.map(dusted);
  const heft = weight.map(dusted);
  const start = options.loss === "absolute" ? weightedMedian(aim.slice(), heft.slice()) : weightedMean(aim, heft);
  const fitted = new Float64Array(n).fill(start);
  const gradient = new Float64Array(n);
  const grower = new Grower(bins, edges, monotone, aim, heft, fitted, gradient, options);
  for (let t = 0; t < options.trees; t++) {
    for (let i = 0; i < n; i++) {
      const r = aim[i]! - fitted[i]!;
      gradient[i] = (options.loss === "absolute" ? Math.sign(r) : r) * heft[i]!;
    }
    const chosen = usable.filter(() => stream.uniform() < options.featureShare);
    grower.grow(chosen.length > 0 ? chosen : usable, stream);
  }
  return grower.forest(start);
}

class Grower {
  readonly #roots: number[] = [0];
  readonly #feature: number[] = [];
  readonly #threshold: number[] = [];
  readonly #left: number[] = [];
  readonly #value: number[] = [];
  readonly #rows: Int32Array;
  readonly #spare: Int32Array;
  readonly #rest: Int32Array;
  readonly #bins: readonly Uint8Array[];
  readonly #edges: readonly Float64Array[];
  readonly #monotone: Int8Array;
  readonly #target: Float64Array;
  readonly #weight: Float64Array;
  readonly #fitted: Float64Array;
  readonly #gradient: Float64Array;
  readonly #options: TreeOptions;

  constructor(
    bins: readonly Uint8Array[],
    edges: readonly Float64Array[],
    monotone: Int8Array,
    target: Float64Array,
    weight: Float64Array,
    fitted: Float64Array,
    gradient: Float64Array,
    options: TreeOptions,
  ) {
    this.#bins = bins;
    this.#edges = edges;
    this.#monotone = monotone;
    this.#target = target;
    this.#weight = weight;
    this.#fitted = fitted;
    this.#gradient = gradient;
    this.#options = options;
    this.#rows = new Int32Array(target.length);
    this.#spare = new Int32Array(target.length);
    this.#rest = new Int32Array(target.length);
  }

  grow(chosen: readonly number[], stream: NormalStream): void {
    const { leaves, rowShare, rate } = this.#options;
    let n = 0;
    let left = 0;
    for (let i = 0; i < this.#target.length; i++) {
      if (!(this.#weight[i]! > 0)) continue;
      if (stream.uniform() < rowShare) this.#rows[n++] = i;
      else this.#rest[left++] = i;
    }
    const root = this.#leaf(0, n, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    root.histogram = this.#histogram(chosen, 0, n);
    this.#search(root, chosen);
    const open: Leaf[] = [root];
    const closed: Leaf[] = [];
    while (open.length > 0 && open.length + closed.length < leaves) {
      let best = 0;
      for (let k = 1; k < open.length; k++) if (open[k]!.gain > open[best]!.gain) best = k;
      const leaf = open[best]!;
      open.splice(best, 1);
      if (!(leaf.gain > 1e-9)) {
        closed.push(leaf);
        continue;
      }
      open.push(...this.#split(leaf, chosen));
    }
    for (const leaf of [...open, ...closed]) {
      let v = leaf.sum / (leaf.weight + this.#options.ridge);
      if (this.#options.loss === "absolute") v = this.#median(leaf);
      this.#value[leaf.node] = rate * Math.min(leaf.high, Math.max(leaf.low, v));
    }
    const tree = this.#roots[this.#roots.length - 1]!;
    // Rows drawn stand in their leaves already; the others walk down the tree.
    for (const leaf of [...open, ...closed]) {
      const v = this.#value[leaf.node]!;
      for (let k = leaf.from; k < leaf.to; k++) this.#fitted[this.#rows[k]!]! += v;
    }
    for (let k = 0; k < left; k++) this.#fitted[this.#rest[k]!]! += this.#value[this.#find(tree, this.#rest[k]!)]!;
    this.#roots.push(this.#feature.length);
  }

  forest(start: number): Forest {
    return {
      start,
      roots: Int32Array.from(this.#roots),
      feature: Int32Array.from(this.#feature),
      threshold: Float64Array.from(this.#feature, (f, k) => (f < 0 ? 0 : this.#edges[f]![this.#threshold[k]!]!)),
      left: Int32Array.from(this.#left),
      value: Float64Array.from(this.#value),
    };
  }

  #find(tree: number, row: number): number {
    let node = tree;
    while (this.#feature[node]! >= 0)
      node = this.#left[node]! + (this.#bins[this.#feature[node]!]![row]! <= this.#threshold[node]! ? 0 : 1);
    return node;
  }

  #leaf(from: number, to: number, low: number, high: number): Leaf {
    let sum = 0;
    let weight = 0;
    for (let k = from; k < to; k++) {
      sum += this.#gradient[this.#rows[k]!]!;
      weight += this.#weight[this.#rows[k]!]!;
    }
    const node = this.#feature.length;
    this.#feature.push(-1);
    this.#threshold.push(0);
    this.#left.push(0);
    this.#value.push(0);
    return { from, to, sum, weight, low, high, node, histogram: EMPTY, gain: 0, feature: -1, bin: 0 };
  }

  /** Sums of gradient and weight by chosen feature and bin. */
  #histogram(chosen: readonly number[], from: number, to: number): Float64Array {
    const out = new Float64Array(chosen.length * BINS * 2);
    const rows = this.#rows;
    const gradient = this.#gradient;
    const weight = this.#weight;
    chosen.forEach((f, c) => {
      const bins = this.#bins[f]!;
      const at = c * BINS * 2;
      for (let k = from; k < to; k++) {
        const i = rows[k]!;
        const b = at + 2 * bins[i]!;
        out[b]! += gradient[i]!;
        out[b + 1]! += weight[i]!;
      }
    });
    return out;
  }

  #search(leaf: Leaf, chosen: readonly number[]): void {
    const { ridge, smallest } = this.#options;
    const whole = (leaf.sum * leaf.sum) / (leaf.weight + ridge);
    leaf.gain = 0;
    if (leaf.weight < 2 * smallest) return;
    chosen.forEach((f, c) => {
      const last = this.#edges[f]!.length;
      const sign = this.#monotone[f]!;
      let sum = 0;
      let weight = 0;
      for (let b = 0; b < last; b++) {
        const at = (c * BINS + b) * 2;
        sum += leaf.histogram[at]!;
        weight += leaf.histogram[at + 1]!;
        if (weight < smallest) continue;
        const other = leaf.weight - weight;
        if (other < smallest) break;
        const rest = leaf.sum - sum;
        if (sign !== 0) {
          const step = rest / (other + ridge) - sum / (weight + ridge);
          if (step * sign < 0) continue;
        }
        const gain = (sum * sum) / (weight + ridge) + (rest * rest) / (other + ridge) - whole;
        if (gain > leaf.gain) {
          leaf.gain = gain;
          leaf.feature = f;
          leaf.bin = b;
        }
      }
    });
  }

  #split(leaf: Leaf, chosen: readonly number[]): Leaf[] {
    const bins = this.#bins[leaf.feature]!;
    let lower = leaf.from;
    let spare = 0;
    for (let k = leaf.from; k < leaf.to; k++) {
      const i = this.#rows[k]!;
      if (bins[i]! <= leaf.bin) this.#rows[lower++] = i;
      else this.#spare[spare++] = i;
    }
    this.#rows.set(this.#spare.subarray(0, spare), lower);
    const left = this.#leaf(leaf.from, lower, leaf.low, leaf.high);
    const right = this.#leaf(lower, leaf.to, leaf.low, leaf.high);
    const sign = this.#monotone[leaf.feature]!;
    if (sign !== 0) {
      // Any bound between the two keeps the order; the mean residual is quick and close to the value to come.
      const value = (l: Leaf) => Math.min(leaf.high, Math.max(leaf.low, this.#mean(l)));
      const middle = (value(left) + value(right)) / 2;
      if (sign > 0) {
        left.high = middle;
        right.low = middle;
      } else {
        left.low = middle;
        right.high = middle;
      }
    }
    this.#feature[leaf.node] = leaf.feature;
    this.#threshold[leaf.node] = leaf.bin;
    this.#left[leaf.node] = left.node;
    const small = left.to - left.from <= right.to - right.from ? left : right;
    const large = small === left ? right : left;
    small.histogram = this.#histogram(chosen, small.from, small.to);
    large.histogram = leaf.histogram;
    for (let k = 0; k < large.histogram.length; k++) large.histogram[k]! -= small.histogram[k]!;
    leaf.histogram = EMPTY;
    this.#search(left, chosen);
    this.#search(right, chosen);
    return [left, right];
  }

  #mean(leaf: Leaf): number {
    let sum = 0;
    for (let k = leaf.from; k < leaf.to; k++) {
      const i = this.#rows[k]!;
      sum += this.#weight[i]! * (this.#target[i]! - this.#fitted[i]!);
    }
    return sum / (leaf.weight + this.#options.ridge);
  }

  /** Weighted median of the leaf's residuals, shrunk to 0 like a mean. */
  #median(leaf: Leaf): number {
    const n = leaf.to - leaf.from;
    const residual = new Float64Array(n);
    const weight = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      const i = this.#rows[leaf.from + k]!;
      residual[k] = this.#target[i]! - this.#fitted[i]!;
      weight[k] = this.#weight[i]!;
    }
    return (weightedMedian(residual, weight) * leaf.weight) / (leaf.weight + this.#options.ridge);
  }
}

const EMPTY = new Float64Array(0);

function weightedMean(values: Float64Array, weight: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! * weight[i]!;
    total += weight[i]!;
  }
  return total > 0 ? sum / total : 0;
}

/** The forest's value for each row. */
export function predictForest(forest: Forest, features: readonly Float64Array[], rows: number): Float64Array {
  const out = new Float64Array(rows).fill(forest.start);
  for (let t = 0; t + 1 < forest.roots.length; t++) {
    for (let i = 0; i < rows; i++) {
      let node = forest.roots[t]!;
      let f = forest.feature[node]!;
      while (f >= 0) {
        node = forest.left[node]! + (features[f]![i]! <= forest.threshold[node]! ? 0 : 1);
        f = forest.feature[node]!;
      }
      out[i]! += forest.value[node]!;
    }
  }
  return out;
}
