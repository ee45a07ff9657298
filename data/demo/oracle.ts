import { daysBetween } from "../common/dates.ts";
import { isListed } from "./frame.ts";
import { BRANDS, categoryOf, PRODUCTS } from "./products.ts";
import { type Activity, simulate } from "./response.ts";
import { DIP_WEEKS, type Effect, effectOf } from "./truth.ts";
import type { Offer } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** A promotion that might be, in whole weeks from a Monday; ids as in the store. */
export interface Scenario {
  readonly accountId: number;
  readonly productIds: readonly number[];
  readonly start: string;
  readonly weeks: number;
  readonly offer: Offer;
  readonly feature: boolean;
  readonly display: boolean;
}

/** Shares of stores that executed promotions reach in the mean. */
const DISPLAY_SHARE = 0.845;
const FEATURE_SHARE = 0.93;

/**
 * What a promotion would truly do beside everything that runs and is planned: for evals that score advice, never for a
 * tool. Beyond the history nothing is left of the noise but the tail of its drift.
 */
export function trueOutcome(world: DemoWorld, scenario: Scenario): Effect {
  const { event, all } = eventOf(world, scenario);
  return effectOf(world, all, event);
}

/** One product of the firm's in a category that is promoted: what it sells in the window, and what it wins or loses by the promotion, dip included. */
export interface TrueChange {
  readonly productId: number;
  readonly sold: number;
  readonly change: number;
}

/** The same outcome by product, for products of different margins: window and dip of the promoted ones, the window of the others. */
export function trueChanges(world: DemoWorld, scenario: Scenario): TrueChange[] {
  const { event, all } = eventOf(world, scenario);
  const real = simulate(world, event.account, all).sales;
  const without = simulate(world, event.account, all, { event }).sales;
  const end = event.start + event.weeks;
  return PRODUCTS.flatMap((_, p) => {
    if (categoryOf(p) !== event.category || !isListed(world.frame, event.account, p, event.start, end - 1)) return [];
    let [sold, change] = [0, 0];
    for (let t = event.start; t < end; t++) {
      sold += real[p]![t]!;
      change += real[p]![t]! - without[p]![t]!;
    }
    if (event.products.includes(p))
      for (let t = end; t < end + DIP_WEEKS; t++) change += Math.min(0, real[p]![t]! - without[p]![t]!);
    return [{ productId: p + 1, sold, change }];
  });
}

/** The scenario as an event of the simulator, and everything that runs at its account with it. */
function eventOf(world: DemoWorld, scenario: Scenario): { event: Activity; all: Activity[] } {
  const products = scenario.productIds.map((id) => id - 1);
  const first = products[0]!;
  const event: Activity = {
    account: scenario.accountId - 1,
    brand: PRODUCTS[first]!.brand,
    category: categoryOf(first),
    products,
    start: daysBetween(world.frame.weeks[0]!, scenario.start) / 7,
    weeks: scenario.weeks,
    offer: scenario.offer,
    featureShare: scenario.feature ? FEATURE_SHARE : 0,
    displayShare: scenario.display ? DISPLAY_SHARE : 0,
    stockOut: [],
  };
  if (!Number.isInteger(event.start) || !BRANDS[event.brand])
    throw new RangeError(`a scenario starts on a Monday of the simulated weeks, not on ${scenario.start}`);
  const others = world.events.filter((e) => e.account === event.account && e.status !== "cancelled");
  return { event, all: [...others, event] };
}
