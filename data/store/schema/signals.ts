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
  /** The feed that brought it, its id there, and where it can be read; null of any other source. */
  feed: string | null;
  guid: string | null;
  url: string | null;
}
