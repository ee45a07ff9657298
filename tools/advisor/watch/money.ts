import { addDays, daysBetween } from "../../../data/common/dates.ts";
import { toMajor } from "../../../data/common/money.ts";
import { bonusStanding } from "../../../data/contracts/bonus.service.ts";
import { contractOf } from "../../../data/contracts/contracts.service.ts";
import { fundsIn } from "../../../data/funds/funds.service.ts";
import { tierJson } from "../../assistant/accounts/contractJson.ts";
import { accountIdsOf, type Risk, type RiskFinder, THRESHOLDS } from "../risks/risk.ts";
import { trackedTargets } from "../targets/planTracking.ts";

/** Money of funds that end soon and that nobody has planned. */
export const unusedFunds: RiskFinder = async ({ actor, store }, scope) => {
  const until = addDays(store.today, THRESHOLDS.unused_days);
  const funds = (await fundsIn(actor, store, accountIdsOf(scope))).filter(
    (fund) => fund.start <= store.today && fund.end <= until && fund.left >= fund.amount * THRESHOLDS.unused_share,
  );
  const later = await fundsIn(actor, store, accountIdsOf(scope), { from: until, to: addDays(until, 365) });
  return funds
    .filter((fund) => fund.left > 0 && fund.end >= store.today)
    .map((fund): Risk => {
      const next = later.find((f) => f.account === fund.account && f.start > fund.end) ?? null;
      return {
        kind: "fund_unused",
        severity: "medium",
        account: fund.account,
        date: fund.end,
        at_stake: fund.left,
        currency: fund.currency,
        evidence: {
          fund: fund.fund,
          fund_id: fund.fund_id,
          amount: fund.amount,
          left: fund.left,
          left_share: fund.left / fund.amount,
          days_left: daysBetween(store.today, fund.end),
          next_fund: next?.fund ?? null,
          next_fund_id: next?.fund_id ?? null,
        },
      };
    });
};

/** Years that are expected to end near the threshold of the next bonus tier, above or below. */
export const nearBonus: RiskFinder = async ({ store }, scope) => {
  const risks: Risk[] = [];
  for (const account of scope.accounts) {
    const contract = await contractOf(store, account, store.today);
    const bonus = contract && (await bonusStanding(store, account, contract, store.today));
    if (!bonus?.next || !bonus.expected) continue;
    const { tier } = bonus.next;
    const expected = bonus.expected[tier.measure];
    const over = expected / tier.threshold - 1;
    if (Math.abs(over) > THRESHOLDS.bonus_near) continue;
    const inMeasure = (amount: number): number => (tier.measure === "net_sales" ? toMajor(amount) : amount);
    risks.push({
      kind: "bonus",
      severity: "medium",
      account: account.name,
      date: bonus.to,
      at_stake: toMajor(bonus.next.extra_bonus),
      currency: account.currency,
      evidence: {
        ...tierJson(tier),
        expected: inMeasure(expected),
        over,
        missing: inMeasure(bonus.next.missing),
        extra_bonus: toMajor(bonus.next.extra_bonus),
      },
    });
  }
  return risks;
};

/** Agreed targets of net sales that will probably not be met. */
export const missedTargets: RiskFinder = async (context, scope) => {
  const { today } = context.store;
  const rows = await trackedTargets(context, scope, { from: today, to: today });
  return rows.flatMap((row): Risk[] =>
    row.state !== "off_track" || row.gap === null
      ? []
      : [
          {
            kind: "target",
            severity: "medium",
            account: row.account,
            date: row.to,
            at_stake: row.measure === "net_sales" ? Math.abs(row.gap) : null,
            currency: row.currency,
            evidence: {
              measure: row.measure,
              category: row.category,
              value: row.value,
              actual: row.actual,
              expected: row.expected,
              gap: row.gap,
              chance: row.chance,
            },
          },
        ],
  );
};
