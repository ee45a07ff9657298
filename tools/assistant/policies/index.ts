import type { Tool } from "../../define.ts";
import { auditTrail } from "./auditTrail.ts";
import { findPolicies } from "./findPolicies.ts";
import { setPolicy } from "./setPolicy.ts";

/** The firm's own rules, and the log of what was decided. */
export const policyTools: readonly Tool[] = [findPolicies, setPolicy, auditTrail];
