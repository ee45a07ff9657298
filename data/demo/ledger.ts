import { addDays, earliest } from "../common/dates.ts";
import { entriesOf, type FundLedger, type Move } from "../ledger/entries.ts";
import { paidByUnit } from "../promotions/draft.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import type { FundGrant } from "./funds.ts";
import { type Booked, isPast } from "./promotions.ts";
import type { Outcome } from "./response.ts";
import { buyInOf, type Shipped } from "./shipments.ts";
import type { Tables } from "./tables.ts";
import { lastWeekOf, type Status } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** What the money's history is made from. */
export interface LedgerSource {
  readonly world: DemoWorld;
  readonly booked: readonly Booked[];
  readonly outcomes: readonly Outcome[];
  readonly shipped: readonly Shipped[];
  /** The funds above the accounts' own. */
  readonly pools: readonly FundGrant[];
  readonly funds: readonly FundGrant[];
  readonly claims: Tables["claim"];
  readonly history: Tables["promotion_history"];
}

type Journal = Omit<Tables["journal"][number], "id">;
interface Booking {
  readonly head: Journal;
  readonly moves: readonly Move[];
}

/** Funds are granted in the budget round of the year before. */
const BUDGET_ROUND = "-08-15";
const FINANCE = "eva";

/** How all trade money came to where it lies: grants, then each promotion's plan, commitment, weekly accruals, claims and payment. */
export function ledgerRows(source: LedgerSource): Pick<Tables, "journal" | "posting"> {
  const bookings = [
    ...source.pools.map(grantOf),
    ...source.funds.map(grantOf),
    ...source.booked.flatMap((b) => lifeOf(source, b)),
  ].filter(({ moves }) => moves.some((move) => move.amount_minor > 0));
  bookings.sort((x, y) => (x.head.date < y.head.date ? -1 : x.head.date > y.head.date ? 1 : 0));
  const journal = bookings.map(({ head }, i) => ({ id: i + 1, ...head }));
  const posting = bookings
    .flatMap(({ moves }, i) => entriesOf(moves).map((line) => ({ journal_id: i + 1, ...line })))
    .map((line, i) => ({ id: i + 1, ...line }));
  return { journal, posting };
}

function grantOf(fund: FundGrant): Booking {
  const date = `${Number(fund.start.slice(0, 4)) - 1}${BUDGET_ROUND}`;
  const move = { fund_id: fund.id, currency: "EUR", from: "granted", to: "available", amount_minor: fund.amount_minor };
  const above = { ...move, fund_id: fund.parent_id, from: "available", to: "allocated" };
  const moves = fund.parent_id ? [move, above] : [move];
  return { head: head("grant", date, FINANCE, { memo: "Budget of the year" }), moves: moves as Move[] };
}

const head = (kind: Journal["kind"], date: string, by: string, more: Partial<Journal> = {}): Journal => ({
  ...{ date, kind, promotion_id: null, claim_id: null, transfer_id: null, week: null, reverses: null, memo: null, by },
  ...more,
});

/** Cents that the plan of a promotion would cost. */
const planned = ({ plan, event }: Booked): number =>
  Math.round(
    plan.lines.reduce(
      (sum, line) => sum + (paidByUnit(event.payment) ? line.allowance * line.units : 0),
      plan.fixedSpend,
    ),
  );

function lifeOf(source: LedgerSource, b: Booked): Booking[] {
  const owner = ACCOUNTS[b.event.account]!.owner;
  const steps = new Map(source.history.filter((h) => h.promotion_id === b.id).map((h) => [h.to_status, h.at]));
  const bookings: Booking[] = [];
  const book = (
    kind: Journal["kind"],
    date: string,
    by: string,
    move: { from: FundLedger; to: FundLedger; amount: number; claim?: number },
    more: Partial<Journal> = {},
  ): void => {
    const { from, to, amount, claim: claim_id = null } = move;
    const of = { fund_id: b.fundId, currency: "EUR", promotion_id: b.id, claim_id };
    bookings.push({
      head: head(kind, earliest(date, source.world.frame.today), by, { promotion_id: b.id, claim_id, ...more }),
      moves: [{ ...of, from, to, amount_minor: amount }],
    });
  };
  const at = (status: Status): string => steps.get(status) as string;
  const plan = planned(b);
  book("plan", b.created, owner, { from: "available", to: "planned", amount: plan });
  if (steps.has("approved")) book("commit", at("approved"), "dan", { from: "planned", to: "committed", amount: plan });
  if (steps.has("cancelled"))
    book("release", at("cancelled"), owner, { from: "committed", to: "available", amount: plan });
  if (!isPast(b.event.status)) return bookings;
  let [committed, accrued] = [plan, 0];
  for (const { week, amount } of weeklyCost(source, b)) {
    const taken = Math.min(committed, Math.max(0, Math.min(amount, b.spend - accrued)));
    const date = addDays(week, 8);
    book("accrue", date, FINANCE, { from: "committed", to: "accrued", amount: taken }, { week });
    committed -= taken;
    accrued += taken;
  }
  const over = b.spend - accrued;
  if (over > 0) book("true_up", at("ended"), FINANCE, { from: "available", to: "accrued", amount: over });
  if (committed > 0) book("true_up", at("ended"), FINANCE, { from: "committed", to: "available", amount: committed });
  bookings.push(...claimed(source, b, at("closed")));
  return bookings;
}

/** What each week of a promotion brought in cost: by the unit where it is paid by the unit, fees in equal parts. */
function weeklyCost({ world, outcomes, shipped }: LedgerSource, b: Booked): { week: string; amount: number }[] {
  const { event, plan } = b;
  const off = event.payment === "off_invoice";
  const units = off ? shipped[event.account]!.units : outcomes[event.account]!.sales;
  const { from, to } = off ? buyInOf(event) : { from: event.start, to: lastWeekOf(event) };
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
    .filter((t) => t >= 0 && t < HISTORY)
    .map((t) => ({
      week: world.frame.weeks[t]!,
      amount: Math.round(
        plan.lines.reduce(
          (sum, { product, allowance }) =>
            sum + (paidByUnit(event.payment) ? allowance * Math.round(units[product]![t]!) : 0),
          plan.fixedSpend / (to - from + 1),
        ),
      ),
    }));
}

/** What accounts asked for of a promotion, and what was paid; what is off the invoice is paid by it. */
function claimed({ world, claims }: LedgerSource, b: Booked, closed: string | undefined): Booking[] {
  const of = { fund_id: b.fundId, currency: "EUR", promotion_id: b.id };
  const own = claims.filter((c) => c.promotion_id === b.id);
  let left = b.spend;
  const bookings = own.flatMap((c): Booking[] => {
    const claim_id = c.id as number;
    const amount = Math.min(left, c.settled_minor ?? c.amount_minor);
    left -= amount;
    const mine = { promotion_id: b.id, claim_id };
    const asked = { ...of, claim_id, from: "accrued", to: "claimed", amount_minor: amount } as const;
    const paid = { ...of, claim_id, from: "claimed", to: "settled", amount_minor: amount } as const;
    return [
      { head: head("claim", c.date, FINANCE, mine), moves: [asked] },
      ...(c.decided_at ? [{ head: head("settle", c.decided_at, c.decided_by ?? FINANCE, mine), moves: [paid] }] : []),
    ];
  });
  if (closed && left > 0)
    bookings.push({
      head: head("settle", earliest(closed, world.frame.today), FINANCE, {
        promotion_id: b.id,
        memo: "On the invoice",
      }),
      moves: [{ ...of, from: "accrued", to: "settled", amount_minor: left }],
    });
  return bookings;
}
