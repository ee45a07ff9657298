import { dusted } from "../numeric/dust.ts";
import { weightedMedian } from "../numeric/median.ts";
import { NormalStream } from "../numeric/random.ts";
import { BINS, type Binned } from "./bins.ts";
import type { Forest } from "./forest.ts";

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

/**
 * Fits a forest to `target` (rows) with weights.
 * @param monotone by feature: 1 rising, −1 falling, 0 free
 */
export function fitForest(
  binned: Binned,
  monotone: Int8Array,
  target: Float64Array,
  weight: Float64Array,
  options: TreeOptions,
): Forest {
  const n = target.length;
  const usable = [...binned.edges.keys()].filter((f) => binned.edges[f]!.length > 0);
  const stream = new NormalStream(options.seed);
  const aim = target.map(dusted);
  const heft = weight.map(dusted);
  const start = options.loss === "absolute" ? weightedMedian(aim.slice(), heft.slice()) : weightedMean(aim, heft);
  const fitted = new Float64Array(n).fill(start);
  const gradient = new Float64Array(n);
  const grower = new Grower(binned, monotone, aim, heft, fitted, gradient, options);
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
  readonly #bins: Uint8Array;
  readonly #width: number;
  readonly #edges: readonly Float64Array[];
  readonly #monotone: Int8Array;
  readonly #target: Float64Array;
  readonly #weight: Float64Array;
  readonly #fitted: Float64Array;
  readonly #gradient: Float64Array;
  readonly #options: TreeOptions;

  constructor(
    binned: Binned,
    monotone: Int8Array,
    target: Float64Array,
    weight: Float64Array,
    fitted: Float64Array,
    gradient: Float64Array,
    options: TreeOptions,
  ) {
    this.#bins = binned.bins;
    this.#width = binned.width;
    this.#edges = binned.edges;
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
    const at = row * this.#width;
    let node = tree;
    let f = this.#feature[node]!;
    while (f >= 0) {
      node = this.#left[node]! + (this.#bins[at + f]! <= this.#threshold[node]! ? 0 : 1);
      f = this.#feature[node]!;
    }
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
    const bins = this.#bins;
    const width = this.#width;
    const used = Int32Array.from(chosen);
    for (let k = from; k < to; k++) {
      const i = rows[k]!;
      const g = this.#gradient[i]!;
      const w = this.#weight[i]!;
      const at = i * width;
      for (let c = 0; c < used.length; c++) {
        const b = 2 * (c * BINS + bins[at + used[c]!]!);
        out[b]! += g;
        out[b + 1]! += w;
      }
    }
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
    const bins = this.#bins;
    const width = this.#width;
    const { feature, bin } = leaf;
    let lower = leaf.from;
    let spare = 0;
    for (let k = leaf.from; k < leaf.to; k++) {
      const i = this.#rows[k]!;
      if (bins[i * width + feature]! <= bin) this.#rows[lower++] = i;
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
