import type { Generated } from "kysely";

export interface ClaimTable {
  id: Generated<number>;
  code: string;
  account_id: number;
  promotion_id: number | null;
  kind: "claim" | "deduction";
  amount_minor: number;
  currency: Generated<string>;
  date: string;
  status: "open" | "paid" | "part_paid" | "disputed";
  settled_minor: number | null;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
  reference: string | null;
}

export interface ClaimRequestTable {
  id: Generated<number>;
  claim_id: number;
  decision: "pay" | "dispute" | "part_pay";
  amount_minor: number | null;
  reason: string | null;
  status: "requested" | "done" | "replaced";
  requested_by: string;
  date: string;
}
