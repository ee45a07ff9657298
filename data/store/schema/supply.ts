import type { Generated } from "kysely";

/** A line of an order as the system that took it tells it; quantities are units. */
export interface SupplyOrderTable {
  id: Generated<number>;
  source: "erp" | "dms" | "b2b_shop";
  code: string;
  line: Generated<string>;
  account_id: number;
  product_id: number;
  promotion_id: number | null;
  ordered_on: string;
  requested: string;
  confirmed: string | null;
  ordered: number;
  confirmed_units: number | null;
  delivered: Generated<number>;
  status: Generated<"open" | "closed" | "cancelled">;
}

/** Orders that are open, by the names people read; `due` is what is still to come, what was not confirmed left out. */
export interface VOpenOrder {
  source: string;
  order: string;
  line: string;
  account: string;
  account_id: number;
  product: string;
  product_id: number;
  promotion: string | null;
  promotion_id: number | null;
  ordered_on: string;
  requested: string;
  confirmed: string | null;
  ordered: number;
  confirmed_units: number | null;
  delivered: number;
  due: number;
}
