import type { AssessedClaim } from "../../../data/claims/claims.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { quoteParts } from "./quotes.ts";

const majorOrNull = (minor: number | null): number | null => (minor === null ? null : toMajor(minor));

/** A claim as tools give it: money in major units, its promotion by id and name, what is doubtful about it, what was asked of finance. */
export const claimJson = (claim: AssessedClaim) => ({
  claim: claim.code,
  reference: claim.reference,
  account: claim.account,
  promotion: claim.promotion,
  promotion_name: claim.promotion_name,
  kind: claim.kind,
  status: claim.status,
  date: claim.date,
  currency: claim.currency,
  amount: toMajor(claim.amount_minor),
  settled: majorOrNull(claim.settled_minor),
  still_booked: majorOrNull(claim.still_booked),
  above_booked: claim.still_booked === null ? null : toMajor(claim.amount_minor - claim.still_booked),
  store_checks: claim.checks,
  display_share: claim.display_share,
  feature_share: claim.feature_share,
  doubts: claim.doubts,
  decided_by: claim.decider,
  decided_at: claim.decided_at,
  reason: claim.reason,
  reason_quote: claim.reason === null ? null : quoteParts(claim.reason),
  request: claim.request && {
    decision: claim.request.decision,
    amount: majorOrNull(claim.request.amount_minor),
    requested_by: claim.request.requester,
    date: claim.request.date,
    reason: claim.request.reason,
  },
});

export type ClaimJson = ReturnType<typeof claimJson>;
