import type { PostingTable } from "../store/schema/ledger.ts";

export type Ledger = PostingTable["ledger"];

/** The states of what a promotion holds, in the order of its life. */
export const SPEND_STATES = ["planned", "committed", "accrued", "claimed", "settled"] as const;
export type SpendState = (typeof SPEND_STATES)[number];
/**
 * Where a fund's money lies. `granted` is its source and `allocated` what it gave to the funds below it, so that what is
 * positive in `available` is what it has left.
 */
export type FundLedger = SpendState | "granted" | "allocated" | "available";

/** Money of one fund that goes from one state to another; minor units, > 0. */
export interface Move {
  readonly fund_id: number;
  readonly currency: string;
  readonly from: FundLedger;
  readonly to: FundLedger;
  readonly amount_minor: number;
  readonly promotion_id?: number | null;
  readonly claim_id?: number | null;
}

/** A line of a journal before it has an id. */
export type Entry = Omit<PostingTable, "id" | "journal_id">;

/** What is owed or paid once spend is recognised: the other side of the expense. */
const OWED: Readonly<Partial<Record<FundLedger, Ledger>>> = {
  accrued: "liability",
  claimed: "payable",
  settled: "paid",
};

/**
 * The lines of a journal: every move takes from one state of its fund and gives to another, and where spend becomes (or is
 * no longer) recognised the real accounts follow: trade-spend expense against accrued liability, payable or what was paid.
 */
export function entriesOf(moves: readonly Move[]): Entry[] {
  const lines = new Map<string, Entry>();
  const add = (ledger: Ledger, move: Move, amount: number): void => {
    const of = { fund_id: move.fund_id, promotion_id: move.promotion_id ?? null, claim_id: move.claim_id ?? null };
    const key = JSON.stringify([ledger, of, move.currency]);
    const amount_minor = (lines.get(key)?.amount_minor ?? 0) + amount;
    lines.set(key, { ledger, ...of, amount_minor, currency: move.currency });
  };
  for (const move of moves) {
    add(move.from, move, -move.amount_minor);
    add(move.to, move, move.amount_minor);
    const [was, is] = [OWED[move.from], OWED[move.to]];
    if (was) add(was, move, move.amount_minor);
    if (is) add(is, move, -move.amount_minor);
    if (is && !was) add("expense", move, move.amount_minor);
    if (was && !is) add("expense", move, -move.amount_minor);
  }
  return [...lines.values()].filter((line) => line.amount_minor !== 0);
}

/** What is paid from no fund: an expense all the same. */
export const unfundedPayment = (claimId: number, amountMinor: number, currency: string): Entry[] =>
  (["expense", "paid"] as const).map((ledger) => ({
    ledger,
    fund_id: null,
    promotion_id: null,
    claim_id: claimId,
    amount_minor: ledger === "expense" ? amountMinor : -amountMinor,
    currency,
  }));

/** Whether lines sum to zero in each currency. */
export function balances(lines: readonly Entry[]): boolean {
  const sums = new Map<string, number>();
  for (const { currency, amount_minor } of lines) sums.set(currency, (sums.get(currency) ?? 0) + amount_minor);
  return [...sums.values()].every((sum) => sum === 0);
}
