import type { Generated } from "kysely";

export interface FundTable {
  id: Generated<number>;
  /** Null for one that only gives its money to the funds below it. */
  account_id: number | null;
  /** The fund that its money comes out of. */
  parent_id: number | null;
  name: string;
  start: string;
  end: string;
  /** What it pays for, where that is not everything. */
  brand_id: number | null;
  category_id: number | null;
  /** Share of the net sales of its scope that it is granted week by week; null where it is granted a sum. */
  rate: number | null;
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
