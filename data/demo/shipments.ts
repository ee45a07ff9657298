import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { PRODUCTS } from "./products.ts";
import { random } from "./random.ts";
import type { Outcome } from "./response.ts";
import type { Tables } from "./tables.ts";
import type { DemoEvent } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** Units of an account by [product][week]. */
export interface Shipped {
  readonly units: readonly Float64Array[];
  readonly ordered: readonly Float64Array[];
}

/** Units a case. */
export const CASE = 6;
/** Weeks of the coming demand that an account likes to hold. */
const COVER = 1.2;
const LEAD = 1;

/** The buy-in window, in weeks: as long as the promotion, a week before it. */
export const buyInOf = (event: DemoEvent): { from: number; to: number } => ({
  from: event.start - LEAD,
  to: event.start - LEAD + event.weeks - 1,
});

/** What an account orders and gets: the coming week's demand, the stock it likes to hold, and a forward buy where the invoice is cut. */
export function shipmentsOf(world: DemoWorld, a: number, outcome: Outcome): Shipped {
  const total = world.frame.weeks.length;
  const units = PRODUCTS.map(() => new Float64Array(total));
  const ordered = PRODUCTS.map(() => new Float64Array(total));
  PRODUCTS.forEach((_, p) => {
    const listing = world.frame.listings[a]![p];
    if (!listing) return;
    const draw = random("shipments", a, p);
    const base = (t: number): number => Math.exp(world.market.logBase[a]![p]![Math.min(t, listing.to)]!);
    const own = world.events.filter((e) => e.account === a && e.status !== "cancelled" && e.products.includes(p));
    let stock = COVER * base(listing.from);
    let ahead = 0;
    for (let t = listing.from; t < Math.min(total - 1, listing.to + 1); t++) {
      const event = own.find((e) => t >= buyInOf(e).from && t <= buyInOf(e).to);
      ahead = Math.max(0, ahead - 0.6 * base(t));
      if (event?.payment === "off_invoice" && t === buyInOf(event).to) ahead = ACCOUNTS[a]!.forwardWeeks * base(t);
      const coming = t + 1 > listing.to ? 0 : outcome.demand[p]![t + 1]! * Math.exp(0.05 * draw.normal());
      const sold = outcome.sales[p]![t]!;
      const wanted = Math.ceil(Math.max(0, sold + COVER * coming + ahead - stock) / CASE) * CASE;
      const short = event?.cause === "stock_out";
      const fill = short ? draw.uniform(0.42, 0.55) : draw.chance(0.06) ? draw.uniform(0.85, 0.97) : 1;
      ordered[p]![t] = wanted;
      units[p]![t] = Math.floor((wanted * fill) / CASE) * CASE;
      stock = Math.max(0, stock + units[p]![t]! - sold);
    }
  });
  return { units, ordered };
}

/** Units of one product shipped in an event's buy-in window. */
export function shippedFor(shipped: Shipped, event: DemoEvent, product: number): number {
  const { from, to } = buyInOf(event);
  let sum = 0;
  for (let t = Math.max(0, from); t <= to && t < HISTORY; t++) sum += shipped.units[product]![t]!;
  return sum;
}

export function shipmentRows(world: DemoWorld, a: number, shipped: Shipped): Tables["shipment_week"] {
  return PRODUCTS.flatMap((_, p) => {
    const listing = world.frame.listings[a]![p];
    if (!listing) return [];
    const rows: Tables["shipment_week"][number][] = [];
    for (let t = listing.from; t < HISTORY && t <= listing.to; t++)
      rows.push({
        account_id: a + 1,
        product_id: p + 1,
        week: world.frame.weeks[t]!,
        units: shipped.units[p]![t]!,
        ordered: shipped.ordered[p]![t]!,
      });
    return rows;
  });
}
