import { addDays, daysBetween } from "../common/dates.ts";
import type { Store } from "../store/open.ts";
import type { FundBalance } from "./funds.repo.ts";
import { committedAndSpent, expenseSince, lastPlannedDay } from "./outlook.repo.ts";

/** What a fund will have spent by its end, major units, with an 80 % range and what it is made of. */
export interface FundOutlook {
  readonly spend: number;
  readonly low: number;
  readonly high: number;
  /** Accrued and settled: certain. */
  readonly recognised: number;
  /** Planned and committed, times what such money came to before. */
  readonly calendar: number;
  /** What spent money came to, as a share of what was committed, and over how many promotions; null where none ended. */
  readonly ratio: number | null;
  readonly promotions: number;
  /** Days that nothing is planned for yet, at the pace of the last 26 weeks. */
  readonly unplanned: number;
  readonly unplanned_weeks: number;
  /** True where the expected spend passes the fund. */
  readonly passes: boolean;
}

/** Standard normal at 90 %: the range holds 80 %. */
const Z = 1.2816;
const PACE_WEEKS = 26;

/** The year-end forecast of a fund; null for one that is over or has not begun. */
export async function outlookOf(store: Store, fund: FundBalance): Promise<FundOutlook | null> {
  const { today } = store;
  if (fund.end < today || fund.start > today) return null;
  const past = (await committedAndSpent(store, fund.account_id, addDays(today, -365))).filter((p) => p.committed > 0);
  const ratios = past.map((p) => p.spent / p.committed);
  const ratio = ratios.length ? mean(ratios) : null;
  const recognised = fund.accrued + fund.settled;
  const open = fund.planned + fund.committed;
  const calendar = open * (ratio ?? 1);
  const since = addDays(today, -7 * PACE_WEEKS);
  const weeks = new Array<number>(PACE_WEEKS).fill(0);
  for (const { date, amount_minor } of await expenseSince(store, fund.fund_id, since)) {
    const week = Math.min(PACE_WEEKS - 1, Math.floor(daysBetween(since, date) / 7));
    weeks[week] = (weeks[week] ?? 0) + amount_minor / 100;
  }
  const planned = (await lastPlannedDay(store, fund.fund_id)) ?? today;
  const free = Math.max(0, daysBetween(planned > today ? planned : today, fund.end)) / 7;
  const unplanned = free * mean(weeks);
  const spread = Z * Math.hypot(open * sd(ratios), sd(weeks) * Math.sqrt(free));
  const spend = recognised + calendar + unplanned;
  const cents = (value: number): number => Math.round(value * 100) / 100;
  return {
    spend: cents(spend),
    low: cents(Math.max(recognised, spend - spread)),
    high: cents(spend + spread),
    recognised: cents(recognised),
    calendar: cents(calendar),
    ratio,
    promotions: ratios.length,
    unplanned: cents(unplanned),
    unplanned_weeks: Math.round(free),
    passes: spend > fund.amount,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const sd = (values: readonly number[]): number => {
  if (values.length < 2) return 0;
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1));
};
