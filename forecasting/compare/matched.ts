import { ForecastError } from "../errors.ts";
import { weightedDifference } from "./adjust.ts";
import type { Comparable } from "./comparable.ts";
import { covariateMatrix, type Standardised } from "./covariates.ts";
import { propensities } from "./propensity.ts";

/** Why there is no adjusted difference. */
export type NoMatch = "too_few" | "no_common_stratum" | "no_overlap";

export interface Matched {
  /** Events of each group. */
  readonly nFirst: number;
  readonly nSecond: number;
  /** Events of each group with counterparts in the other: in a shared stratum, and as likely to be in either group. */
  readonly matchedFirst: number;
  readonly matchedSecond: number;
  /** Matched events as a share of all. */
  readonly overlap: number;
  /** Events that the weights amount to (Kish): (Σw)² / Σw². */
  readonly effectiveFirst: number;
  readonly effectiveSecond: number;
  /** Pooled values and their difference; null where a group has no event. */
  readonly rawFirst: number | null;
  readonly rawSecond: number | null;
  readonly raw: number | null;
  /** The difference between like events with its 80 % interval; null with the reason. */
  readonly adjusted: { readonly difference: number; readonly low: number; readonly high: number } | null;
  readonly reason: NoMatch | null;
  /** Raw and adjusted differ in sign: the raw figures mislead. */
  readonly misleads: boolean;
  /** How far apart the groups were in each covariate, in standard deviations, before and after weighting; the furthest first. */
  readonly balance: readonly {
    readonly covariate: string;
    readonly first: number;
    readonly second: number;
    readonly before: number;
    readonly after: number;
  }[];
}

/** Fewer matched events than this on either side say nothing. */
const FEW = 3;
/** An event has counterparts where its propensity lies in this range (Crump, Hotz, Imbens and Mitnik 2009). */
const COMMON = { from: 0.1, to: 0.9 };
const Z80 = 1.2815515655446004;

/**
 * Compares the events of a first group with those of a second on equal footing. Each event gets the probability of being in the
 * first group (ridge logistic regression on the covariates, both groups counting the same) and the overlap weight of Li, Morgan
 * and Zaslavsky (2018), the probability of being in the other group; weights are equal in sum in each stratum. The adjusted
 * difference is a weighted regression on group and covariates: right if either of the two models is.
 * @throws ForecastError bad_value for a base that is not positive or a numerator that is not finite
 */
export function compareMatched(events: readonly Comparable[]): Matched {
  for (const event of events)
    if (!(event.base > 0) || !Number.isFinite(event.base) || !Number.isFinite(event.numerator))
      throw new ForecastError("bad_value", "An event of a comparison needs a finite numerator and a base above 0.");
  const sorted = canonical(events);
  const [rawFirst, rawSecond] = [pooled(sorted, true), pooled(sorted, false)];
  const raw = rawFirst === null || rawSecond === null ? null : rawFirst - rawSecond;
  const nothing = {
    nFirst: sorted.filter((event) => event.first).length,
    nSecond: sorted.filter((event) => !event.first).length,
    matchedFirst: 0,
    matchedSecond: 0,
    overlap: 0,
    effectiveFirst: 0,
    effectiveSecond: 0,
    rawFirst,
    rawSecond,
    raw,
    adjusted: null,
    misleads: false,
    balance: [],
  };
  if (nothing.nFirst < FEW || nothing.nSecond < FEW) return { ...nothing, reason: "too_few" };
  const shared = inSharedStrata(sorted);
  if (!enough(shared)) return { ...nothing, reason: "no_common_stratum" };
  const x = covariateMatrix(shared);
  const first = Uint8Array.from(shared, (event) => (event.first ? 1 : 0));
  const base = equalSums(shared);
  const propensity = propensities(x.values, x.width, first, base);
  const common = shared.filter((_, i) => propensity[i]! >= COMMON.from && propensity[i]! <= COMMON.to);
  const weight = overlapWeights(shared, base, propensity);
  const matched = {
    ...nothing,
    matchedFirst: common.filter((event) => event.first).length,
    matchedSecond: common.filter((event) => !event.first).length,
    overlap: common.length / sorted.length,
    effectiveFirst: effective(weight, first, 1),
    effectiveSecond: effective(weight, first, 0),
    balance: balanceOf(shared, x, base, weight),
  };
  if (!enough(common) || Math.min(matched.effectiveFirst, matched.effectiveSecond) < 2)
    return { ...matched, reason: "no_overlap" };
  const all = matched.effectiveFirst + matched.effectiveSecond;
  const scale = all / weight.reduce((sum, w) => sum + w, 0);
  const y = Float64Array.from(shared, (event) => event.numerator / event.base);
  const scaled = weight.map((w) => w * scale);
  const { difference, se } = weightedDifference(y, x.values, x.width, first, scaled);
  const half = studentT80(all - 2) * se;
  return {
    ...matched,
    adjusted: { difference, low: difference - half, high: difference + half },
    reason: null,
    misleads: raw !== null && raw * difference < 0,
  };
}

