import type { Generated } from "kysely";

export interface ActivityTable {
  id: Generated<number>;
  account_id: number;
  kind: string;
  date: string;
  text: string;
  next_step: string | null;
  by: string;
  /** When the next step falls due, and when and by whom it was done. */
  due: string | null;
  done_at: string | null;
  done_by: string | null;
}
