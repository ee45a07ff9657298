import type { Generated } from "kysely";

export interface CategoryTable {
  id: Generated<number>;
  name: string;
}

export interface BrandTable {
  id: Generated<number>;
  name: string;
  category_id: number;
}

export interface ProductTable {
  id: Generated<number>;
  code: string;
  name: string;
  brand_id: number;
  pack_size: number | null;
  pack_unit: string | null;
  cost_minor: number | null;
  list_price_minor: number | null;
  currency: Generated<string>;
  launched: string | null;
  delisted: string | null;
  units_per_case: number | null;
}

export interface ListingTable {
  account_id: number;
  product_id: number;
  start: string;
  end: string | null;
}
