import { recordAudit } from "../audit/audit.service.ts";
import { addDays, earliest, mondayOf } from "../common/dates.ts";
import { KamError } from "../common/errors.ts";
import { accrueRates, planRates, type RateGrant } from "../funds/rates.service.ts";
import type { FundLedger, Move } from "../ledger/entries.ts";
import { fundLeft, heldOf } from "../ledger/ledger.repo.ts";
import { post } from "../ledger/ledger.service.ts";
import { overrideFor } from "../policies/overrides.repo.ts";
import { inTransaction, type Store } from "../store/open.ts";
import type { Actor } from "../users/actor.ts";
import {
  type Accruable,
  accruablePromotions,
  expenseByWeek,
  lastWeekKnown,
  shippedByWeek,
  soldByWeek,
} from "./accruals.repo.ts";
import { paidWindow, weekCosts } from "./weeks.ts";

/** One booking that is due: of a week, or the true-up of a promotion that is over; minor units. */
export interface DueAccrual {
  readonly promotion: Accruable;
  /** Null for the true-up. */
  readonly week: string | null;
  readonly units: number | null;
  /** What is accrued more (or less, below zero). */
  readonly amount_minor: number;
  /** What goes back to the fund beside it: committed and not needed. */
  readonly released_minor: number;
  /** What the fund cannot bear; it is not booked until money is moved to it or an override is recorded. */
  readonly short_minor: number;
  readonly moves: readonly Move[];
}

export interface AccrualPlan {
  /** The Sunday up to which weeks are closed. */
  readonly to: string;
  readonly due: readonly DueAccrual[];
  /** What funds with a rate are granted by the same weeks. */
  readonly grants: readonly RateGrant[];
}

/** The last Sunday that is over. */
export const lastSunday = (today: string): string => addDays(mondayOf(addDays(today, 1)), -1);

/** Only finance books. @throws KamError no_right; bad_input for a day that is not over */
function mayBook(actor: Actor, store: Store, to: string): void {
  if (actor.role !== "finance")
    throw new KamError("no_right", `Finance books accruals; ${actor.name} cannot.`, { right: "finance" });
  if (to > store.today) throw new KamError("bad_input", "Accruals are booked of weeks that are over, not ahead.");
}

/**
 * What is due, without booking it: planned rate × actual units of each closed week of what runs or is over, less what is booked
 * of it, and a true-up where all its weeks are in.
 * @throws KamError no_right unless finance
 */
export async function planAccruals(actor: Actor, store: Store, day: string): Promise<AccrualPlan> {
  mayBook(actor, store, day);
  const to = lastSunday(day);
  const grants = await planRates(store, to);
  const lefts = new Map<number, number>();
  for (const { fund_id, amount_minor } of grants) lefts.set(fund_id, (lefts.get(fund_id) ?? 0) + amount_minor);
  const due: DueAccrual[] = [];
  for (const promotion of await accruablePromotions(store)) due.push(...(await dueOf(store, promotion, to, lefts)));
  return { to, due, grants };
}

/**
 * Books what is due, each week of a promotion once: a second call finds nothing left to book.
 * @returns what was booked
 * @throws KamError no_right unless finance
 */
export async function bookAccruals(actor: Actor, store: Store, day: string): Promise<AccrualPlan> {
  return inTransaction(store, async (tx) => {
    const plan = await planAccruals(actor, tx, day);
    const journals = [...(await accrueRates(actor, tx, plan.grants)), ...(await book(actor, tx, plan.due))];
    if (journals.length)
      await recordAudit(actor, tx, { action: "book", entity: "accrual", entityId: plan.to, after: { journals } });
    return plan;
  });
}

/**
 * What the calendar does as a promotion ends: its closed weeks are booked, and where some are not in yet the rest of its
 * commitment is accrued as planned until they are.
 */
export async function accrueAtEnd(actor: Actor, tx: Store, promotionId: number): Promise<void> {
  const [promotion] = await accruablePromotions(tx, promotionId);
  if (!promotion) return;
  await book(actor, tx, await dueOf(tx, promotion, lastSunday(tx.today), new Map()));
  const moves = (await heldOf(tx, promotionId))
    .filter((h) => h.state === "committed")
    .map((h): Move => ({ ...h, promotion_id: promotionId, from: "committed", to: "accrued" }));
  await post(actor, tx, { kind: "accrue", promotion_id: promotionId, memo: "The rest as planned" }, moves);
}

async function book(actor: Actor, tx: Store, due: readonly DueAccrual[]): Promise<number[]> {
  const journals: number[] = [];
  for (const { promotion, week, moves } of due) {
    const kind = week === null ? "true_up" : "accrue";
    const id = await post(actor, tx, { kind, promotion_id: promotion.id, week }, moves);
    if (id !== null) journals.push(id);
  }
  return journals;
}

