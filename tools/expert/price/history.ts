import { weeklySales } from "../../../data/sales/sales.service.ts";
import type { ToolContext } from "../../define.ts";
import type { PriceMove } from "./outcome.ts";

/** A move of the everyday price counts from this share on; less is rounding. */
const LEAST_MOVE = 0.005;

/** How the everyday prices of some products moved at an account so far. */
export interface PriceHistory {
  readonly moves: number;
  /** Largest rise and cut between two weeks, fractions; null where there was none. */
  readonly largest_rise: number | null;
  readonly largest_cut: number | null;
}

/** Every move of the everyday price of these products that the store holds. */
export async function priceHistory(
  { actor, store }: ToolContext,
  accountId: number,
  lines: readonly PriceMove[],
): Promise<PriceHistory> {
  const rows = await weeklySales(actor, store, {
    accountIds: [accountId],
    productIds: lines.map((l) => l.product_id),
    period: { from: "0000-01-01", to: store.today },
  });
  const moves: number[] = [];
  const last = new Map<number, number>();
  for (const row of rows) {
    if (row.base_price === null) continue;
    const before = last.get(row.product_id);
    if (before && Math.abs(row.base_price / before - 1) >= LEAST_MOVE) moves.push(row.base_price / before - 1);
    last.set(row.product_id, row.base_price);
  }
  const rises = moves.filter((m) => m > 0);
  const cuts = moves.filter((m) => m < 0);
  return {
    moves: moves.length,
    largest_rise: rises.length ? Math.max(...rises) : null,
    largest_cut: cuts.length ? Math.min(...cuts) : null,
  };
}
