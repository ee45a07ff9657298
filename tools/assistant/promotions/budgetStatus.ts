import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { budgetOf, type FundBalance, resolveFund } from "../../../data/funds/funds.service.ts";
import { outlookOf } from "../../../data/funds/outlook.ts";
import { limitsFor } from "../../../data/policies/policies.service.ts";
import { accountRef, optional, period } from "../../args.ts";
import { readTool } from "../../define.ts";

const schema = z.strictObject({
  account: optional(accountRef),
  fund: optional(z.union([z.string().min(1), z.number().int()])),
  period: optional(period).describe("funds whose dates touch it; today's without"),
});

/** Promotions that hold most of the money, as many as a reply shows. */
const LARGEST = 5;

export const budgetStatus = readTool({
  name: "budget_status",
  role: "assistant",
  description:
    "What the funds of an account, or of all one's accounts, hold: amount, planned, committed, accrued, settled and left, and which promotions take most of it.",
  examples: [
    { say: "How much money is left in the fund at Bramley?", args: { account: "Bramley Stores" } },
    { say: "What is left in our funds?", args: {} },
  ],
  schema,
  access: "READ",
  async run({ actor, store }, args) {
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const one = args.fund === undefined ? null : await resolveFund(actor, store, args.fund);
    const ids = account
      ? [account.id]
      : one
        ? [one.account_id]
        : (await visibleAccounts(actor, store)).map((a) => a.id);
    const window = args.period ?? { from: store.today, to: store.today };
    const budget = await budgetOf(actor, store, ids, window);
    const funds = one ? budget.all.filter((f) => f.fund_id === one.fund_id) : budget.funds;
    const shown = new Set(funds.map((f) => f.fund_id));
    const names = new Map(budget.all.map((f) => [f.fund_id, f.fund]));
    const limits = await limitsFor(store, { accountId: account?.id ?? null, productIds: [] });
    const use = budget.use.filter((u) => shown.has(u.fund_id));
    return {
      account: account?.name ?? one?.account ?? null,
      accounts: actor.accounts === "all" ? "all" : "own",
      period: args.period ?? null,
      today: store.today,
      assumptions: args.period || one ? [] : ["the funds are those of today"],
      n: funds.length,
      warn_share: limits.of("budget_share").value,
      funds: await Promise.all(funds.map(async (f) => ({ ...fundJson(f), forecast: await outlookOf(store, f) }))),
      totals: totalsOf(funds),
      largest: use.slice(0, LARGEST).map((u) => ({
        promotion: u.code,
        name: u.name,
        state: u.state,
        amount: toMajor(u.amount_minor),
        start: u.start,
        end: u.end,
        currency: funds.find((f) => f.fund_id === u.fund_id)?.currency,
      })),
      later: budget.all
        .filter((f) => f.start > store.today && !shown.has(f.fund_id))
        .map((f) => ({
          fund: f.fund,
          account: f.account,
          from: f.start,
          to: f.end,
          left: f.left,
          currency: f.currency,
        })),
      requests: budget.requests.map((t) => ({
        // A fund of a colleague's account stays unnamed.
        from_fund: names.get(t.from_fund) ?? null,
        to_fund: names.get(t.to_fund) ?? null,
        amount: toMajor(t.amount_minor),
        requested_by: t.requester,
        date: t.date,
      })),
    };
  },
});

const usedOf = (f: FundBalance): number => f.planned + f.committed + f.accrued + f.settled;

const fundJson = (f: FundBalance) => ({
  fund: f.fund,
  account: f.account,
  from: f.start,
  to: f.end,
  amount: f.amount,
  planned: f.planned,
  committed: f.committed,
  accrued: f.accrued,
  settled: f.settled,
  claimed: f.claimed,
  parent: f.parent,
  pays_for: f.brand ?? f.category,
  rate: f.rate,
  used: usedOf(f),
  left: f.left,
  share_used: f.amount > 0 ? usedOf(f) / f.amount : null,
  currency: f.currency,
});

/** Sums where all funds are of one currency, null otherwise. */
function totalsOf(funds: readonly FundBalance[]) {
  const currencies = new Set(funds.map((f) => f.currency));
  if (currencies.size !== 1) return null;
  const sum = (of: (f: FundBalance) => number): number =>
    Math.round(funds.reduce((total, f) => total + of(f), 0) * 100) / 100;
  const amount = sum((f) => f.amount);
  return {
    currency: [...currencies][0],
    amount,
    planned: sum((f) => f.planned),
    committed: sum((f) => f.committed),
    accrued: sum((f) => f.accrued),
    settled: sum((f) => f.settled),
    used: sum(usedOf),
    left: sum((f) => f.left),
    share_used: amount > 0 ? sum(usedOf) / amount : null,
  };
}
