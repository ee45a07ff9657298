import type { Generated } from "kysely";

export interface AccountTable {
  id: Generated<number>;
  code: string;
  name: string;
  channel: string | null;
  country: string | null;
  currency: Generated<string>;
  vat_rate: Generated<number>;
  calendar: Generated<"iso" | "nrf454" | "own">;
  own_week1: string | null;
  owner_id: string | null;
}

export interface AccountAliasTable {
  alias: string;
  account_id: number;
}
