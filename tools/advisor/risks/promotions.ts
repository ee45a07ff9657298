import { PROOF_THRESHOLD } from "../../../data/claims/doubts.ts";
import { addDays, daysBetween, weeksOf } from "../../../data/common/dates.ts";
import { contractsFor } from "../../../data/contracts/contracts.service.ts";
import { executionOf } from "../../../data/execution/execution.service.ts";
import { promotionLines, promotionsOf } from "../../../data/results/results.service.ts";
import { measuredSpan, weeklySales } from "../../../data/sales/sales.service.ts";
import { accountIdsOf, type Risk, type RiskFinder, THRESHOLDS } from "./risk.ts";

/** Days of notice where no contract says so. */
const USUAL_NOTICE = 14;

/** Drafts and submitted promotions whose last day for approval is near or past. */
export const approvalRisks: RiskFinder = async ({ actor, store }, scope) => {
  const contracts = await contractsFor(actor, store, accountIdsOf(scope));
  const notice = new Map(contracts.map((c) => [c.account_id, c.notice_days]));
  const waiting = (await promotionsOf(actor, store, { accountIds: accountIdsOf(scope) })).filter(
    (row) => row.status === "draft" || row.status === "submitted",
  );
  return waiting.flatMap((row): Risk[] => {
    const noticeDays = notice.get(row.account_id) ?? USUAL_NOTICE;
    const deadline = addDays(row.start, -noticeDays);
    if (deadline > addDays(store.today, THRESHOLDS.approval_days)) return [];
    return [
      {
        kind: "approval",
        severity: deadline < store.today ? "high" : "medium",
        account: row.account,
        date: deadline,
        at_stake: null,
        currency: row.currency,
        evidence: {
          promotion: row.promotion,
          name: row.name,
          status: row.status,
          start: row.start,
          notice_days: noticeDays,
          days_late: Math.max(0, daysBetween(deadline, store.today)),
          days_left: Math.max(0, daysBetween(store.today, deadline)),
        },
      },
    ];
  });
};

/** Promotions whose paid support stood in too few of the stores checked. */
export const executionRisks: RiskFinder = async ({ actor, store }, scope) => {
  const since = addDays(store.today, -7 * THRESHOLDS.execution_weeks);
  const recent = (await promotionsOf(actor, store, { accountIds: accountIdsOf(scope) })).filter(
    (row) => row.end >= since && row.start <= store.today && (row.display || row.feature) && row.status !== "draft",
  );
  const seen = await executionOf(actor, store, recent);
  return recent.flatMap((row): Risk[] => {
    const proof = seen.get(row.promotion_id);
    const weak = (paid: number, share: number | null): boolean =>
      paid === 1 && share !== null && share < PROOF_THRESHOLD;
    if (!proof || !(weak(row.display, proof.display_share) || weak(row.feature, proof.feature_share))) return [];
    const least = Math.min(row.display ? (proof.display_share ?? 1) : 1, row.feature ? (proof.feature_share ?? 1) : 1);
    return [
      {
        kind: "execution",
        severity: least < 0.5 ? "high" : "medium",
        account: row.account,
        date: proof.last,
        at_stake: row.fixed_spend,
        currency: row.currency,
        evidence: {
          promotion: row.promotion,
          name: row.name,
          stores: proof.stores,
          display_share: row.display ? proof.display_share : null,
          feature_share: row.feature ? proof.feature_share : null,
          wanted_share: PROOF_THRESHOLD,
          fixed_spend: row.fixed_spend,
        },
      },
    ];
  });
};

/** Running promotions that sell less than their plan, by the weeks measured so far. */
export const offTrackRisks: RiskFinder = async ({ actor, store }, scope) => {
  const span = await measuredSpan(store);
  const running = (await promotionsOf(actor, store, { accountIds: accountIdsOf(scope) })).filter(
    (row) => row.status === "running" && row.end >= store.today,
  );
  const risks: Risk[] = [];
  for (const row of running) {
    const lines = await promotionLines(store, [row]);
    const planned = lines.reduce((sum, line) => sum + (line.planned_units ?? 0), 0);
    const weeks = weeksOf({ from: row.start, to: row.end });
    const measured = weeks.filter((week) => span !== null && week >= row.start && week <= span.last);
    if (!planned || !measured.length) continue;
    const sold = (
      await weeklySales(actor, store, {
        accountIds: [row.account_id],
        productIds: lines.map((line) => line.product_id),
        period: { from: measured[0]!, to: measured.at(-1)! },
      })
    ).reduce((sum, week) => sum + week.units, 0);
    const due = (planned * measured.length) / weeks.length;
    if (sold >= due * THRESHOLDS.off_track) continue;
    risks.push({
      kind: "off_track",
      severity: "medium",
      account: row.account,
      date: row.end,
      at_stake: null,
      currency: row.currency,
      evidence: {
        promotion: row.promotion,
        name: row.name,
        weeks: measured.length,
        units: sold,
        planned_units: due,
        share: sold / due,
      },
    });
  }
  return risks;
};
