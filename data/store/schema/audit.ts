import type { Generated } from "kysely";

export interface AuditTable {
  id: Generated<number>;
  at: string;
  actor: string;
  action: string;
  entity: string;
  entity_id: string;
  before: string | null;
  after: string | null;
  previous_hash: string;
  hash: string;
}

export interface AppliedChangeTable {
  key: string;
  kind: string;
  result: string;
  by: string;
  at: string;
  /** The key of the first change of those that were approved together. */
  batch: string | null;
  /** Its entries in the audit log; the last one's id numbers the change. */
  first_audit: number | null;
  last_audit: number | null;
  undone_at: string | null;
}
