import { daysBetween } from "../common/dates.ts";
import { BRANDS, categoryOf, PRODUCTS } from "./products.ts";
import type { Activity } from "./response.ts";
import { type Effect, effectOf } from "./truth.ts";
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
  return effectOf(world, [...others, event], event);
}
