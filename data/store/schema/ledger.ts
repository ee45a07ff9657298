import type { Generated } from "kysely";

/** One movement of trade money; its postings sum to zero. Append-only by trigger. */
export interface JournalTable {
  id: Generated<number>;
  date: string;
  kind:
    | "opening"
    | "grant"
    | "transfer"
    | "plan"
    | "commit"
    | "accrue"
    | "true_up"
    | "claim"
    | "settle"
    | "release"
    | "reverse";
  promotion_id: number | null;
  claim_id: number | null;
  transfer_id: number | null;
  /** The Monday of the week that an accrual is for. */
  week: string | null;
  /** The journal that this one takes back; each is taken back once. */
  reverses: number | null;
  memo: string | null;
  by: string;
}

export interface PostingTable {
  id: Generated<number>;
  journal_id: number;
  /** A state of a fund's money, or one of the four real accounts of the books. */
  ledger:
    | "granted"
    | "allocated"
    | "available"
    | "planned"
    | "committed"
    | "accrued"
    | "claimed"
    | "settled"
    | "expense"
    | "liability"
    | "payable"
    | "paid";
  /** Null for what was paid from no fund. */
  fund_id: number | null;
  promotion_id: number | null;
  claim_id: number | null;
  amount_minor: number;
  currency: string;
}
