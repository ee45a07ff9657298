import { COMPETITOR } from "../../fitting/marketBook.ts";
import type { Habits } from "./habits.ts";
import { driverValues, expectedUnits, type Facet, type Intended, type Past, unpromoted, withIntended } from "./past.ts";

export type CauseName = Facet | "stock_out";

/** Units of a window as expected of the promotion as planned, and what each difference made of them. */
export interface Split {
  /** Units expected of the promotion as planned, nothing in its way. */
  readonly expected: number;
  readonly actual: number;
  /** Units by cause, negative where it took some; with `unexplained` they add up to actual − expected. */
  readonly units: ReadonlyMap<CauseName, number>;
  readonly unexplained: number;
  /** ln(actual / expected) that is left, the mean of the rows. */
  readonly residual: number;
}

/** (a − b) / ln(a / b), the logarithmic mean: shares a difference out over log effects so that it adds up (Ang 2004). */
const logMean = (a: number, b: number): number => (Math.abs(Math.log(a / b)) < 1e-9 ? a : (a - b) / Math.log(a / b));
/** A week without a sale, for logarithms. */
const LEAST = 0.5;

/**
 * Splits actual − expected by cause. Each facet's effect on ln units is what the model says of that facet alone put back as
 * planned; an empty shelf loses its share of the week; a competitor also blunts our own response, by what other promotions
 * showed.
 * @param empty out-of-stock share of each row
 */
export function splitCauses(
  past: Past,
  intended: Intended,
  facets: readonly Facet[],
  empty: Float64Array,
  habits: Habits,
): Split {
  const happened = expectedUnits(past, past.plan);
  const asPlanned = withIntended(past, intended, new Set(facets));
  const planned = expectedUnits(past, asPlanned);
  const window = new Set(past.inside);
  const quiet = expectedUnits(
    past,
    unpromoted(asPlanned, (i) => window.has(i)),
  );
  const alone = facets.map((facet) => expectedUnits(past, withIntended(past, intended, new Set([facet]))));
  const rival = driverValues(past.plan, COMPETITOR);
  const units = new Map<CauseName, number>();
  const add = (cause: CauseName, amount: number): void => void units.set(cause, (units.get(cause) ?? 0) + amount);
  let [expected, actual, explained, left] = [0, 0, 0, 0];
  for (const i of past.inside) {
    const share = past.share[i]!;
    const sold = Math.max(LEAST, past.units[i]!);
    const weight = share * logMean(sold, planned[i]!);
    expected += share * planned[i]!;
    actual += share * sold;
    const logs = new Map<CauseName, number>(facets.map((facet, f) => [facet, Math.log(happened[i]! / alone[f]![i]!)]));
    logs.set("stock_out", Math.log(1 - Math.min(0.95, empty[i]!)));
    if (facets.includes("competitor")) {
      const response = Math.max(0, Math.log(planned[i]! / quiet[i]!));
      logs.set("competitor", logs.get("competitor")! + habits.blunting * rival[i]! * response);
    }
    let told = 0;
    for (const [cause, log] of logs) {
      add(cause, weight * log);
      told += log;
    }
    explained += weight * told;
    left += Math.log(sold / planned[i]!) - told;
  }
  return { expected, actual, units, unexplained: actual - expected - explained, residual: left / past.inside.length };
}
