import type { Store } from "../store/open.ts";
import { ledgerTotals, negativeStates, unbalancedFunds, unbalancedJournals, unmatchedExpense } from "./verify.repo.ts";

/** What is wrong in the books, in a sentence without figures. */
export interface LedgerFault {
  readonly rule: "journal" | "fund" | "expense" | "state";
  readonly message: string;
}

/**
 * Goes over the books: every journal sums to zero, every fund's states do, the expense is what was recognised of promotions,
 * and no state holds less than nothing.
 * @returns what is wrong; nothing where the books balance
 */
export async function verifyLedger(store: Store): Promise<LedgerFault[]> {
  const journals = await unbalancedJournals(store);
  const funds = await unbalancedFunds(store);
  const expense = (await unmatchedExpense(store)).filter((fund) => fund.off !== 0);
  const states = await negativeStates(store);
  return [
    ...journals.map((j) => ({
      rule: "journal" as const,
      message: `Journal ${j.id} (${j.kind}) does not sum to zero.`,
    })),
    ...funds.map((f) => ({ rule: "fund" as const, message: `The states of ${f.name} (${f.id}) do not sum to zero.` })),
    ...expense.map((f) => ({
      rule: "expense" as const,
      message: `The expense of ${f.name} (${f.id}) is not what its promotions accrued.`,
    })),
    ...states.map((s) => ({ rule: "state" as const, message: `${s.code} holds less than nothing as ${s.ledger}.` })),
  ];
}

/** What each ledger account holds in all, minor units, and how many postings made it. */
export const ledgerBalance = (store: Store) => ledgerTotals(store);
