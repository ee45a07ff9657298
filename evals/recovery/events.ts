import { addDays, daysBetween, weekIndex } from "../../data/common/dates.ts";
import { type ResultBesideTruth, resultsBesideTruth } from "../../data/demo/truth.repo.ts";
import type { Store } from "../../data/store/open.ts";
import { panelOfStore, type StorePanel } from "../../tools/fitting/storePanel.ts";
import { Z80 } from "../../tools/statistics.ts";
import { middle, shareOf, sumOf } from "./measures.ts";

/** Weeks before an event whose mean a spreadsheet takes for its baseline. */
const AVERAGED = 8;
const Z95 = 1.959964;

/** How close the measured effects of past promotions come to the true ones. Errors are shares of the true incremental units. */
export interface EventRecovery {
  readonly events: number;
  /** Median |measured − true| / |true| of the model, and of units sold less the mean of the eight weeks before. */
  readonly error: number;
  readonly averageError: number;
  /** The same where nothing went wrong, and where a failure was planted. */
  readonly errorSound: number;
  readonly errorFailed: number;
  /** Share of the true values inside the intervals; the 95 % one is the 80 % one widened as a normal's. */
  readonly coverage80: number;
  readonly coverage95: number;
  /** Σ |measured − true| / Σ true of each part. */
  readonly parts: Readonly<Record<"baseline" | "gross" | "dip" | "cannibalised" | "halo", number>>;
}

export async function eventRecovery(store: Store): Promise<EventRecovery> {
  const rows = await resultsBesideTruth(store);
  const panel = await panelOfStore(store);
  const error = (row: ResultBesideTruth): number => relative(row.true_incremental, row.truth);
  const inside = (row: ResultBesideTruth, factor: number): boolean =>
    row.truth >= row.true_incremental - factor * (row.true_incremental - row.low) &&
    row.truth <= row.true_incremental + factor * (row.high - row.true_incremental);
  const part = (of: (row: ResultBesideTruth) => number, truth: (row: ResultBesideTruth) => number): number =>
    sumOf(rows, (row) => Math.abs(of(row) - truth(row))) / sumOf(rows, truth);
  return {
    events: rows.length,
    error: middle(rows.map(error)),
    averageError: middle(rows.flatMap((row) => averageError(panel, row) ?? [])),
    errorSound: middle(rows.filter((row) => row.cause === null).map(error)),
    errorFailed: middle(rows.filter((row) => row.cause !== null).map(error)),
    coverage80: shareOf(rows, (row) => inside(row, 1)),
    coverage95: shareOf(rows, (row) => inside(row, Z95 / Z80)),
    parts: {
      baseline: part(
        (row) => row.baseline,
        (row) => row.truth_baseline,
      ),
      gross: part(
        (row) => row.gross_incremental,
        (row) => row.truth_gross,
      ),
      dip: part(
        (row) => row.dip,
        (row) => row.truth_dip,
      ),
      cannibalised: part(
        (row) => row.cannibalised,
        (row) => row.truth_cannibalised,
      ),
      halo: part(
        (row) => row.halo,
        (row) => row.truth_halo,
      ),
    },
  };
}

const relative = (estimate: number, truth: number): number => Math.abs(estimate - truth) / Math.abs(truth);

/** What a spreadsheet would say of the event: dip, cannibalisation and everything else left out; null without weeks before it. */
function averageError({ panel, accountIds, productIds, book }: StorePanel, row: ResultBesideTruth): number | null {
  const account = accountIds.indexOf(row.account_id);
  const products = new Set((book.linesOf.get(row.promotion_id) ?? []).map((l) => productIds.indexOf(l.product_id)));
  const to = weekIndex(row.start);
  const weeks = new Set<number>();
  let sold = 0;
  for (let i = 0; i < panel.week.length; i++) {
    const ago = to - panel.week[i]!;
    if (ago < 1 || ago > AVERAGED || panel.account[i] !== account || !products.has(panel.product[i]!)) continue;
    sold += panel.units[i]!;
    weeks.add(panel.week[i]!);
  }
  if (weeks.size === 0) return null;
  const length = daysBetween(row.start, addDays(row.end, 1)) / 7;
  return relative(row.units - (length * sold) / weeks.size, row.truth);
}
