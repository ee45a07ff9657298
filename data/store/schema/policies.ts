import type { Generated } from "kysely";

export interface PolicyOverrideTable {
  id: Generated<number>;
  promotion_id: number;
  /** The rule of a check, such as `budget`. */
  rule: string;
  reason: string;
  by: string;
  date: string;
  /** When it was taken back; it counts no more from then on. */
  ended: string | null;
}
