import type { Generated } from "kysely";

export interface VisitTable {
  id: Generated<number>;
  account_id: number;
  promotion_id: number | null;
  date: string;
  store: string;
  source: string;
}

export interface ShelfCheckTable {
  visit_id: number;
  product_id: number;
  on_shelf: number;
  display_present: number;
  feature_present: number | null;
  price_seen: number | null;
}
