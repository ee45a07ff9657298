import { addDays, daysBetween, overlaps, type Period } from "../../../data/common/dates.ts";
import { type Execution, executionOf } from "../../../data/execution/execution.service.ts";
import { holidays } from "../../../data/holidays/holidays.repo.ts";
import {
  type EventLine,
  type EventResult,
  type EventRow,
  promotionResults,
  promotionsOf,
} from "../../../data/results/results.service.ts";
import { deliveries, measuresSupport, type SalesWeek, weeklySales } from "../../../data/sales/sales.service.ts";
import { type Signal, signalsFor } from "../../../data/signals/signals.service.ts";
import type { ToolContext } from "../../define.ts";
import { mean } from "../../statistics.ts";

/** Weeks before a promotion in which another of the same products can have pulled its volume forward. */
const BEFORE_WEEKS = 4;
/** A week counts as short of stock from this share of it on. */
export const SHORT_FROM = 0.1;

/** What the store holds about the weeks of a promotion. */
export interface Evidence {
  readonly signals: readonly Signal[];
  readonly execution: Execution | null;
  readonly supportMeasured: { readonly display: boolean; readonly feature: boolean };
  readonly sales: readonly SalesWeek[];
  readonly deliveries: { readonly ordered: number; readonly shipped: number } | null;
  /** Results of the same products' promotions that ended in the weeks before, the nearest last. */
  readonly before: readonly EventResult[];
  /** Our other promotions at the account, in the same category and weeks. */
  readonly beside: readonly EventRow[];
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
}

/** Reads what may have made a promotion go as it went; a search that finds nothing is evidence too. @param country of the account, for its holidays */
export async function gatherEvidence(
  context: ToolContext,
  event: EventResult,
  lines: readonly EventLine[],
  country: string | null,
): Promise<Evidence> {
  const { actor, store } = context;
  const window: Period = { from: event.start, to: event.end };
  const productIds = lines.map((line) => line.product_id);
  const categoryIds = [...new Set(lines.map((line) => line.category_id))];
  const accountIds = [event.account_id];
  const ours = await promotionsOf(actor, store, { accountIds });
  const agreed = ours.filter((row) => ["approved", "running", "ended", "closed"].includes(row.status));
  return {
    signals: await signalsFor(actor, store, { accountIds, categoryIds, period: window }),
    execution: (await executionOf(actor, store, [event])).get(event.promotion_id) ?? null,
    supportMeasured: await measuresSupport(store, event.account_id),
    sales: await weeklySales(actor, store, {
      accountIds,
      productIds,
      period: { from: addDays(event.start, -6), to: event.end },
    }),
    deliveries: await deliveries(actor, store, event.account_id, productIds, {
      from: addDays(event.start, -13),
      to: event.end,
    }),
    before: (
      await promotionResults(actor, store, {
        accountIds,
        productIds,
        endsIn: { from: addDays(event.start, -7 * BEFORE_WEEKS), to: addDays(event.start, -1) },
      })
    ).filter((row) => row.promotion_id !== event.promotion_id),
    beside: agreed.filter(
      (row) =>
        row.promotion_id !== event.promotion_id &&
        row.category_id !== null &&
        categoryIds.includes(row.category_id) &&
        overlaps({ from: row.start, to: row.end }, window),
    ),
    holidays: (await holidays(store, window)).filter((day) => country === null || day.country === country),
  };
}

/** Out of stock, price and support in the window, as the sales rows show them; means over rows, null where not known. */
export function seenInSales(sales: readonly SalesWeek[]) {
  const cuts = sales.flatMap((row) => (row.price && row.base_price ? [1 - row.price / row.base_price] : []));
  const short = sales.filter((row) => row.out_of_stock >= SHORT_FROM);
  return {
    out_of_stock: mean(sales.map((row) => row.out_of_stock)),
    short_weeks: new Set(short.map((row) => row.week)).size,
    short_products: new Set(short.map((row) => row.product_id)).size,
    price_cut: mean(cuts),
    display: mean(sales.map((row) => row.display)),
    feature: mean(sales.map((row) => row.feature)),
    distribution: mean(sales.flatMap((row) => (row.distribution === null ? [] : [row.distribution]))),
  };
}

/** An earlier promotion as a result names it, with the days that lie between. */
export const earlierJson = (row: EventResult, start: string) => ({
  promotion: row.promotion,
  name: row.name,
  end: row.end,
  discount: row.discount,
  days_before: daysBetween(row.end, start) - 1,
  gross_incremental: row.gross_incremental,
});
