import { NormalStream } from "../../forecasting/index.ts";
import { middleOf, Z80 } from "../statistics.ts";
import { EVENT_COLUMNS, type EventSums } from "./metrics.ts";

const DRAWS = 500;
/** With fewer events than this, their spread says nothing; the uncertainty of each estimate is taken instead. */
export const FEW = 3;

/** One event's part of the sums, with the 80 % interval of its true incremental units. */
export interface EventPart extends EventSums {
  readonly low: number;
  readonly high: number;
}

const emptySums = (): { -readonly [K in keyof EventSums]: number } => ({
  events: 0,
  units: 0,
  baseline: 0,
  gross_incremental: 0,
  dip: 0,
  cannibalised: 0,
  true_incremental: 0,
  spend: 0,
  incremental_profit: 0,
  net_sales: 0,
});

/** An event whose incremental units are off by `z` standard errors of their estimate, its profit with them. */
function disturbed(part: EventPart, z: number): EventSums {
  const shift = (z * (part.high - part.low)) / (2 * Z80);
  const margin = part.true_incremental !== 0 ? part.incremental_profit / part.true_incremental : 0;
  return {
    ...part,
    gross_incremental: part.gross_incremental + shift,
    baseline: part.baseline - shift,
    true_incremental: part.true_incremental + shift,
    incremental_profit: part.incremental_profit + shift * margin,
  };
}

/**
 * Seeded draws of the pooled metric, so that the same question gets the same answer: events drawn with replacement where there are enough of them, else the same events with the
 * uncertainty of their estimates. Draws without a meaning (nothing incremental) are NaN.
 */
export function drawsOf(
  parts: readonly EventPart[],
  metric: (sums: EventSums) => number | null,
  seed: number,
): number[] {
  const chance = new NormalStream(seed);
  const few = parts.length < FEW;
  return Array.from({ length: DRAWS }, () => {
    const sums = emptySums();
    for (const part of parts) {
      const one: EventSums = few
        ? disturbed(part, chance.normal())
        : parts[Math.floor(chance.uniform() * parts.length)]!;
      for (const column of EVENT_COLUMNS) sums[column] += one[column];
      sums.events += 1;
    }
    return metric(sums) ?? Number.NaN;
  });
}

/** The middle 80 % of draws, null where more than a tenth of them have no meaning. */
export function intervalOf(draws: readonly number[]): { low: number; high: number } | null {
  const known = draws.filter(Number.isFinite);
  return known.length && known.length >= draws.length * 0.9 ? middleOf(known) : null;
}

/** How often, over paired draws, the first is ahead of the second. */
export function shareAhead(first: readonly number[], second: readonly number[], better: "highest" | "lowest"): number {
  const pairs = first
    .map((value, at) => [value, second[at]!] as const)
    .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  if (!pairs.length) return 0.5;
  const ahead = pairs.filter(([a, b]) => (better === "highest" ? a > b : a < b)).length;
  const level = pairs.filter(([a, b]) => a === b).length;
  return (ahead + level / 2) / pairs.length;
}
