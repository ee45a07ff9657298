import { assessedClaims } from "../../../data/claims/claims.service.ts";
import { addDays, daysBetween } from "../../../data/common/dates.ts";
import { toMajor } from "../../../data/common/money.ts";
import { contractsFor } from "../../../data/contracts/contracts.service.ts";
import { fundsIn } from "../../../data/funds/funds.service.ts";
import { accountIdsOf, type Risk, type RiskFinder, THRESHOLDS } from "./risk.ts";

/** Funds that are overdrawn or nearly used. */
export const budgetRisks: RiskFinder = async ({ actor, store }, scope) => {
  const funds = await fundsIn(actor, store, accountIdsOf(scope));
  return funds
    .filter((fund) => fund.left < fund.amount * THRESHOLDS.budget_left)
    .map(
      (fund): Risk => ({
        kind: "budget",
        severity: fund.left < 0 ? "high" : "medium",
        account: fund.account,
        date: fund.end,
        at_stake: Math.abs(fund.left),
        currency: fund.currency,
        evidence: {
          fund: fund.fund,
          amount: fund.amount,
          left: fund.left,
          left_share: fund.amount > 0 ? fund.left / fund.amount : null,
          planned: fund.planned,
          committed: fund.committed,
          accrued: fund.accrued,
          settled: fund.settled,
        },
      }),
    );
};

/** Open claims that look wrong, or that have waited long. */
export const claimRisks: RiskFinder = async ({ store }, scope) => {
  const open = (await assessedClaims(store, scope.accounts)).filter((claim) => claim.status === "open");
  return open.flatMap((claim): Risk[] => {
    const age = daysBetween(claim.date, store.today);
    if (!claim.doubts.length && age < THRESHOLDS.claim_days) return [];
    return [
      {
        kind: "claim",
        severity: claim.doubts.length ? "high" : "medium",
        account: claim.account,
        date: claim.date,
        at_stake: toMajor(claim.amount_minor),
        currency: claim.currency,
        evidence: {
          claim: claim.code,
          claim_kind: claim.kind,
          amount: toMajor(claim.amount_minor),
          days_open: age,
          doubts: claim.doubts,
          promotion: claim.promotion,
          promotion_name: claim.promotion_name,
          still_booked: claim.still_booked === null ? null : toMajor(claim.still_booked),
          display_share: claim.display_share,
          feature_share: claim.feature_share,
          checks: claim.checks,
        },
      },
    ];
  });
};

/** Contracts that end soon. */
export const contractRisks: RiskFinder = async ({ actor, store }, scope) => {
  const contracts = await contractsFor(actor, store, accountIdsOf(scope));
  const later = await contractsFor(actor, store, accountIdsOf(scope), addDays(store.today, THRESHOLDS.contract_days));
  return contracts
    .filter((c) => c.end < addDays(store.today, THRESHOLDS.contract_days))
    .filter((c) => !later.some((next) => next.account_id === c.account_id))
    .map(
      (c): Risk => ({
        kind: "contract",
        severity: "medium",
        account: c.account,
        date: c.end,
        at_stake: null,
        currency: scope.currency,
        evidence: { days_left: daysBetween(store.today, c.end) },
      }),
    );
};
