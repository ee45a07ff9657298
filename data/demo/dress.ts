import { ACCOUNTS } from "./accounts.ts";
import { type Frame, listedOfBrand } from "./frame.ts";
import { choosePayment, offerOf } from "./offers.ts";
import type { Parameters } from "./parameters.ts";
import { PRODUCTS } from "./products.ts";
import type { Random } from "./random.ts";
import { type DemoEvent, lastWeekOf, type Mechanic } from "./types.ts";

/** Gives a promotion its products, offer, support and payment. */
export function dress(
  frame: Frame,
  parameters: Parameters,
  draw: Random,
  event: DemoEvent,
  mechanic: Mechanic,
  depth: number,
): void {
  const account = ACCOUNTS[event.account]!;
  event.products = chooseProducts(frame, parameters, draw, event);
  event.offer = offerOf(draw, mechanic, depth, account);
  event.payment = choosePayment(draw, mechanic, account);
  const launch = event.products.some((p) => {
    const from = frame.listings[event.account]![p]!.from;
    return from > 0 && event.start - from <= 16 && PRODUCTS[p]!.launchedWeeksAgo !== undefined;
  });
  if (launch && mechanic === "tpr") event.payment = "slotting";
  const eager = depth >= 0.25 ? 0.2 : depth <= 0.1 ? -0.1 : 0;
  support(draw, event, {
    display: event.payment === "lump_sum" ? draw.chance(0.85) : draw.chance(account.displayRate + eager),
    feature: event.payment === "mdf" ? draw.chance(0.85) : draw.chance(0.35 + eager),
  });
}

/** Display and feature as planned, and the share of stores in which they stood. */
export function support(draw: Random, event: DemoEvent, plan: { display: boolean; feature: boolean }): void {
  const quiet = event.offer.mechanic === "edlp";
  event.display = plan.display && !quiet;
  event.feature = plan.feature && !quiet;
  const [display, feature] = [draw.uniform(0.72, 0.97), draw.uniform(0.86, 1)];
  event.displayShare = event.display ? Math.round(display * 100) / 100 : 0;
  event.featureShare = event.feature ? Math.round(feature * 100) / 100 : 0;
}

/** All of the brand that is listed, or some of it: what sells badly more often than what sells well. */
function chooseProducts(frame: Frame, parameters: Parameters, draw: Random, event: DemoEvent): number[] {
  const listed = listedOfBrand(frame, event.account, event.brand, event.start, lastWeekOf(event));
  if (draw.chance(0.55) || listed.length <= 2 || event.offer.mechanic === "edlp") return listed;
  const size = draw.int(2, listed.length - 1);
  const ranked = listed
    .map((p) => ({ p, key: parameters.trend[p]! + 0.05 * draw.normal() }))
    .sort((x, y) => x.key - y.key);
  return ranked
    .slice(0, size)
    .map(({ p }) => p)
    .sort((x, y) => x - y);
}
