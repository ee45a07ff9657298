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

/** Part of a claim that is for one promotion, as a person matched it; a claim without any is for the promotion that it names. */
export interface ClaimAllocationTable {
  claim_id: number;
  promotion_id: number;
  amount_minor: number;
  currency: string;
}

/** What each claim is for: matched by a person, or (`matched` 0) the promotion that the claim names, whole. */
export interface VClaimAllocation {
  claim: string;
  claim_id: number;
  promotion: string;
  promotion_id: number;
  amount: number;
  amount_minor: number;
  currency: string;
  matched: number;
}

/** A letter to the retailer as it was approved with a decision or a request for one. */
export interface ClaimLetterTable {
  id: Generated<number>;
  claim_id: number;
  decision: "pay" | "dispute" | "part_pay";
  recipient: string;
  body: string;
  status: "requested" | "approved" | "withdrawn";
  written_by: string;
  date: string;
}
