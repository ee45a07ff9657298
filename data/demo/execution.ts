import { addDays } from "../common/dates.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import type { Booked } from "./promotions.ts";
import { random } from "./random.ts";
import { shelfPrice } from "./sales.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

const IMAGES = "image recognition";
const DISPLAYS = ["gondola end", "pallet", "bin"] as const;

/** The stores that each account lets be visited. */
export const storeRows = (): Tables["account_store"] =>
  ACCOUNTS.flatMap((account, a) =>
    account.stores.map((name, i) => ({
      account_id: a + 1,
      name,
      code: `${account.code}-${String(i + 1).padStart(3, "0")}`,
    })),
  ).map((row, i) => ({ id: i + 1, ...row }));

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
        source: draw.chance(0.25) ? IMAGES : "field sales",
        external_id: null,
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
          ...seenBy(visit.at(-1)!, p, Boolean(stands), b.event.display),
        });
      }
    }
  }
  const second = unsurePhotos(visit, check);
  return { visit: [...visit, ...second.visit], shelf_check: [...check, ...second.shelf_check] };
}

type Visit = Tables["visit"][number];
type Check = Tables["shelf_check"][number];

/** What image recognition tells beside yes and no; of a person's visit the store holds none of it. */
function seenBy(
  visit: Visit,
  product: number,
  stands: boolean,
  paid: boolean,
): Pick<Check, "confidence" | "facings" | "availability" | "display_type" | "photo"> {
  const draw = random("shelf image", visit.account_id, visit.store, visit.date, product);
  const type = stands && paid ? DISPLAYS[visit.account_id % DISPLAYS.length]! : null;
  if (visit.source !== IMAGES)
    return { confidence: null, facings: null, availability: null, display_type: type, photo: null };
  const facings = draw.int(2, 8);
  return {
    confidence: Math.round(100 * draw.uniform(0.78, 0.99)) / 100,
    facings,
    availability: Math.round((100 * draw.int(Math.ceil(facings / 2), facings)) / facings) / 100,
    display_type: type,
    photo: `photos/${visit.date}/${visit.id}-${product + 1}.jpg`,
  };
}

/** Of some visits a shopper's blurred photo, of which image recognition is not sure: counted apart. */
function unsurePhotos(visits: readonly Visit[], checks: readonly Check[]): Pick<Tables, "visit" | "shelf_check"> {
  const byVisit = Map.groupBy(checks, (check) => check.visit_id);
  const visit: Visit[] = [];
  const shelf_check: Check[] = [];
  for (const seen of visits) {
    const draw = random("unsure photo", seen.account_id, seen.store, seen.date);
    if (seen.source === IMAGES || !draw.chance(0.06)) continue;
    const id = visits.length + visit.length + 1;
    visit.push({ ...seen, id, source: IMAGES });
    for (const check of byVisit.get(seen.id!) ?? [])
      shelf_check.push({
        ...check,
        visit_id: id,
        price_seen: null,
        confidence: Math.round(100 * draw.uniform(0.31, 0.62)) / 100,
        photo: `photos/${seen.date}/${id}-${check.product_id}.jpg`,
      });
  }
  return { visit, shelf_check };
}
