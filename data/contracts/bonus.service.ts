import type { VisibleAccount } from "../accounts/accounts.service.ts";
import { addDays, addMonths, weeksOf } from "../common/dates.ts";
import { soldByWeek } from "../sales/value.repo.ts";
import type { Store } from "../store/open.ts";
import { bonusAt, nextTier, reachedTier, type Volume } from "./bonus.ts";
import type { TierRow } from "./contracts.repo.ts";

/** Where an account's year stands against the bonus tiers of its contract, on a day. Money in minor units. */
export interface BonusStanding {
  /** The calendar year, as far as the contract covers it, and the last measured week's Monday in it. */
  readonly from: string;
  readonly to: string;
  readonly measured_to: string | null;
  readonly volume: Volume;
  readonly reached: TierRow | null;
  /** Earned so far: the rate reached, on the net sales so far. */
  readonly bonus: number;
  readonly next: {
    readonly tier: TierRow;
    /** In the tier's own measure. */
    readonly missing: number;
    /** What reaching it costs us more than staying: the bonus at the threshold less that of the tier reached. */
    readonly extra_bonus: number;
    /** Margin before promotion spend that the missing volume brings, at this year's margin; null where no cost is known. */
    readonly margin_of_missing: number | null;
  } | null;
  /** The whole year, if the rest brings what it brought the year before; null without such a year. */
  readonly expected: (Volume & { readonly tier: TierRow | null; readonly bonus: number }) | null;
}

/**
 * Where the year of a day stands against a contract's tiers. A `VisibleAccount` is the right to see it.
 * @returns null where the contract has no tiers
 */
export async function bonusStanding(
  store: Store,
  account: VisibleAccount,
  contract: { readonly start: string; readonly end: string; readonly tiers: readonly TierRow[] },
  day: string,
): Promise<BonusStanding | null> {
  if (!contract.tiers.length) return null;
  const year = day.slice(0, 4);
  const from = contract.start > `${year}-01-01` ? contract.start : `${year}-01-01`;
  const to = contract.end < `${year}-12-31` ? contract.end : `${year}-12-31`;
  const whole = (await soldByWeek(store, [account.id], { from, to })).filter((row) => addDays(row.week, 6) <= day);
  const sum = (rows: typeof whole): Volume & { margin: number; costed: boolean } => ({
    net_sales: rows.reduce((s, r) => s + r.net_sales_minor, 0),
    units: Math.round(rows.reduce((s, r) => s + r.units, 0)),
    margin: rows.reduce((s, r) => s + r.net_sales_minor - r.at_cost_minor, 0),
    costed: rows.some((r) => r.at_cost_minor > 0),
  });
  const { margin, costed, ...volume } = sum(whole);
  const tier = nextTier(contract.tiers, volume);
  const reached = reachedTier(contract.tiers, volume);
  const measuredTo = whole.at(-1)?.week ?? null;
  return {
    from,
    to,
    measured_to: measuredTo,
    volume,
    reached,
    bonus: bonusAt(contract.tiers, volume),
    next: tier && step(tier, reached, volume, costed ? margin : null),
    expected:
      measuredTo === null ? null : await wholeYear(store, account, contract.tiers, { from, to, measuredTo, volume }),
  };
}

function step(tier: TierRow, reached: TierRow | null, volume: Volume, margin: number | null) {
  const missing = tier.threshold - volume[tier.measure];
  const perUnit = volume.units > 0 ? volume.net_sales / volume.units : 0;
  const money = tier.measure === "net_sales" ? missing : missing * perUnit;
  const share = margin === null || volume.net_sales === 0 ? null : margin / volume.net_sales;
  return {
    tier,
    missing,
    extra_bonus: Math.round((tier.rate - (reached?.rate ?? 0)) * (volume.net_sales + money)),
    margin_of_missing: share === null ? null : Math.round(money * share),
  };
}

/** This year so far, with the rest of it as its part was of the year before. */
async function wholeYear(
  store: Store,
  account: VisibleAccount,
  tiers: readonly TierRow[],
  { from, to, measuredTo, volume }: { from: string; to: string; measuredTo: string; volume: Volume },
): Promise<BonusStanding["expected"]> {
  const before = { from: addMonths(from, -12), to: addMonths(to, -12) };
  const rows = await soldByWeek(store, [account.id], before);
  // As many whole weeks of the year before as this one has so far.
  const weeks = weeksOf({ from, to: measuredTo }).filter((week) => week >= from).length;
  if (rows.length <= weeks) return null;
  const scale = (of: (row: (typeof rows)[number]) => number): number => {
    const sums = rows.map(of);
    const then = sums.slice(0, weeks).reduce((s, v) => s + v, 0);
    return then > 0 ? sums.reduce((s, v) => s + v, 0) / then : 1;
  };
  const expected = {
    net_sales: Math.round(volume.net_sales * scale((row) => row.net_sales_minor)),
    units: Math.round(volume.units * scale((row) => row.units)),
  };
  return { ...expected, tier: reachedTier(tiers, expected), bonus: bonusAt(tiers, expected) };
}
