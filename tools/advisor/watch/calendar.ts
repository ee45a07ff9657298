import { findActivities } from "../../../data/activities/activities.service.ts";
import { addDays, daysBetween } from "../../../data/common/dates.ts";
import { blackouts, contractsFor } from "../../../data/contracts/contracts.service.ts";
import { promotionLines, promotionsOf } from "../../../data/results/results.service.ts";
import { measuredSpan, stockOuts } from "../../../data/sales/sales.service.ts";
import { quoteParts } from "../../assistant/accounts/quotes.ts";
import { accountIdsOf, type Risk, type RiskFinder, THRESHOLDS } from "../risks/risk.ts";

/** Next steps whose day is past. */
export const overdueSteps: RiskFinder = async ({ actor, store }, scope) => {
  const open = (await findActivities(actor, store, { accountIds: accountIdsOf(scope), withNextStep: true })).filter(
    (row) => row.done_at === null && row.due !== null && row.due < store.today,
  );
  return open.map(
    (row): Risk => ({
      kind: "next_step",
      severity: "medium",
      account: row.account,
      date: row.due!,
      at_stake: null,
      currency: scope.currency,
      evidence: {
        step: row.next_step,
        quote: quoteParts(row.next_step!),
        talk: row.kind,
        talk_date: row.date,
        days_late: daysBetween(row.due!, store.today),
      },
    }),
  );
};

/** Promotions that were submitted and wait for a decision, with time left to decide. */
export const waitingApprovals: RiskFinder = async ({ actor, store }, scope) => {
  const accountIds = accountIdsOf(scope);
  const notice = new Map((await contractsFor(actor, store, accountIds)).map((c) => [c.account_id, c.notice_days]));
  const rows = (await promotionsOf(actor, store, { accountIds })).filter((row) => row.status === "submitted");
  return rows.flatMap((row): Risk[] => {
    const deadline = addDays(row.start, -(notice.get(row.account_id) ?? 0));
    // What is nearer is among the risks already.
    if (deadline <= addDays(store.today, THRESHOLDS.approval_days)) return [];
    return [
      {
        kind: "waiting",
        severity: "low",
        account: row.account,
        date: deadline,
        at_stake: null,
        currency: row.currency,
        evidence: {
          promotion: row.promotion,
          name: row.name,
          start: row.start,
          days_left: daysBetween(store.today, deadline),
        },
      },
    ];
  });
};

/** Blackouts that begin soon: nothing can run in them, and what is asked for now comes after them. */
export const comingBlackouts: RiskFinder = async ({ actor, store }, scope) => {
  const period = { from: store.today, to: addDays(store.today, THRESHOLDS.blackout_days) };
  const accountIds = accountIdsOf(scope);
  const rows = await blackouts(actor, store, accountIds, period);
  const planned = await promotionsOf(actor, store, { accountIds });
  return rows.map((row): Risk => {
    const inside = planned.filter((p) => p.account === row.account && p.start <= row.end && p.end >= row.start);
    return {
      kind: "blackout",
      severity: inside.length ? "medium" : "low",
      account: row.account,
      date: row.start,
      at_stake: null,
      currency: scope.currency,
      evidence: {
        start: row.start,
        end: row.end,
        reason: row.reason,
        inside: inside.map((p) => ({ promotion: p.promotion, name: p.name })),
      },
    };
  });
};

/** Promotions that start soon with products that ran out of stock lately. */
export const promotionStock: RiskFinder = async ({ actor, store }, scope) => {
  const span = await measuredSpan(store);
  if (!span) return [];
  const accountIds = accountIdsOf(scope);
  const until = addDays(store.today, THRESHOLDS.promotion_days);
  const coming = (await promotionsOf(actor, store, { accountIds })).filter(
    (row) => row.end >= store.today && row.start <= until && row.status !== "draft",
  );
  const period = { from: addDays(span.last, -7 * (THRESHOLDS.stock_weeks - 1)), to: span.last };
  const lines = await promotionLines(store, coming);
  const risks: Risk[] = [];
  for (const row of coming) {
    const productIds = lines.filter((line) => line.promotion_id === row.promotion_id).map((line) => line.product_id);
    const short = await stockOuts(
      actor,
      store,
      { accountIds: [row.account_id], productIds, period },
      THRESHOLDS.out_of_stock,
    );
    const products = [...new Set(short.map((week) => week.product))];
    if (!products.length) continue;
    risks.push({
      kind: "promotion_stock",
      severity: row.start <= store.today ? "high" : "medium",
      account: row.account,
      date: row.start,
      at_stake: row.fixed_spend > 0 ? row.fixed_spend : null,
      currency: row.currency,
      evidence: {
        promotion: row.promotion,
        name: row.name,
        products,
        out_of_stock: Math.max(...short.map((week) => week.out_of_stock)),
        weeks: new Set(short.map((week) => week.week)).size,
      },
    });
  }
  return risks;
};
