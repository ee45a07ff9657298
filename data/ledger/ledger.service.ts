import { KamError } from "../common/errors.ts";
import { overrideFor } from "../policies/overrides.repo.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { JournalTable } from "../store/schema/ledger.ts";
import type { Actor } from "../users/actor.ts";
import { balances, type Entry, entriesOf, type Move } from "./entries.ts";
import { fundLeft, heldOf, insertJournal, insertPostings, journalById, postingsOfJournal } from "./ledger.repo.ts";

/** What a journal is about. */
export interface JournalHead {
  readonly kind: JournalTable["kind"];
  readonly promotion_id?: number | null;
  readonly claim_id?: number | null;
  readonly transfer_id?: number | null;
  readonly week?: string | null;
  readonly memo?: string | null;
}

/**
 * Books one journal; call it inside the transaction of the change that moves the money.
 * @returns its id, or null where nothing moves
 * @throws KamError internal where the lines do not sum to zero: then nothing is written
 */
export async function post(
  actor: Actor,
  store: Store,
  head: JournalHead,
  moves: readonly Move[],
): Promise<number | null> {
  return bookLines(actor, store, head, entriesOf(moves));
}

/** Books lines that are made already. @throws KamError internal */
export async function bookLines(
  actor: Actor,
  store: Store,
  head: JournalHead & { readonly reverses?: number | null },
  lines: readonly Entry[],
): Promise<number | null> {
  if (!lines.length) return null;
  if (!balances(lines) || lines.some((line) => !Number.isSafeInteger(line.amount_minor)))
    throw new KamError("internal", "A journal does not sum to zero, so nothing was booked.", { kind: head.kind });
  return inTransaction(store, async (tx) => {
    const id = await insertJournal(tx, {
      date: tx.today,
      kind: head.kind,
      promotion_id: head.promotion_id ?? null,
      claim_id: head.claim_id ?? null,
      transfer_id: head.transfer_id ?? null,
      week: head.week ?? null,
      reverses: head.reverses ?? null,
      memo: head.memo ?? null,
      by: actor.id,
    });
    await insertPostings(tx, id, lines);
    await refuseOverdrawn(tx, lines);
    await refuseNegative(tx, lines);
    return id;
  });
}

/**
 * A fund gives no more than it has, unless an override of the budget is recorded for the promotion that takes it.
 * @throws KamError blocked, naming the fund: the transaction then leaves nothing behind
 */
async function refuseOverdrawn(tx: Store, lines: readonly Entry[]): Promise<void> {
  for (const { ledger, fund_id, promotion_id, amount_minor } of lines) {
    if (ledger !== "available" || fund_id === null || amount_minor > 0) continue;
    const { name, left } = await fundLeft(tx, fund_id);
    if (left >= 0 || (promotion_id !== null && (await overrideFor(tx, promotion_id, "budget")))) continue;
    throw new KamError(
      "blocked",
      `${name} does not have that much left; move money to it, or have an override of its budget recorded first.`,
      { rule: "budget", fund: name },
    );
  }
}

/**
 * What a promotion holds in a state is never less than nothing.
 * @throws KamError wrong_state where the money has moved on
 */
async function refuseNegative(tx: Store, lines: readonly Entry[]): Promise<void> {
  for (const id of new Set(lines.flatMap((line) => line.promotion_id ?? [])))
    if ((await heldOf(tx, id)).some((held) => held.amount_minor < 0))
      throw new KamError("wrong_state", "That money has moved on since, so this cannot be booked any more.");
}

/**
 * Takes journals back, the last first: each by one with the opposite lines, so that both stay in the books.
 * @throws KamError wrong_state where one is unknown (it was booked by an older release)
 */
export async function reverse(actor: Actor, store: Store, ids: readonly number[], memo: string): Promise<void> {
  for (const id of ids.toSorted((a, b) => b - a)) {
    const journal = await journalById(store, id);
    if (!journal) throw new KamError("wrong_state", "The books do not know that movement, so it cannot be taken back.");
    const { promotion_id, claim_id, transfer_id, week } = journal;
    const lines = (await postingsOfJournal(store, id)).map((line) => ({ ...line, amount_minor: -line.amount_minor }));
    const head = { kind: "reverse", promotion_id, claim_id, transfer_id, week, memo, reverses: id } as const;
    await bookLines(actor, store, head, lines);
  }
}
