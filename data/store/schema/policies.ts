import type { Generated } from "kysely";

export interface PolicyTable {
  id: Generated<number>;
  rule: string;
  /** Who approves, of a rule about approvals; empty otherwise. */
  role: "" | "manager" | "finance";
  scope: "all" | "account" | "category" | "brand";
  /** The account, category or brand; zero where the rule holds for all. */
  scope_id: number;
  value: number;
  severity: "warn" | "block" | "off";
  from_date: string;
  version: number;
  status: "proposed" | "in_force" | "rejected";
  proposed_by: string;
  proposed_at: string;
  decided_by: string | null;
  decided_at: string | null;
  reason: string | null;
}

export interface PolicyOverrideTable {
  id: Generated<number>;
  promotion_id: number;
  /** The rule of a check, such as `budget`. */
  rule: string;
  /** It holds for this version of the promotion and for no later one; for all of them where it is null. */
  promotion_version: number | null;
  reason: string;
  by: string;
  date: string;
  /** When it was taken back; it counts no more from then on. */
  ended: string | null;
}

export interface PromotionApprovalTable {
  promotion_id: number;
  role: "manager" | "finance";
  by: string;
  at: string;
}

/** How many entries the audit log has, and the hash of the last one. */
export interface AuditHeadTable {
  id: number;
  entries: number;
  hash: string;
}
