import type { VisibleAccount } from "../../../data/accounts/accounts.service.ts";
import { addDays, mondayOf, overlaps, weekFromIndex, weekIndex } from "../../../data/common/dates.ts";
import type { PlanningTerms } from "../../../data/contracts/contracts.service.ts";
import { promotionsInWindow } from "../../../data/promotions/checks/checks.repo.ts";
import type { Store } from "../../../data/store/open.ts";
import type { PlanRules } from "./rules.ts";

/** A promotion that stands already, by its days and one of its products. */
type Standing = Awaited<ReturnType<typeof promotionsInWindow>>[number];

/** An account's promotions around a period, far enough to keep distance from. */
export function standingAround(store: Store, account: VisibleAccount, rules: PlanRules): Promise<Standing[]> {
  const days = 7 * Math.max(rules.gap, rules.brandGap);
  const around = { from: addDays(rules.period.from, -days), to: addDays(rules.period.to, days) };
  return promotionsInWindow(store, account.id, around, null);
}

/** Mondays (week index) on which a promotion may start: inside the period, after the notice, outside blackouts. */
export function openStarts(store: Store, terms: PlanningTerms | null, { period, weeks }: PlanRules): number[] {
  const earliest = addDays(store.today, terms?.notice_days ?? 1);
  const out: number[] = [];
  for (let start = weekIndex(mondayOf(addDays(period.from, 6))); ; start++) {
    const window = { from: weekFromIndex(start), to: addDays(weekFromIndex(start), 7 * weeks - 1) };
    if (window.to > period.to) return out;
    if (window.from < earliest) continue;
    if (terms?.blackouts.some((b) => overlaps({ from: b.start, to: b.end }, window))) continue;
    out.push(start);
  }
}

/** Those of the starts that keep products and brand away from what stands already. */
export function freeStarts(
  starts: readonly number[],
  standing: readonly Standing[],
  brandId: number,
  productIds: readonly number[],
  { weeks, gap, brandGap }: PlanRules,
): number[] {
  return starts.filter((start) => {
    const near = (weeksApart: number) => ({
      from: addDays(weekFromIndex(start), -7 * weeksApart),
      to: addDays(weekFromIndex(start), 7 * (weeks + weeksApart) - 1),
    });
    return !standing.some((s) => {
      const days = { from: s.start, to: s.end };
      return (
        (s.brand_id === brandId && overlaps(days, near(brandGap))) ||
        (productIds.includes(s.product_id) && overlaps(days, near(gap)))
      );
    });
  });
}
