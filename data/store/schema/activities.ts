import type { Generated } from "kysely";

export interface ActivityTable {
  id: Generated<number>;
  account_id: number;
  kind: string;
  date: string;
  text: string;
  next_step: string | null;
  by: string;
}