/** @param lefts what other bookings of the same run take from (or give to) funds beside what is in the books */
async function dueOf(
  store: Store,
  promotion: Accruable,
  to: string,
  lefts: Map<number, number>,
): Promise<DueAccrual[]> {
  const window = paidWindow(promotion);
  const off = promotion.payment === "off_invoice";
  const known = await lastWeekKnown(store, off ? "shipment_week" : "sales_week", promotion.account_id);
  if (known === null) return [];
  const weeks = { from: mondayOf(window.from), to: earliest(known, mondayOf(to), window.to) };
  const volume = await (off ? shippedByWeek : soldByWeek)(store, promotion.id, weeks);
  const costs = weekCosts(promotion, volume, weeks.to);
  const booked = new Map((await expenseByWeek(store, promotion.id)).map((b) => [b.week, b.amount_minor]));
  const held = await heldOf(store, promotion.id);
  const holds = (state: string): number => held.find((h) => h.state === state)?.amount_minor ?? 0;
  const over = promotion.status === "ended";
  const purse = new Purse(promotion, holds("committed"), holds("accrued"), await bearable(store, promotion, lefts));
  const due: DueAccrual[] = [];
  for (const { week, units, cost_minor } of costs) {
    const wanted = Math.round(cost_minor) - (booked.get(week) ?? 0);
    // Of one that is over what its commitment does not cover comes with the true-up.
    const made = wanted >= 0 ? purse.accrue(wanted, !over) : purse.giveBack(-wanted, "committed");
    if (made.moves.length || made.short_minor) due.push({ promotion, week, units, released_minor: 0, ...made });
  }
  const last = costs.at(-1)?.week;
  const complete = over && last !== undefined && addDays(last, 6) >= window.to;
  if (complete) {
    const target = Math.round(costs.reduce((sum, { cost_minor }) => sum + cost_minor, 0));
    const recognised = [...booked.values()].reduce((sum, amount) => sum + amount, 0);
    const wanted = target - recognised - due.reduce((sum, d) => sum + d.amount_minor, 0);
    const made = wanted >= 0 ? purse.accrue(wanted, true) : purse.giveBack(-wanted, "available");
    const released = purse.release();
    const moves = [...made.moves, ...released];
    if (moves.length || made.short_minor) {
      const released_minor = released.reduce((sum, move) => sum + move.amount_minor, 0);
      due.push({ promotion, week: null, units: null, ...made, released_minor, moves });
    }
  }
  lefts.set(promotion.fund_id, (lefts.get(promotion.fund_id) ?? 0) - purse.taken);
  return due;
}

/** What the fund may give beyond the promotion's own commitment: what it has left, all where an override is recorded. */
async function bearable(store: Store, promotion: Accruable, lefts: ReadonlyMap<number, number>): Promise<number> {
  if (await overrideFor(store, promotion.id, "budget")) return Number.POSITIVE_INFINITY;
  return Math.max(0, (await fundLeft(store, promotion.fund_id)).left + (lefts.get(promotion.fund_id) ?? 0));
}

/** What a promotion has at hand while its bookings are worked out, one after the other. */
class Purse {
  readonly #of: Accruable;
  #committed: number;
  #accrued: number;
  #left: number;
  /** What it took from the fund beyond its commitment. */
  taken = 0;

  constructor(of: Accruable, committed: number, accrued: number, left: number) {
    this.#of = of;
    this.#committed = committed;
    this.#accrued = accrued;
    this.#left = left;
  }

  accrue(wanted: number, fromFund: boolean) {
    const own = Math.min(wanted, this.#committed);
    const more = fromFund ? Math.min(wanted - own, this.#left) : 0;
    this.#committed -= own;
    this.#left -= more;
    this.taken += more;
    this.#accrued += own + more;
    const moves = [...this.#move("committed", "accrued", own), ...this.#move("available", "accrued", more)];
    return { moves, amount_minor: own + more, short_minor: fromFund ? wanted - own - more : 0 };
  }

  giveBack(wanted: number, to: "committed" | "available") {
    const back = Math.min(wanted, this.#accrued);
    this.#accrued -= back;
    if (to === "committed") this.#committed += back;
    return { moves: this.#move("accrued", to, back), amount_minor: -back || 0, short_minor: 0 };
  }

  /** The commitment that is left when all is known. */
  release(): Move[] {
    const moves = this.#move("committed", "available", this.#committed);
    this.#committed = 0;
    return moves;
  }

  #move(from: FundLedger, to: FundLedger, amount_minor: number): Move[] {
    const { id: promotion_id, fund_id, currency } = this.#of;
    return amount_minor > 0 ? [{ fund_id, currency, promotion_id, from, to, amount_minor }] : [];
  }
}
