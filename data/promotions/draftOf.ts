import type { Period } from "../common/dates.ts";
import { toMajor } from "../common/money.ts";
import type { PromotionTable } from "../store/schema/promotions.ts";
import { type GivenWindows, type PromotionDraft, windowsOf } from "./draft.ts";

type Row = Pick<
  PromotionTable,
  | "account_id"
  | "name"
  | "series"
  | "mechanic"
  | "discount"
  | "price_off_minor"
  | "get_n"
  | "pay_n"
  | "redemption"
  | "feature"
  | "display"
  | "payment"
  | "start"
  | "end"
  | "buy_in_start"
  | "buy_in_end"
  | "scan_start"
  | "scan_end"
  | "note"
> & { readonly fixed_spend_minor: number; readonly currency: string };

interface Line {
  readonly product_id: number;
  readonly allowance_minor: number;
  readonly planned_units: number | null;
  readonly planned_baseline: number | null;
}

/**
 * A stored promotion as a draft again.
 * @param prices everyday shelf prices of its products, major units incl. tax
 * @param ownUnits what a person plans with instead of the forecast
 */
export function draftOf(
  row: Row,
  lines: readonly Line[],
  spend: readonly { amount_minor: number }[],
  prices: readonly number[],
  ownUnits: number | null,
): PromotionDraft {
  return Object.freeze({
    account_id: row.account_id,
    name: row.name,
    series: row.series,
    mechanic: row.mechanic,
    discount: row.discount,
    price_off_minor: row.price_off_minor,
    get: row.get_n,
    pay: row.pay_n,
    redemption: row.redemption,
    depth: depthOf(row, prices),
    feature: row.feature === 1,
    display: row.display === 1,
    payment: row.payment,
    fixed_spend_minor: row.fixed_spend_minor,
    currency: row.currency,
    start: row.start,
    end: row.end,
    ...givenWindows(row),
    note: row.note,
    lines: lines.map(({ product_id, allowance_minor, planned_units, planned_baseline }) => ({
      product_id,
      allowance_minor,
      planned_units,
      planned_baseline,
    })),
    own_units: ownUnits,
    spend_minor: spend.length ? spend.reduce((sum, s) => sum + s.amount_minor, 0) : null,
  });
}

/** The windows of a stored promotion that are others than its dates give. */
function givenWindows(row: Row): GivenWindows {
  const { buyIn, scan } = windowsOf(row);
  const given = (from: string | null, to: string | null, usual: Period): Period | null =>
    from && to && (from !== usual.from || to !== usual.to) ? { from, to } : null;
  return {
    buy_in: given(row.buy_in_start, row.buy_in_end, buyIn),
    scan: given(row.scan_start, row.scan_end, scan),
  };
}

/** The fraction that a contract's limit is held against (see PromotionDraft.depth). An absolute cut is deepest on the cheapest product. */
export function depthOf(
  offer: Pick<Row, "mechanic" | "discount" | "price_off_minor" | "get_n" | "pay_n" | "redemption">,
  prices: readonly number[],
): number | null {
  if (offer.mechanic === "multibuy" && offer.get_n && offer.pay_n)
    return (1 - offer.pay_n / offer.get_n) * (offer.redemption ?? 1);
  if (!offer.price_off_minor) return offer.discount ?? 0;
  return prices.length ? toMajor(offer.price_off_minor) / Math.min(...prices) : null;
}
