import { toMinor } from "../common/money.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { offInvoiceAt } from "./master.ts";
import { PRODUCTS } from "./products.ts";
import type { Outcome } from "./response.ts";
import type { Tables } from "./tables.ts";
import type { DemoEvent } from "./types.ts";
import type { DemoWorld } from "./world.ts";

/** What the shopper pays: the cut price in whole cents under a price cut, else the average over those who used the offer and those who did not. */
export function shelfPrice(base: number, event: DemoEvent): number {
  const price = base * (1 - event.offer.depth);
  const cents = event.offer.mechanic === "tpr" || event.offer.mechanic === "edlp" ? 100 : 10_000;
  return Math.round(price * cents) / cents;
}

/** Weekly scanner data of one account, as the retailer would report it. */
export function salesOf(
  world: DemoWorld,
  a: number,
  outcome: Outcome,
  allowance: (event: DemoEvent, product: number) => number,
): Tables["sales_week"] {
  const { frame, market } = world;
  const account = ACCOUNTS[a]!;
  return PRODUCTS.flatMap((product, p) => {
    const listing = frame.listings[a]![p];
    if (!listing) return [];
    const active = new Map<number, { event: DemoEvent; i: number }>();
    for (const event of world.events) {
      if (event.account !== a || event.status === "cancelled" || !event.products.includes(p)) continue;
      for (let i = 0; i < event.weeks; i++) active.set(event.start + i, { event, i });
    }
    const rows: Tables["sales_week"][number][] = [];
    for (let t = listing.from; t < HISTORY && t <= listing.to; t++) {
      const week = frame.weeks[t]!;
      const on = active.get(t);
      const base = market.basePrice[a]![p]![t]!;
      const price = on ? shelfPrice(base, on.event) : base;
      const units = Math.round(outcome.sales[p]![t]!);
      const invoice = toMinor(product.list) * (1 - offInvoiceAt(frame, account, week));
      const promotional = on?.event.payment === "off_invoice" ? allowance(on.event, p) : 0;
      rows.push({
        account_id: a + 1,
        product_id: p + 1,
        week,
        units,
        retail_value_minor: toMinor(units * price),
        net_sales_minor: Math.round(units * (invoice - promotional)),
        price,
        base_price: base,
        promoted: on ? 1 : 0,
        feature: on?.event.featureShare ?? 0,
        display: on?.event.displayShare ?? 0,
        distribution: market.distribution[a]![p]![t]!,
        out_of_stock: Math.max(market.outOfStock[a]![p]![t]!, on?.event.stockOut[on.i] ?? 0),
      });
    }
    return rows;
  });
}
