import type { Generated } from "kysely";
import type { PromotionTable } from "./promotions.ts";

export interface ForecastTable {
  id: Generated<number>;
  digest: string;
  made: string;
  made_by: string;
  door: "reply" | "scenario" | "plan" | "draft" | "promotion";
  data_version: number;
  method: string;
  account_id: number;
  start: string;
  end: string;
  mechanic: PromotionTable["mechanic"];
  depth: number;
  spec: string;
  currency: string;
}

export interface ForecastFigureTable {
  forecast_id: number;
  figure: "baseline" | "units" | "true_incremental" | "net_profit";
  mean: number;
  q025: number;
  q10: number;
  q90: number;
  q975: number;
}

export interface ForecastUseTable {
  id: Generated<number>;
  promotion_id: number;
  forecast_id: number;
  step: "draft" | "approved";
  at: string;
  by: string;
}

export interface PlanOverrideTable {
  id: Generated<number>;
  promotion_id: number;
  forecast_id: number | null;
  units: number | null;
  at: string;
  by: string;
}
