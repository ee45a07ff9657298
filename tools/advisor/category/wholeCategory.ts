import { weekIndex } from "../../../data/common/dates.ts";
import { type CategoryWeek, categoryWeeks } from "../../../data/sales/category.service.ts";
import { type PartsBaseline, partsBaseline } from "../../../forecasting/index.ts";
import type { ToolContext } from "../../define.ts";
import { runUpKey, shareOfWeek } from "../../fitting/calendarDrivers.ts";
import { DIP_WEEKS } from "../../fitting/events.ts";
import { type MarketBook, rivalDepth } from "../../fitting/marketBook.ts";
import { SEASON } from "../../fitting/storePanel.ts";

/** A week counts as promoted where a promotion runs on this share of its days. */
const PROMOTED_SHARE = 0.4;

/** One category at one account over all its weeks, with what it would have been without our promotions. */
export interface WholeCategory {
  readonly account_id: number;
  readonly category_id: number;
  readonly category: string;
  readonly weeks: readonly CategoryWeek[];
  /** Null where too few weeks were free of our promotions. */
  readonly baseline: PartsBaseline | null;
  /** Positions of the weeks that a promotion ran in. */
  rowsIn(period: { readonly start: string; readonly end: string }): number[];
  /** Positions of the weeks after it in which its dip is looked for and nothing else of ours ran. */
  rowsAfter(period: { readonly start: string; readonly end: string }): number[];
}

/** Every category of some accounts with its baseline: quiet weeks, the year's wave, trend, holidays and competitors' promotions. */
export async function wholeCategories(
  context: ToolContext,
  book: MarketBook,
  accountIds: readonly number[],
  categoryIds: readonly number[] | undefined,
): Promise<WholeCategory[]> {
  const rows = await categoryWeeks(context.actor, context.store, { accountIds, categoryIds });
  return [...Map.groupBy(rows, (row) => `${row.account_id}|${row.category_id}`).values()].map((weeks) =>
    wholeCategory(book, weeks),
  );
}

function wholeCategory(book: MarketBook, weeks: readonly CategoryWeek[]): WholeCategory {
  const { account_id, category_id, category } = weeks[0]!;
  const ours = book.promotions.filter(
    (p) =>
      p.account_id === account_id &&
      (book.linesOf.get(p.id) ?? []).some((l) => book.productById.get(l.product_id)?.category_id === category_id),
  );
  const n = weeks.length;
  const week = Int32Array.from(weeks, (row) => weekIndex(row.week));
  const promoted = new Uint8Array(n);
  const touched = new Uint8Array(n);
  weeks.forEach((row, i) => {
    for (const p of ours) {
      if (shareOfWeek(row.week, p.start, p.end) > 0) touched[i] = 1;
      if (shareOfWeek(row.week, p.start, p.end) >= PROMOTED_SHARE) promoted[i] = 1;
      const after = week[i]! - weekIndex(p.end);
      if (after > 0 && after <= DIP_WEEKS) touched[i] = 1;
    }
  });
  const country = book.accountById.get(account_id)?.country ?? null;
  const part = (share: (row: CategoryWeek) => number) => Float64Array.from(weeks, (row) => row.volume * share(row));
  const baseline = partsBaseline(
    {
      week,
      parts: [part((r) => r.own_share), part((r) => r.competitor_share), part((r) => r.private_label_share)],
      context: [
        // The deeper a competitor cuts, the less each further point moves.
        Float64Array.from(week, (w) => Math.log1p(rivalDepth(book, account_id, category_id, w))),
        ...[...book.runUps.values()].map((byWeek) =>
          Float64Array.from(week, (w) => byWeek.get(runUpKey(country, w)) ?? 0),
        ),
      ],
      quiet: touched.map((t) => 1 - t),
    },
    SEASON,
  );
  return {
    account_id,
    category_id,
    category,
    weeks,
    baseline,
    rowsIn: ({ start, end }) =>
      weeks.flatMap((row, i) => (shareOfWeek(row.week, start, end) >= PROMOTED_SHARE ? [i] : [])),
    rowsAfter: ({ end }) =>
      weeks.flatMap((_, i) => {
        const after = week[i]! - weekIndex(end);
        return after > 0 && after <= DIP_WEEKS && !promoted[i] ? [i] : [];
      }),
  };
}
