import type { Generated } from "kysely";

export interface TruthParameterTable {
  name: string;
  account_id: Generated<number>;
  product_id: Generated<number>;
  value: number;
}

export interface TruthPromotionTable {
  promotion_id: number;
  baseline: number;
  gross_incremental: number;
  dip: number;
  cannibalised: number;
  halo: number;
  true_incremental: number;
  cause: string | null;
}

export interface TruthBaselineTable {
  account_id: number;
  product_id: number;
  week: string;
  baseline: number;
}
