import { z } from "zod";
import { resolveAccount, visibleAccounts } from "../../../data/accounts/accounts.service.ts";
import { resolveClaim } from "../../../data/claims/claims.service.ts";
import { toMajor } from "../../../data/common/money.ts";
import { resolveFund } from "../../../data/funds/funds.service.ts";
import { type JournalTold, moneyHistory, wayOf } from "../../../data/ledger/history.service.ts";
import { resolvePromotion } from "../../../data/promotions/reading.service.ts";
import { accountRef, optional, period, promotionRef } from "../../args.ts";
import { readTool } from "../../define.ts";

const schema = z.strictObject({
  promotion: optional(promotionRef),
  fund: optional(z.union([z.string().min(1), z.number().int()])).describe("a fund by name, or its account"),
  claim: optional(z.union([z.string().min(1), z.number().int()])),
  account: optional(accountRef),
  period: optional(period).describe("journals booked in it"),
});

/** As many journals as a reply shows; the last ones where there are more. */
const SHOWN = 25;
const STATES = ["planned", "committed", "accrued", "claimed", "settled"] as const;

export const ledgerEntries = readTool({
  name: "ledger_entries",
  role: "assistant",
  description:
    "How money moved in the double-entry books: every journal of a promotion, a claim, a fund or an account, with its day, what it moved from which state to which, and who booked it; and what is in each state by now.",
  examples: [
    { say: "Show how the money of P-1042 moved", args: { promotion: "P-1042" } },
    {
      say: "What was booked in Albion's fund in October?",
      args: { account: "Albion Fresh", period: { from: "2026-10-01", to: "2026-10-31" } },
    },
  ],
  schema,
  access: "READ",
  async run({ actor, store }, args) {
    const promotion = args.promotion === undefined ? null : await resolvePromotion(actor, store, args.promotion);
    const claim = args.claim === undefined ? null : await resolveClaim(actor, store, args.claim);
    const fund = args.fund === undefined ? null : await resolveFund(actor, store, args.fund);
    const account = args.account === undefined ? null : await resolveAccount(actor, store, args.account);
    const accountIds = account ? [account.id] : (await visibleAccounts(actor, store)).map((a) => a.id);
    const { journals, totals } = await moneyHistory(actor, store, {
      accountIds,
      promotionId: promotion?.promotion_id,
      claimId: claim?.id,
      fundId: fund?.fund_id,
      period: args.period,
    });
    const sum = [...totals.values()].reduce((total, amount) => total + amount, 0);
    return {
      promotion: promotion?.promotion ?? null,
      name: promotion?.name ?? null,
      claim: claim?.code ?? null,
      fund: fund?.fund ?? null,
      account: account?.name ?? promotion?.account ?? claim?.account ?? fund?.account ?? null,
      period: args.period ?? null,
      currency: journals[0]?.currency ?? promotion?.currency ?? fund?.currency ?? account?.currency ?? null,
      n: journals.length,
      shown: Math.min(SHOWN, journals.length),
      balanced: sum === 0,
      holds: STATES.map((state) => ({ state, amount: toMajor(totals.get(state) ?? 0) })).filter((h) => h.amount !== 0),
      expense: toMajor(totals.get("expense") ?? 0),
      entries: journals.slice(-SHOWN).map(entryJson),
    };
  },
});

function entryJson(journal: JournalTold) {
  const { from, to, amount_minor } = wayOf(journal);
  return {
    journal: journal.journal,
    date: journal.date,
    kind: journal.kind,
    from,
    to,
    amount: toMajor(amount_minor),
    currency: journal.currency,
    promotion: journal.promotion,
    claim: journal.claim,
    fund: journal.fund,
    account: journal.account,
    week: journal.week,
    reverses: journal.reverses,
    booked_by: journal.by,
    note: journal.memo,
    lines: journal.lines.map(({ ledger, amount_minor: amount }) => ({ ledger, amount: toMajor(amount) })),
  };
}
