import { addDays, movedBy, YEAR_OF_WEEKS } from "../common/dates.ts";
import { blackoutsOf } from "../contracts/contracts.repo.ts";
import { contractsFor } from "../contracts/contracts.service.ts";
import { balanceOf, fundsIn } from "../funds/funds.service.ts";
import { promotionLines, promotionResults } from "../results/results.service.ts";
import type { Store } from "../store/open.ts";
import { type Actor, seenIds } from "../users/actor.ts";
import { calendarRows, type ReportScope, salesByBrand, spendByState } from "./reports.repo.ts";

export type { ReportScope } from "./reports.repo.ts";

/** Keeps of a scope the accounts that the actor sees. */
const within = (actor: Actor, scope: ReportScope): ReportScope => ({
  ...scope,
  accountIds: seenIds(actor, scope.accountIds),
});

/** Promotions on the shelf in the period, with planned units, booked spend, and the last day to tell the account of them. */
export async function promotionCalendar(actor: Actor, store: Store, scope: ReportScope) {
  const notice = new Map(
    (await contractsFor(actor, store, scope.accountIds)).map((c) => [c.account_id, c.notice_days]),
  );
  return (await calendarRows(store, within(actor, scope))).map(({ account_id, ...row }) => ({
    ...row,
    notice_by: notice.has(account_id) ? addDays(row.start, -notice.get(account_id)!) : null,
  }));
}

/** Weeks in which the contracts allow no promotion, within the period. */
export const blackoutWeeks = async (actor: Actor, store: Store, scope: ReportScope) =>
  (await blackoutsOf(store, within(actor, scope).accountIds, scope)).map(({ account, start, end, reason }) => ({
    account,
    start,
    end,
    reason,
  }));

/**
 * Events that ended, with their result and planned units, spend descending.
 * @param by an event belongs to a named period by its start; to the last twelve months by its end
 */
export async function endedEvents(actor: Actor, store: Store, scope: ReportScope, by: "start" | "end") {
  const { accountIds, from, to } = scope;
  const dates = by === "start" ? { startsIn: { from, to } } : { endsIn: { from, to } };
  const all = await promotionResults(actor, store, { accountIds, ...dates });
  const events = scope.promotion === undefined ? all : all.filter((e) => e.promotion === scope.promotion);
  const lines = Map.groupBy(await promotionLines(store, events), (line) => line.promotion_id);
  return events
    .map((e) => ({
      promotion_id: e.promotion_id,
      account_id: e.account_id,
      promotion: e.promotion,
      name: e.name,
      account: e.account,
      brand: e.brand,
      start: e.start,
      end: e.end,
      currency: e.currency,
      units: e.units,
      baseline: e.baseline,
      gross_incremental: e.gross_incremental,
      dip: e.dip,
      cannibalised: e.cannibalised,
      halo: e.halo,
      uplift: e.uplift,
      true_incremental: e.true_incremental,
      low: e.low,
      high: e.high,
      spend: e.spend,
      incremental_profit: e.incremental_profit,
      net_roi: e.net_roi,
      gross_roi: e.gross_roi,
      planned_units: plannedUnits(lines.get(e.promotion_id) ?? []),
    }))
    .sort((a, b) => b.spend - a.spend || (a.promotion < b.promotion ? -1 : 1));
}
export type EndedEvent = Awaited<ReturnType<typeof endedEvents>>[number];

/** Planned, committed, accrued and settled spend of events that the caller got from this service, by promotion id. */
export async function spendStates(store: Store, events: readonly EndedEvent[]) {
  const rows = await spendByState(
    store,
    events.map((e) => e.promotion_id),
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.promotion_id)].map(([id, some]) => [
      id,
      Object.fromEntries(some.map((row) => [row.state, row.amount])),
    ]),
  );
}

/** The plan of a promotion, as far as its lines have one; null where none has. */
function plannedUnits(lines: readonly { readonly planned_units: number | null }[]): number | null {
  const known = lines.flatMap((line) => line.planned_units ?? []);
  return known.length ? known.reduce((sum, units) => sum + units, 0) : null;
}

/** Sell-out by brand beside the same weeks a year before; a week belongs to the period that its Monday lies in. */
export async function brandSales(actor: Actor, store: Store, scope: ReportScope) {
  const seen = within(actor, scope);
  const before = await salesByBrand(store, { ...seen, ...movedBy(scope, -YEAR_OF_WEEKS) });
  const then = new Map(before.map((row) => [row.brand, row]));
  return (await salesByBrand(store, seen)).map((row) => {
    const last = then.get(row.brand);
    return {
      ...row,
      units_before: last?.units ?? null,
      net_sales_before: last?.net_sales ?? null,
      units_change: last && last.units > 0 ? row.units / last.units - 1 : null,
      net_sales_change:
        last?.net_sales && row.net_sales !== null && last.net_sales > 0 ? row.net_sales / last.net_sales - 1 : null,
    };
  });
}

/** Funds that touch the period, by account. */
export async function fundRows(actor: Actor, store: Store, scope: ReportScope) {
  const funds = await fundsIn(actor, store, scope.accountIds, scope);
  return funds
    .map((fund) => ({ account: fund.account, ...balanceOf(fund) }))
    .sort((a, b) => order(a.account, b.account) || order(a.start, b.start) || order(a.fund, b.fund));
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
