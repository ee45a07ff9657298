import type { ContractTable } from "../store/schema/contracts.ts";

/** What a contract says from one day to another; rates are fractions, money minor units of the account's currency. */
export interface Terms extends Pick<ContractTable, "start" | "end" | "max_discount"> {
  readonly off_invoice_rate?: number;
  readonly rebate_rate?: number;
  readonly payment_days?: number;
  readonly notice_days?: number;
  readonly mechanics: readonly string[];
  readonly blackouts?: readonly { readonly start: string; readonly end: string; readonly reason: string }[];
  readonly tiers?: readonly {
    readonly measure: "net_sales" | "units";
    readonly threshold: number;
    readonly rate: number;
  }[];
  readonly lump_sums?: readonly { readonly due: string; readonly what: string; readonly amount_minor: number }[];
}
