import type { Generated } from "kysely";

export interface ContractTable {
  id: Generated<number>;
  account_id: number;
  start: string;
  end: string;
  off_invoice_rate: Generated<number>;
  rebate_rate: Generated<number>;
  payment_days: Generated<number>;
  usual_payment: Generated<"off_invoice" | "bill_back" | "scan_back" | "lump_sum" | "slotting" | "mdf">;
  max_discount: number;
  notice_days: Generated<number>;
}

export interface ContractMechanicTable {
  contract_id: number;
  mechanic: string;
}

export interface ContractBlackoutTable {
  id: Generated<number>;
  contract_id: number;
  start: string;
  end: string;
  reason: string;
}

export interface ContactTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  title: string;
  email: string | null;
  influence: "decides" | "influences" | "informed";
}
