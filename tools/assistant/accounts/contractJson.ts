import { toMajor } from "../../../data/common/money.ts";
import type { BonusStanding } from "../../../data/contracts/bonus.service.ts";

type Tier = NonNullable<BonusStanding["reached"]>;

/** A threshold as people read it: major units of money, or units. */
export const tierJson = (tier: Tier) => ({
  measure: tier.measure,
  from: tier.measure === "net_sales" ? toMajor(tier.threshold) : tier.threshold,
  rate: tier.rate,
});

/** Where the year stands against the bonus tiers, money in major units. */
export function bonusJson(bonus: BonusStanding) {
  const { next, expected } = bonus;
  const inMeasure = (tier: Tier, amount: number): number => (tier.measure === "net_sales" ? toMajor(amount) : amount);
  return {
    from: bonus.from,
    to: bonus.to,
    measured_to: bonus.measured_to,
    net_sales: toMajor(bonus.volume.net_sales),
    units: bonus.volume.units,
    reached: bonus.reached && tierJson(bonus.reached),
    earned: toMajor(bonus.bonus),
    next: next && {
      ...tierJson(next.tier),
      missing: inMeasure(next.tier, next.missing),
      progress: bonus.volume[next.tier.measure] / next.tier.threshold,
      extra_bonus: toMajor(next.extra_bonus),
      margin_of_missing: next.margin_of_missing === null ? null : toMajor(next.margin_of_missing),
      gain: next.margin_of_missing === null ? null : toMajor(next.margin_of_missing - next.extra_bonus),
    },
    expected: expected && {
      net_sales: toMajor(expected.net_sales),
      units: expected.units,
      tier: expected.tier && tierJson(expected.tier),
      bonus: toMajor(expected.bonus),
    },
  };
}