/** One order of the events, whatever order they come in. */
function canonical(events: readonly Comparable[]): Comparable[] {
  const text = (event: Comparable): string =>
    `${event.stratum}|${Object.keys(event.covariates)
      .sort()
      .map((name) => event.covariates[name])
      .join("|")}|${(event.labels ?? []).join("|")}`;
  return events
    .map((event) => ({ event, text: text(event) }))
    .sort(
      (a, b) =>
        Number(b.event.first) - Number(a.event.first) ||
        a.event.base - b.event.base ||
        a.event.numerator - b.event.numerator ||
        (a.text < b.text ? -1 : a.text > b.text ? 1 : 0),
    )
    .map(({ event }) => event);
}

const enough = (events: readonly Comparable[]): boolean =>
  events.filter((event) => event.first).length >= FEW && events.filter((event) => !event.first).length >= FEW;

function pooled(events: readonly Comparable[], first: boolean): number | null {
  const own = events.filter((event) => event.first === first);
  const base = own.reduce((sum, event) => sum + event.base, 0);
  return own.length ? own.reduce((sum, event) => sum + event.numerator, 0) / base : null;
}

function inSharedStrata(events: readonly Comparable[]): Comparable[] {
  const strata = Map.groupBy(events, (event) => event.stratum);
  return events.filter((event) => new Set(strata.get(event.stratum)!.map((one) => one.first)).size === 2);
}

/** Bases scaled so that both groups count the same, together as many as there are events. */
function equalSums(events: readonly Comparable[]): Float64Array {
  const sum = (first: boolean): number =>
    events.reduce((total, event) => total + (event.first === first ? event.base : 0), 0);
  const by = [sum(false), sum(true)];
  return Float64Array.from(events, (event) => (event.base / by[Number(event.first)]!) * (events.length / 2));
}

/** Overlap weights, in each stratum scaled to the harmonic mean of what its two groups have. */
function overlapWeights(
  events: readonly Comparable[],
  base: Float64Array,
  propensity: Float64Array,
): Float64Array<ArrayBuffer> {
  const weight = Float64Array.from(
    events,
    (event, i) => base[i]! * (event.first ? 1 - propensity[i]! : propensity[i]!),
  );
  const sums = new Map<string, [number, number]>();
  events.forEach((event, i) => {
    const sum = sums.get(event.stratum) ?? [0, 0];
    sum[Number(event.first)]! += weight[i]!;
    sums.set(event.stratum, sum);
  });
  return weight.map((w, i) => {
    const [second, first] = sums.get(events[i]!.stratum)!;
    return (w * 2 * (events[i]!.first ? second : first)) / (first + second);
  });
}

function effective(weight: Float64Array, first: Uint8Array, group: 0 | 1): number {
  let sum = 0;
  let squares = 0;
  weight.forEach((w, i) => {
    if (first[i] !== group) return;
    sum += w;
    squares += w * w;
  });
  return squares > 0 ? (sum * sum) / squares : 0;
}

function balanceOf(
  events: readonly Comparable[],
  x: Standardised,
  base: Float64Array,
  weight: Float64Array,
): Matched["balance"] {
  const mean = (by: Float64Array, first: boolean, of: (i: number) => number): number => {
    let sum = 0;
    let total = 0;
    events.forEach((event, i) => {
      if (event.first !== first) return;
      sum += by[i]! * of(i);
      total += by[i]!;
    });
    return sum / total;
  };
  return x.names
    .map((covariate, j) => {
      const value = (i: number): number => x.values[i * x.width + j]!;
      const plain = (i: number): number => x.mean[j]! + x.sd[j]! * value(i);
      return {
        covariate,
        first: mean(base, true, plain),
        second: mean(base, false, plain),
        before: mean(base, true, value) - mean(base, false, value),
        after: mean(weight, true, value) - mean(weight, false, value),
      };
    })
    .sort((a, b) => Math.abs(b.before) - Math.abs(a.before));
}

/** 90 % quantile of Student's t by its expansion about the normal's (Abramowitz and Stegun 26.7.5); at least one degree of freedom. */
function studentT80(freedom: number): number {
  const f = Math.max(1, freedom);
  const z = Z80;
  return z + (z ** 3 + z) / (4 * f) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * f * f);
}
