import { addDays, latest } from "../../data/common/dates.ts";
import {
  arrivedSince,
  estimateStock,
  fillOf,
  type OpenOrderLine,
  openOrders,
  type StockEstimate,
  type SupplyWeek,
  supplyWeeks,
} from "../../data/supply/supply.service.ts";
import type { ToolContext } from "../define.ts";

/** What is known of the supply of one product at one account. */
export interface Position {
  readonly account_id: number;
  readonly product_id: number;
  readonly weeks: readonly SupplyWeek[];
  readonly stock: StockEstimate | null;
  /** Units that orders brought since the stock's last week. */
  readonly arrived: number;
  readonly open: readonly OpenOrderLine[];
  /** Units still to come of open orders, and of those that should have come already. */
  readonly due: number;
  readonly late: number;
}

/** The day on which a line is expected: what was confirmed, else what was wanted; what is overdue comes today at the earliest. */
export const expectedOn = (line: OpenOrderLine, today: string): string =>
  latest(line.confirmed ?? line.requested, today);

/** Days by which a line is behind the day for which it was wanted; 0 for none. */
export const isLate = (line: OpenOrderLine, today: string): boolean => line.requested < today;

/** Stock, deliveries and open orders of products at accounts; those that neither sold nor were shipped lately are left out. */
export async function positionsOf(
  { actor, store }: ToolContext,
  accountIds: readonly number[],
  productIds: readonly number[] | undefined,
): Promise<Position[]> {
  const filter = { accountIds, productIds };
  const series = Map.groupBy(await supplyWeeks(actor, store, filter), (w) => `${w.account_id}|${w.product_id}`);
  const open = Map.groupBy(await openOrders(actor, store, filter), (line) => `${line.account_id}|${line.product_id}`);
  const estimates = new Map([...series].map(([key, weeks]) => [key, estimateStock(weeks)]));
  const last = latest("", ...[...estimates.values()].flatMap((e) => (e ? [e.week] : [])));
  const arrived = last === "" ? [] : await arrivedSince(actor, store, filter, addDays(last, 7));
  const arrivedOf = new Map(arrived.map((row) => [`${row.account_id}|${row.product_id}`, row.units]));
  return [...series].flatMap(([key, weeks]): Position[] => {
    const stock = estimates.get(key) ?? null;
    const lines = open.get(key) ?? [];
    const { account_id, product_id } = weeks[0]!;
    // A product that is gone has no weeks near the last ones.
    if (weeks.at(-1)!.week < addDays(last, -7 * GONE_WEEKS)) return [];
    const sum = (some: readonly OpenOrderLine[]): number => some.reduce((units, line) => units + line.due, 0);
    return [
      {
        account_id,
        product_id,
        weeks,
        stock,
        arrived: arrivedOf.get(key) ?? 0,
        open: lines,
        due: sum(lines),
        late: sum(lines.filter((line) => isLate(line, store.today))),
      },
    ];
  });
}
const GONE_WEEKS = 4;

/** Fill rate over the weeks, by Monday, from a day to a day. */
export const fillIn = (weeks: readonly SupplyWeek[], from: string, to: string) =>
  fillOf(weeks.filter((w) => w.week >= from && w.week <= to));
