import type { AssessedClaim } from "../../../data/claims/claims.service.ts";
import type { Suggestion } from "../../../data/claims/grounds.ts";
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
  /** Every promotion that it is for, where it is more than one or a part. */
  parts:
    claim.allocations.length > 1 || claim.unmatched > 0
      ? claim.allocations.map((part) => ({ promotion: part.code, name: part.name, amount: toMajor(part.amount_minor) }))
      : [],
  unmatched: toMajor(claim.unmatched),
  kind: claim.kind,
  status: claim.status,
  date: claim.date,
  currency: claim.currency,
  amount: toMajor(claim.amount_minor),
  settled: majorOrNull(claim.settled_minor),
  still_booked: majorOrNull(claim.still_booked),
  above_booked: claim.still_booked === null ? null : toMajor(claim.amount_minor - claim.still_booked),
  store_checks: claim.checks,
  display_seen: claim.allocations[0]?.seen?.display?.seen ?? null,
  feature_seen: claim.allocations[0]?.seen?.feature?.seen ?? null,
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

/** What a part payment may rest on, in major units. */
export const suggestionJson = (suggested: Suggestion | null) =>
  suggested && {
    agreed: toMajor(suggested.agreed),
    executed: majorOrNull(suggested.executed),
    executed_share: suggested.executed_share,
  };
