import type { Generated } from "kysely";

export interface ImportRunTable {
  id: Generated<number>;
  file_hash: string;
  map_hash: string;
  kind: string;
  file: string;
  started_at: string;
  rows_done: Generated<number>;
  written: Generated<number>;
  rejected: Generated<number>;
  finished: Generated<number>;
}
