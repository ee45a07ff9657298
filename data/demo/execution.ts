import { addDays } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import type { Booked } from "./promotions.ts";
import { random } from "./random.ts";
import { shelfPrice } from "./sales.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

/** Store visits while promotions ran, and what stood there: a display in the share of stores in which it really stood. */
export function visitRows(world: DemoWorld, booked: readonly Booked[]): Pick<Tables, "visit" | "shelf_check"> {
  const visit: Tables["visit"][number][] = [];
  const check: Tables["shelf_check"][number][] = [];
  const taken = new Set<string>();
  for (const b of booked) {
    const { event } = b;
    if (event.status === "cancelled" || b.start > world.frame.today) continue;
    const account = ACCOUNTS[event.account]!;
    const draw = random("visits", event.account, event.brand, event.start);
    const count = event.display
      ? draw.int(6, account.stores.length)
      : event.feature || event.cause
        ? draw.int(2, 4)
        : draw.int(0, 2);
    // As many of the stores as the share says, not as chance would have it: a missing display has to be plain to see.
    const displays = Math.round(event.displayShare * count);
    for (const [turn, store] of draw.shuffle(account.stores).slice(0, count).entries()) {
      const date = addDays(b.start, draw.int(1, event.weeks * 7 - 2));
      const key = `${event.account}/${store}/${date}`;
      if (date > world.frame.today || taken.has(key)) continue;
      taken.add(key);
      const id = visit.length + 1;
      visit.push({
        id,
        account_id: event.account + 1,
        promotion_id: b.id,
        date,
        store,
        source: draw.chance(0.25) ? "image recognition" : "field sales",
      });
      const week = Math.min(
        event.start + Math.floor((Date.parse(date) - Date.parse(b.start)) / (7 * 86_400_000)),
        HISTORY,
      );
      const stands = turn < displays;
      const featured = draw.chance(event.featureShare);
      for (const p of event.products) {
        const gap = event.stockOut[week - event.start] ?? 0.02;
        const onShelf = draw.chance(1 - gap);
        check.push({
          visit_id: id,
          product_id: p + 1,
          on_shelf: Number(onShelf),
          display_present: Number(stands),
          feature_present: event.feature ? Number(featured) : null,
          price_seen:
            onShelf && event.offer.mechanic === "tpr"
              ? shelfPrice(world.market.basePrice[event.account]![p]![week]!, event)
              : null,
        });
      }
    }
  }
  return { visit, shelf_check: check };
}
