import type { Composer } from "../../say.ts";
import { composeAuditTrail } from "./auditTrail.ts";
import { composeFindPolicies, composeSetPolicy } from "./policies.ts";

/** The replies about the firm's own rules and the audit log, by tool. */
export const policyComposers: Readonly<Record<string, Composer>> = {
  find_policies: composeFindPolicies,
  set_policy: composeSetPolicy,
  audit_trail: composeAuditTrail,
};
