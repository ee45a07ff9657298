import type { TierRow } from "./contracts.repo.ts";

/** What a year has brought so far, by the two things that tiers count: minor units of money, and units. */
export interface Volume {
  readonly net_sales: number;
  readonly units: number;
}

/** The tiers that a year's volume has reached, the last of them first; each measure counts for itself and the best rate holds. */
export const reachedTier = (tiers: readonly TierRow[], volume: Volume): TierRow | null =>
  tiers.filter((tier) => volume[tier.measure] >= tier.threshold).toSorted((a, b) => b.rate - a.rate)[0] ?? null;

/** The next tier: of those that pay more than what is reached, the nearest in its own measure. */
export function nextTier(tiers: readonly TierRow[], volume: Volume): TierRow | null {
  const rate = reachedTier(tiers, volume)?.rate ?? 0;
  const missing = (tier: TierRow): number => 1 - volume[tier.measure] / tier.threshold;
  return tiers.filter((tier) => tier.rate > rate).toSorted((a, b) => missing(a) - missing(b))[0] ?? null;
}

/** What the year earns of bonus at a volume, minor units: the rate reached, on all of its net sales. */
export const bonusAt = (tiers: readonly TierRow[], volume: Volume): number =>
  Math.round((reachedTier(tiers, volume)?.rate ?? 0) * volume.net_sales);
