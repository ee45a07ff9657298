import type { PanelRow } from "../../data/sales/sales.repo.ts";
import { median } from "../statistics.ts";
import { DEPTH_DRIVERS } from "./offer.ts";

/** A week counts as supported from this share of the stores on, and as discounted from this cut on. */
export const SUPPORT_SEEN = 0.15;
export const DISCOUNT_SEEN = 0.05;
export const SUPPORTS = ["display", "feature"] as const;
export type Support = (typeof SUPPORTS)[number];

/** What has been seen of one product at one account: what a forecast starts from, and the evidence under it. */
export interface SeriesFacts {
  /** First and last measured week (week index). */
  readonly first: number;
  readonly last: number;
  readonly weeks: number;
  /** Weeks without any promotion. */
  readonly quiet: number;
  /** Everyday shelf price now, null where no price is known. */
  readonly everyday: number | null;
  /** ln of the share of stores that carry it now; 0 where not measured. */
  readonly distribution: number;
  /** Deepest effective discount seen, a fraction. */
  readonly deepest: number;
  readonly discounted: number;
  readonly display: number;
  readonly feature: number;
  /** Mean units of the last thirteen weeks. */
  readonly recent: number;
}

/** Support in the weeks that had it, as the median share of stores, by account index; null where never seen. */
export interface UsualSupport {
  readonly display: readonly (number | null)[];
  readonly feature: readonly (number | null)[];
  readonly everywhere: { readonly display: number | null; readonly feature: number | null };
}

export interface Ground {
  /** By account index × number of products + product index; null where there are no sales. */
  readonly series: readonly (SeriesFacts | null)[];
  readonly usual: UsualSupport;
  /** Root mean square by which the ln response to a whole promotion differs from the model's, as a share of that response. */
  readonly eventSpread: number;
  /** By account index: quantiles of that difference in units of `eventSpread`, at the middles of equal shares; empty where too few ended. */
  readonly eventShape: readonly (readonly number[])[];
}

/** The rows of one series with the drivers the panel gave them. */
export interface SeriesSlice {
  readonly rows: readonly PanelRow[];
  readonly price: Float64Array;
  readonly base: Float64Array;
  /** Driver columns by name, of the same rows. */
  readonly drivers: ReadonlyMap<string, Float64Array>;
  readonly week: Int32Array;
}

const RECENT = 13;
/** Everyday price where nobody states it: this quantile of the recent shelf prices. */
const EVERYDAY_QUANTILE = 0.8;

/** What the rows of one series show: prices, depths, support and how much it sells. */
export function factsOf(slice: SeriesSlice): SeriesFacts {
  const { rows, price, base, drivers, week } = slice;
  const n = rows.length;
  const recent = recentPrices(slice);
  let quiet = 0;
  let deepest = 0;
  let discounted = 0;
  const seen = { display: 0, feature: 0 };
  for (let i = 0; i < n; i++) {
    const everyday = Number.isNaN(base[i]!) ? recent.high : base[i]!;
    const cut = price[i]! < everyday ? 1 - price[i]! / everyday : 0;
    const offers = DEPTH_DRIVERS.reduce((left, name) => left * (1 - (drivers.get(name)?.[i] ?? 0)), 1 - cut);
    const depth = 1 - offers;
    deepest = Math.max(deepest, depth);
    let promoted = depth >= DISCOUNT_SEEN;
    if (promoted) discounted++;
    for (const support of SUPPORTS) {
      if ((drivers.get(support)?.[i] ?? 0) < SUPPORT_SEEN) continue;
      seen[support]++;
      promoted = true;
    }
    if (!promoted) quiet++;
  }
  const last = rows.slice(-RECENT);
  return {
    first: week[0]!,
    last: week[n - 1]!,
    weeks: n,
    quiet,
    everyday: recent.everyday,
    distribution: drivers.get("distribution")?.[n - 1] ?? 0,
    deepest,
    discounted,
    ...seen,
    recent: last.reduce((sum, row) => sum + row.units, 0) / last.length,
  };
}

function recentPrices({ price, base }: SeriesSlice): { everyday: number | null; high: number } {
  const known = (values: Float64Array): number[] => [...values].filter((v) => !Number.isNaN(v));
  const sorted = known(price)
    .slice(-RECENT)
    .sort((a, b) => a - b);
  const high = sorted[Math.floor(EVERYDAY_QUANTILE * (sorted.length - 1))] ?? Number.NaN;
  const stated = known(base).at(-1);
  return { everyday: stated ?? (Number.isNaN(high) ? null : high), high };
}

/** Medians of the support shares by account; `values` are the shares seen, by account index. */
export function usualSupport(seen: Readonly<Record<Support, readonly (readonly number[])[]>>): UsualSupport {
  const of = (support: Support) => seen[support].map(median);
  return {
    display: of("display"),
    feature: of("feature"),
    everywhere: { display: median(seen.display.flat()), feature: median(seen.feature.flat()) },
  };
}
