import type { Generated } from "kysely";

/** A store of an account; an account may have none here, and then any store may be visited. */
export interface AccountStoreTable {
  id: Generated<number>;
  account_id: number;
  name: string;
  code: string | null;
}

export interface VisitTable {
  id: Generated<number>;
  account_id: number;
  promotion_id: number | null;
  date: string;
  store: string;
  source: string;
  /** Its id at the system that sent it. */
  external_id: Generated<string | null>;
}

export interface ShelfCheckTable {
  visit_id: number;
  product_id: number;
  on_shelf: number;
  display_present: number;
  feature_present: number | null;
  price_seen: number | null;
  /** How sure image recognition is of what it saw, 0 to 1; null where a person looked. */
  confidence: Generated<number | null>;
  facings: Generated<number | null>;
  /** Share of the product's places on the shelf that were filled, 0 to 1. */
  availability: Generated<number | null>;
  display_type: Generated<string | null>;
  /** Where the photo is kept: a reference, never opened. */
  photo: Generated<string | null>;
}
