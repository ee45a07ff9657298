/** The steps of a customer's profit and loss, minor units; what is taken off is above 0. */
export interface Pnl {
  readonly weeks: number;
  readonly units: number;
  /** Units sold through, at list price. */
  readonly gross_sales: number;
  /** All that is cut on the invoice: the contract's terms and the allowances of off-invoice promotions. */
  readonly off_invoice: number;
  /** What was invoiced: gross sales less off-invoice. */
  readonly net_sales: number;
  readonly bill_back: number;
  readonly scan_back: number;
  /** Lump sums of promotions, with the fees of those that are paid off-invoice. */
  readonly lump_sum: number;
  readonly slotting: number;
  readonly mdf: number;
  /** Claims that were paid for no promotion. */
  readonly other_claims: number;
  readonly rebates: number;
  readonly bonus: number;
  /** Lump sums of the contract. */
  readonly contract_sums: number;
  readonly cost_of_goods: number;
  /** Of `off_invoice`, what the ledger booked for promotions. */
  readonly promotions_on_invoice: number;
  readonly units_without_net_sales: number;
  readonly units_without_list_price: number;
  readonly units_without_cost: number;
}

export const NOTHING: Pnl = {
  weeks: 0,
  units: 0,
  gross_sales: 0,
  off_invoice: 0,
  net_sales: 0,
  bill_back: 0,
  scan_back: 0,
  lump_sum: 0,
  slotting: 0,
  mdf: 0,
  other_claims: 0,
  rebates: 0,
  bonus: 0,
  contract_sums: 0,
  cost_of_goods: 0,
  promotions_on_invoice: 0,
  units_without_net_sales: 0,
  units_without_list_price: 0,
  units_without_cost: 0,
};

const KEYS = Object.keys(NOTHING) as (keyof Pnl)[];

/** Two parts of a profit and loss in one. */
export const plus = (a: Pnl, b: Partial<Pnl>): Pnl =>
  Object.fromEntries(KEYS.map((key) => [key, a[key] + (b[key] ?? 0)])) as unknown as Pnl;

/** Promotion spend after the invoice. */
export const paidLater = (p: Pnl): number =>
  p.bill_back + p.scan_back + p.lump_sum + p.slotting + p.mdf + p.other_claims;
/** All that the ledger booked for promotions and claims, on the invoice and after it. */
export const promotionSpend = (p: Pnl): number => paidLater(p) + p.promotions_on_invoice;
export const terms = (p: Pnl): number => p.rebates + p.bonus + p.contract_sums;
/** Gross to net (terms.md): gross sales less off-invoice, promotion spend and terms. */
export const netRevenue = (p: Pnl): number => p.net_sales - paidLater(p) - terms(p);
/** After promotion spend. */
export const grossMargin = (p: Pnl): number => netRevenue(p) - p.cost_of_goods;
export const marginBeforePromotions = (p: Pnl): number => grossMargin(p) + promotionSpend(p);
