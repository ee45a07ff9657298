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

/** From the threshold on (minor units of money, or units) a year's volume earns the rate of its net sales. */
export interface ContractTierTable {
  contract_id: number;
  measure: "net_sales" | "units";
  threshold: number;
  rate: number;
}

export interface ContractLumpSumTable {
  contract_id: number;
  due: string;
  what: string;
  amount_minor: number;
}

export interface ContactTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  title: string;
  email: string | null;
  influence: "decides" | "influences" | "informed";
}
