import type { Generated } from "kysely";

export interface SignalTable {
  id: Generated<number>;
  account_id: number | null;
  category_id: number | null;
  kind: "competitor_promotion" | "competitor_price" | "category_price" | "event" | "news";
  competitor: string | null;
  start: string;
  end: string;
  value: number | null;
  text: string;
  source: string;
  reported: string;
}
