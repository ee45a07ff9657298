import type { Generated } from "kysely";

export interface FundTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  start: string;
  end: string;
  amount_minor: number;
  currency: Generated<string>;
}

export interface FundTransferTable {
  id: Generated<number>;
  from_fund: number;
  to_fund: number;
  amount_minor: number;
  status: "requested" | "done" | "rejected";
  requested_by: string;
  decided_by: string | null;
  date: string;
  note: string | null;
}
