import type { JournalTable, PostingTable } from "./ledger.ts";
import type { PromotionTable } from "./promotions.ts";

export interface VSalesWeek {
  account: string;
  account_id: number;
  product: string;
  product_id: number;
  brand: string;
  brand_id: number;
  category: string;
  category_id: number;
  week: string;
  units: number;
  net_sales: number | null;
  price: number | null;
  base_price: number | null;
  promoted: number;
  feature: number;
  display: number;
  out_of_stock: number;
  distribution: number | null;
  currency: string;
}

export interface VPromotion {
  promotion: string;
  promotion_id: number;
  account: string;
  account_id: number;
  name: string;
  mechanic: PromotionTable["mechanic"];
  discount: number | null;
  start: string;
  end: string;
  status: PromotionTable["status"];
  feature: number;
  display: number;
  payment: PromotionTable["payment"];
  category: string | null;
  category_id: number | null;
  brand: string | null;
  brand_id: number | null;
  products: string;
  owner: string | null;
  owner_id: string | null;
  price_off: number | null;
  get_n: number | null;
  pay_n: number | null;
  redemption: number | null;
  fixed_spend: number;
  currency: string;
  series: string | null;
  created_by: string;
}

export interface VPromotionResult {
  promotion: string;
  promotion_id: number;
  units: number;
  baseline: number;
  gross_incremental: number;
  dip: number;
  cannibalised: number;
  halo: number;
  true_incremental: number;
  low: number;
  high: number;
  spend: number;
  incremental_profit: number | null;
  net_roi: number | null;
  gross_roi: number | null;
  uplift: number | null;
}

export interface VBudget {
  account: string;
  account_id: number;
  fund: string;
  fund_id: number;
  period: string;
  amount: number;
  planned: number;
  committed: number;
  accrued: number;
  settled: number;
  left: number;
  currency: string;
  /** Of the accrued, what accounts have claimed. */
  claimed: number;
}

export interface VLedger {
  journal: number;
  line: number;
  date: string;
  kind: JournalTable["kind"];
  ledger: PostingTable["ledger"];
  amount: number;
  currency: string;
  fund: string | null;
  fund_id: number | null;
  account: string | null;
  account_id: number | null;
  promotion: string | null;
  promotion_id: number | null;
  claim: string | null;
  claim_id: number | null;
  week: string | null;
  reverses: number | null;
  memo: string | null;
  by: string;
}

export interface VFund {
  fund: string;
  fund_id: number;
  account: string | null;
  account_id: number | null;
  parent: string | null;
  parent_id: number | null;
  brand: string | null;
  brand_id: number | null;
  category: string | null;
  category_id: number | null;
  rate: number | null;
  start: string;
  end: string;
  granted: number;
  allocated: number;
  left: number;
  currency: string;
}
