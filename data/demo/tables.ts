import type { Insertable } from "kysely";
import type { Schema } from "../store/schema/index.ts";

/** The tables that the demo market fills, parents before children: this is the order in which they are written. */
export const TABLE_ORDER = [
  "person",
  "account",
  "account_alias",
  "contract",
  "contract_mechanic",
  "contract_blackout",
  "contract_tier",
  "contract_lump_sum",
  "contact",
  "category",
  "brand",
  "product",
  "listing",
  "holiday",
  "sales_week",
  "shipment_week",
  "category_week",
  "fund",
  "promotion",
  "promotion_line",
  "promotion_history",
  "supply_order",
  "claim",
  "journal",
  "posting",
  "account_store",
  "visit",
  "shelf_check",
  "activity",
  "signal",
  "plan_month",
  "target",
  "truth_parameter",
  "truth_promotion",
  "truth_baseline",
] as const satisfies readonly (keyof Schema)[];

export type TableName = (typeof TABLE_ORDER)[number];
/** Rows by table. */
export type Tables = { readonly [T in TableName]: readonly Insertable<Schema[T]>[] };
