import type { Generated } from "kysely";

export interface PromotionTable {
  id: Generated<number>;
  code: string;
  series: string | null;
  account_id: number;
  name: string;
  mechanic: "tpr" | "multibuy" | "loyalty_price" | "coupon" | "edlp";
  discount: number | null;
  price_off_minor: number | null;
  get_n: number | null;
  pay_n: number | null;
  redemption: number | null;
  feature: number;
  display: number;
  payment: "off_invoice" | "bill_back" | "scan_back" | "lump_sum" | "slotting" | "mdf";
  fixed_spend_minor: Generated<number>;
  currency: Generated<string>;
  status: "draft" | "submitted" | "approved" | "running" | "ended" | "closed" | "cancelled";
  start: string;
  end: string;
  buy_in_start: string | null;
  buy_in_end: string | null;
  scan_start: string | null;
  scan_end: string | null;
  fund_id: number | null;
  note: string | null;
  created_by: string;
  created_at: string;
  version: Generated<number>;
}

export interface PromotionLineTable {
  promotion_id: number;
  product_id: number;
  allowance_minor: Generated<number>;
  planned_units: number | null;
  planned_baseline: number | null;
}

export interface PromotionHistoryTable {
  id: Generated<number>;
  promotion_id: number;
  at: string;
  from_status: string | null;
  to_status: string;
  by: string;
  reason: string | null;
}

/** A view of the ledger's postings. */
/** A KAM's wish that finance or a manager close a promotion. */
export interface CloseRequestTable {
  id: Generated<number>;
  promotion_id: number;
  requested_by: string;
  date: string;
  reason: string | null;
  status: "open" | "done" | "replaced";
}

/** What people say of a promotion, in its file. */
export interface PromotionCommentTable {
  id: Generated<number>;
  promotion_id: number;
  at: string;
  by: string;
  text: string;
}

/** A proof that was put into a promotion's file: a copy of a file, by the hash of its bytes, or a link. */
export interface PromotionEvidenceTable {
  id: Generated<number>;
  promotion_id: number;
  kind: "leaflet" | "photo" | "scan_report" | "invoice" | "mail" | "other";
  title: string;
  content_hash: string | null;
  media_type: string | null;
  bytes: number | null;
  url: string | null;
  note: string | null;
  at: string;
  by: string;
}

export interface PromotionSpendTable {
  promotion_id: number;
  fund_id: number;
  state: "planned" | "committed" | "accrued" | "settled";
  amount_minor: number;
}

export interface PromotionResultTable {
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
  spend_minor: number;
  incremental_profit_minor: number | null;
  model_id: number | null;
}
