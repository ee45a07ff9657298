import type { Generated } from "kysely";

export interface SalesWeekTable {
  account_id: number;
  product_id: number;
  week: string;
  units: number;
  retail_value_minor: number | null;
  net_sales_minor: number | null;
  price: number | null;
  base_price: number | null;
  base_units: number | null;
  promoted: Generated<number>;
  feature: Generated<number>;
  display: Generated<number>;
  distribution: number | null;
  out_of_stock: Generated<number>;
}

export interface ShipmentWeekTable {
  account_id: number;
  product_id: number;
  week: string;
  units: number;
  ordered: number | null;
}

export interface CategoryWeekTable {
  account_id: number;
  category_id: number;
  week: string;
  volume: number;
  value_minor: number;
  own_share: number;
  competitor_share: number;
  private_label_share: number;
  price_index: number;
}

export interface HolidayTable {
  date: string;
  name: string;
  country: string;
}
