import { toMajor } from "../../../../data/common/money.ts";
import type { PnlMonth } from "../../../../data/pnl/pnl.service.ts";
import {
  grossMargin,
  marginBeforePromotions,
  NOTHING,
  netRevenue,
  type Pnl,
  paidLater,
  plus,
  promotionSpend,
  terms,
} from "../../../../data/pnl/steps.ts";

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** A profit and loss as tools give it: major units, rates of gross sales. */
export function pnlJson(p: Pnl) {
  const net = netRevenue(p);
  return {
    weeks: p.weeks,
    units: p.units,
    gross_sales: toMajor(p.gross_sales),
    off_invoice: toMajor(p.off_invoice),
    net_sales: toMajor(p.net_sales),
    bill_back: toMajor(p.bill_back),
    scan_back: toMajor(p.scan_back),
    lump_sum: toMajor(p.lump_sum),
    slotting: toMajor(p.slotting),
    mdf: toMajor(p.mdf),
    other_claims: toMajor(p.other_claims),
    promotion_spend: toMajor(paidLater(p)),
    promotion_spend_booked: toMajor(promotionSpend(p)),
    promotions_on_invoice: toMajor(p.promotions_on_invoice),
    rebates: toMajor(p.rebates),
    bonus: toMajor(p.bonus),
    contract_sums: toMajor(p.contract_sums),
    terms: toMajor(terms(p)),
    net_revenue: toMajor(net),
    cost_of_goods: toMajor(p.cost_of_goods),
    gross_margin: toMajor(grossMargin(p)),
    margin_before_promotions: toMajor(marginBeforePromotions(p)),
    net_to_gross: ratio(net, p.gross_sales),
    trade_rate: ratio(p.gross_sales - net, p.gross_sales),
    margin_rate: ratio(grossMargin(p), net),
  };
}

/** A plan, or what of it is due: major units; null for a part that was not planned. */
export interface PlanJson {
  readonly gross_sales: number;
  readonly off_invoice: number | null;
  readonly promotion_spend: number | null;
  readonly terms: number | null;
  readonly net_revenue: number | null;
  readonly cost_of_goods: number | null;
  readonly gross_margin: number | null;
}

/**
 * The plan of some months together, each by its part that is due; null where a month of them has none.
 * @param share the part of a month's plan that counts
 */
export function planJson(months: readonly PnlMonth[], share: (month: PnlMonth) => number): PlanJson | null {
  const counted = months.filter((month) => share(month) > 0);
  if (!counted.length || counted.some((month) => month.plan === null)) return null;
  const sum = (key: "off_invoice_minor" | "promotion_spend_minor" | "terms_minor" | "cost_minor"): number | null => {
    const parts = counted.map((month) => ({ value: month.plan![key], share: share(month) }));
    return parts.some((part) => part.value === null)
      ? null
      : Math.round(parts.reduce((total, part) => total + part.value! * part.share, 0));
  };
  const gross = Math.round(counted.reduce((total, month) => total + month.plan!.gross_sales_minor * share(month), 0));
  const [off, spend, agreed, cost] = [
    sum("off_invoice_minor"),
    sum("promotion_spend_minor"),
    sum("terms_minor"),
    sum("cost_minor"),
  ];
  const net = off === null || spend === null || agreed === null ? null : gross - off - spend - agreed;
  const margin = net === null || cost === null ? null : net - cost;
  const major = (minor: number | null): number | null => (minor === null ? null : toMajor(minor));
  return {
    gross_sales: toMajor(gross),
    off_invoice: major(off),
    promotion_spend: major(spend),
    terms: major(agreed),
    net_revenue: major(net),
    cost_of_goods: major(cost),
    gross_margin: major(margin),
  };
}

/** Actual less plan, and as a share of the plan. */
const against = (actual: number, plan: number | null | undefined) =>
  plan == null
    ? null
    : { difference: Math.round((actual - plan) * 100) / 100, share: plan === 0 ? null : actual / plan - 1 };

/** Some months in one row: actual, what of the plan is due by then, and the difference. */
export function sumOf(months: readonly PnlMonth[]) {
  const actual = pnlJson(months.reduce((sum, month) => plus(sum, month.actual), NOTHING));
  const plan = planJson(months, (month) => month.due);
  return {
    ...actual,
    plan,
    against_plan: plan && {
      gross_sales: against(actual.gross_sales, plan.gross_sales),
      net_revenue: against(actual.net_revenue, plan.net_revenue),
      gross_margin: against(actual.gross_margin, plan.gross_margin),
    },
  };
}
export type PnlRow = ReturnType<typeof sumOf>;

const STEPS = [
  ["gross_sales", 1],
  ["off_invoice", -1],
  ["net_sales", 1],
  ["bill_back", -1],
  ["scan_back", -1],
  ["lump_sum", -1],
  ["slotting", -1],
  ["mdf", -1],
  ["other_claims", -1],
  ["rebates", -1],
  ["bonus", -1],
  ["contract_sums", -1],
  ["net_revenue", 1],
  ["cost_of_goods", -1],
  ["gross_margin", 1],
] as const;
const SUMS: ReadonlySet<string> = new Set(["gross_sales", "net_sales", "net_revenue", "gross_margin"]);

/** From gross sales down to margin, what is taken off below 0; a step of nothing is left out. */
export const stepsOf = (row: PnlRow) =>
  STEPS.flatMap(([step, sign]) => {
    const amount = sign * row[step];
    if (amount === 0 && !SUMS.has(step)) return [];
    return [{ step, amount, of_gross: ratio(amount, row.gross_sales) }];
  });
