import type { Generated } from "kysely";

export type TargetMeasure = "net_sales" | "units" | "share" | "net_roi" | "distribution" | "spend_rate";

/** What was agreed for an account and a period. */
export interface TargetTable {
  id: Generated<number>;
  account_id: number;
  measure: TargetMeasure;
  start: string;
  end: string;
  category_id: number | null;
  /** Units, or a fraction; null where it is money. */
  value: number | null;
  value_minor: number | null;
  currency: string | null;
  set_by: string;
  set_at: string;
  note: string | null;
}

/** The year's plan of an account by month; a part that was not planned is null. */
export interface PlanMonthTable {
  account_id: number;
  /** "2026-11" */
  month: string;
  units: number | null;
  gross_sales_minor: number;
  off_invoice_minor: number | null;
  promotion_spend_minor: number | null;
  terms_minor: number | null;
  cost_minor: number | null;
}
