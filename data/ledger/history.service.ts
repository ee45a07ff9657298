import { toMinor } from "../common/money.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import type { Ledger } from "./entries.ts";
import { type HistoryFilter, type LedgerLine, ledgerLines } from "./history.repo.ts";

/** A journal with its lines, as far as they are of the actor's accounts. */
export interface JournalTold {
  readonly journal: number;
  readonly date: string;
  readonly kind: LedgerLine["kind"];
  readonly by: string;
  readonly week: string | null;
  readonly memo: string | null;
  readonly reverses: number | null;
  readonly promotion: string | null;
  readonly claim: string | null;
  readonly fund: string | null;
  readonly account: string | null;
  readonly currency: string;
  readonly lines: readonly { readonly ledger: Ledger; readonly amount_minor: number }[];
}

const BOOKS = new Set<Ledger>(["expense", "liability", "payable", "paid"]);

/** Where the money of a journal came from and went to among the states of funds; a payment that no fund bears between the books. */
export function wayOf({ lines }: JournalTold): { from: Ledger[]; to: Ledger[]; amount_minor: number } {
  const states = lines.filter((line) => !BOOKS.has(line.ledger));
  const shown = states.length ? states : lines;
  const side = (sign: 1 | -1): Ledger[] => [
    ...new Set(shown.filter((line) => Math.sign(line.amount_minor) === sign).map((line) => line.ledger)),
  ];
  const amount_minor = shown.reduce((sum, line) => sum + Math.max(0, line.amount_minor), 0);
  return { from: side(-1), to: side(1), amount_minor };
}

/**
 * Journals of the actor's accounts, oldest first, and what the lines come to by ledger account.
 * @param filter what they are about; accounts that the actor does not see are left out
 */
export async function moneyHistory(
  actor: Actor,
  store: Store,
  filter: HistoryFilter,
): Promise<{ journals: JournalTold[]; totals: ReadonlyMap<Ledger, number> }> {
  const lines = await ledgerLines(store, { ...filter, accountIds: seenIds(actor, filter.accountIds) });
  const totals = new Map<Ledger, number>();
  for (const { ledger, amount } of lines) totals.set(ledger, (totals.get(ledger) ?? 0) + toMinor(amount));
  const journals = [...Map.groupBy(lines, (line) => line.journal).values()].map((of): JournalTold => {
    const [first] = of as [LedgerLine];
    const { journal, date, kind, by, week, memo, reverses, promotion, claim, fund, account, currency } = first;
    const told = of.map(({ ledger, amount }) => ({ ledger, amount_minor: toMinor(amount) }));
    return {
      ...{ journal, date, kind, by, week, memo, reverses, currency, lines: told },
      ...{ promotion, claim: of.find((line) => line.claim)?.claim ?? claim, fund, account },
    };
  });
  return { journals, totals };
}
