import { HISTORY, isListed } from "./frame.ts";
import { categoryOf, PRODUCTS } from "./products.ts";
import { type Activity, type Outcome, simulate, type World } from "./response.ts";

/** Weeks after an event in which its dip is counted. */
export const DIP_WEEKS = 4;

/** What an event did, by the definitions of the field (README.md), in units. */
export interface Effect {
  readonly units: number;
  readonly baseline: number;
  readonly grossIncremental: number;
  readonly dip: number;
  readonly cannibalised: number;
  readonly halo: number;
  readonly trueIncremental: number;
}

/** The difference that an event makes: the same weeks and the same noise with it and without it. */
export function effectOf(world: World, events: readonly Activity[], event: Activity, withAll?: Outcome): Effect {
  const a = event.account;
  const real = withAll ?? simulate(world, a, events);
  const without = simulate(world, a, events, { event });
  const spared = simulate(world, a, events, { cannibalisationOf: event });
  const sum = (
    products: readonly number[],
    from: number,
    to: number,
    cell: (p: number, t: number) => number,
  ): number => {
    let total = 0;
    for (const p of products) for (let t = from; t <= to; t++) total += cell(p, t);
    return total;
  };
  const end = event.start + event.weeks - 1;
  const others = PRODUCTS.flatMap((_, p) =>
    categoryOf(p) === event.category && !event.products.includes(p) && isListed(world.frame, a, p, event.start, end)
      ? [p]
      : [],
  );
  const units = sum(event.products, event.start, end, (p, t) => real.sales[p]![t]!);
  const baseline = sum(event.products, event.start, end, (p, t) => without.sales[p]![t]!);
  const dip = sum(event.products, end + 1, end + DIP_WEEKS, (p, t) =>
    Math.max(0, without.sales[p]![t]! - real.sales[p]![t]!),
  );
  const cannibalised = sum(others, event.start, end, (p, t) => spared.sales[p]![t]! - real.sales[p]![t]!);
  const halo = sum(others, event.start, end, (p, t) => spared.sales[p]![t]! - without.sales[p]![t]!);
  const grossIncremental = units - baseline;
  return {
    units,
    baseline,
    grossIncremental,
    dip,
    cannibalised,
    halo,
    trueIncremental: grossIncremental - dip - cannibalised + halo,
  };
}

/** Demand of every week of the history had Alder run no promotion at all at the account. */
export const baselineOf = (world: World, account: number): readonly Float64Array[] =>
  simulate(world, account, []).demand.map((series) => series.subarray(0, HISTORY));
