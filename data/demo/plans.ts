import { paidByUnit } from "../promotions/draft.ts";
import { ACCOUNTS } from "./accounts.ts";
import { PRODUCTS } from "./products.ts";
import { random } from "./random.ts";
import { responseTo, stockAfter } from "./response.ts";
import type { DemoEvent } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** One product of a promotion as it was planned. */
export interface PlanLine {
  readonly product: number;
  /** Cents that the firm pays a promoted unit, without VAT. */
  readonly allowance: number;
  readonly units: number;
  readonly baseline: number;
}

export interface Plan {
  readonly lines: readonly PlanLine[];
  /** Cents. */
  readonly fixedSpend: number;
}

/** What its KAM wrote down when she planned it: she knows the market roughly, believes in her promotion, and sees no failure coming. */
export function planOf(world: DemoWorld, event: DemoEvent): Plan {
  const account = ACCOUNTS[event.account]!;
  const draw = random("plan of", event.account, event.brand, event.start);
  const share = account.funding * draw.uniform(0.9, 1.1);
  const hoped = {
    ...event,
    displayShare: event.display ? 0.88 : 0,
    featureShare: event.feature ? 0.93 : 0,
  };
  // Of what failed the plan was right but for the failure: a surprise needs a plan that one could believe in.
  const mood = draw.normal();
  const belief = Math.exp(0.01 + 0.07 * (event.cause ? Math.abs(mood) : mood));
  const lines = event.products.map((product): PlanLine => {
    const { basePrice, logBase, noise, rivalDepth } = world.market;
    const a = event.account;
    let baseline = 0;
    let units = 0;
    let stock = 0;
    for (let t = event.start; t < event.start + event.weeks; t++) {
      const rival = rivalDepth[a]![event.category]![t]!;
      const quiet = Math.exp(
        logBase[a]![product]![t]! -
          (event.cause ? 0 : noise[a]![product]![t]!) -
          world.parameters.competitor[a]![product]! * rival +
          0.07 * draw.normal(),
      );
      baseline += quiet;
      const response = responseTo(world, hoped, product, t, 0) * belief;
      // She knows that a second week brings less than the first.
      units += quiet * Math.exp(response - world.parameters.pantry[product]! * stock);
      stock = stockAfter(stock, Math.exp(response));
    }
    const shelf = basePrice[a]![product]![event.start]! / (1 + account.vat);
    return {
      product,
      baseline: Math.round(baseline),
      units: Math.round(units),
      allowance: paidByUnit(event.payment) ? Math.max(1, Math.round(100 * event.offer.depth * shelf * share)) : 0,
    };
  });
  return { lines, fixedSpend: fixedSpendOf(event, lines, share) };
}

/** Fees of display, leaflet and the handling of coupons; where nothing is paid by the unit, about as much again as that would have cost. */
function fixedSpendOf(event: DemoEvent, lines: readonly PlanLine[], share: number): number {
  const account = ACCOUNTS[event.account]!;
  const draw = random("fees", event.account, event.brand, event.start);
  const full = account.displayFee * account.size * (0.5 + 0.4 * event.weeks) * draw.uniform(0.85, 1.15);
  const parts = (event.display ? 1 : 0) + (event.feature ? 0.7 : 0) + (event.offer.mechanic === "coupon" ? 1 : 0);
  // Fees go by what a promotion is worth to the account: a small one does not pay for a whole end of aisle.
  const worth = lines.reduce((sum, line) => sum + line.baseline * PRODUCTS[line.product]!.list, 0);
  const fees = parts * Math.min(full, 0.12 * worth);
  const byUnit = paidByUnit(event.payment)
    ? 0
    : lines.reduce(
        (sum, line) => sum + line.units * event.offer.depth * PRODUCTS[line.product]!.list * account.markup * share,
        0,
      );
  const euro = fees + byUnit * draw.uniform(0.75, 1.05);
  return euro > 0 ? Math.max(1, Math.round(euro / 50)) * 5000 : 0;
}
