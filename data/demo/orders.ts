import { addDays, weekIndex } from "../common/dates.ts";
import type { SupplyOrderTable } from "../store/schema/supply.ts";
import { ACCOUNTS } from "./accounts.ts";
import { HISTORY } from "./frame.ts";
import { PRODUCTS } from "./products.ts";
import type { Booked } from "./promotions.ts";
import { type Random, random } from "./random.ts";
import { buyInOf, CASE, type Shipped } from "./shipments.ts";
import type { Tables } from "./tables.ts";
import type { DemoWorld } from "./world.ts";

type Order = Tables["supply_order"][number];

/** Weeks before the running one whose orders the systems still hold, and weeks after it that may be ordered already. */
const KEPT = 4;
const AHEAD = 2;

/** Which system takes an account's orders, and how its numbers begin. */
const SYSTEMS: Readonly<Record<string, readonly [SupplyOrderTable["source"], string]>> = {
  "e-commerce": ["b2b_shop", "WEB"],
  wholesale: ["dms", "DMS"],
  specialist: ["b2b_shop", "WEB"],
};

/** The orders of the last weeks and the next: delivered, short, late, confirmed for less, not confirmed yet. */
export function orderRows(world: DemoWorld, a: number, shipped: Shipped, booked: readonly Booked[]): Order[] {
  const { today, weeks } = world.frame;
  const account = ACCOUNTS[a]!;
  const [source, prefix] = SYSTEMS[account.channel] ?? ["erp", "SO"];
  const habit = random("orders", a);
  const [weekday, lead] = [habit.int(1, 3), habit.int(7, 13)];
  const rows: Order[] = [];
  for (let t = HISTORY - KEPT; t <= HISTORY + AHEAD; t++) {
    const week = weeks[t]!;
    const draw = random("order", a, weekIndex(week));
    const truckIsLate = draw.chance(0.3);
    const requested = addDays(week, weekday);
    const ordered_on = addDays(requested, -lead);
    if (ordered_on > today) continue;
    const mine = booked.filter(({ event }) => event.account === a && isBoughtIn(event, t));
    PRODUCTS.forEach((_, p) => {
      const ordered = shipped.ordered[p]![t]!;
      if (ordered <= 0) return;
      rows.push({
        source,
        code: `${prefix}-${4000 + (weekIndex(week) % 500)}${a + 1}`,
        line: String(10 * (p + 1)),
        account_id: a + 1,
        product_id: p + 1,
        promotion_id: mine.find(({ event }) => event.products.includes(p))?.id ?? null,
        ordered_on,
        requested,
        ordered,
        ...(t < HISTORY
          ? { confirmed: requested, confirmed_units: ordered, delivered: shipped.units[p]![t]!, status: "closed" }
          : stateOf(draw, { requested, ordered, today, truckIsLate: truckIsLate && t === HISTORY })),
      });
    });
  }
  return rows;
}

const isBoughtIn = (event: Booked["event"], t: number): boolean =>
  event.status !== "cancelled" && t >= buyInOf(event).from && t <= buyInOf(event).to;

const cases = (units: number): number => Math.floor(units / CASE) * CASE;

function stateOf(
  draw: Random,
  line: { requested: string; ordered: number; today: string; truckIsLate: boolean },
): Pick<Order, "confirmed" | "confirmed_units" | "delivered" | "status"> {
  const { requested, ordered, today } = line;
  const [kind, part, days] = [draw.next(), draw.uniform(0.6, 0.9), draw.int(3, 6)];
  if (line.truckIsLate)
    return { confirmed: addDays(requested, days), confirmed_units: ordered, delivered: 0, status: "open" };
  if (requested < today)
    return kind < 0.06
      ? { confirmed: requested, confirmed_units: ordered, delivered: cases(part * ordered), status: "open" }
      : { confirmed: requested, confirmed_units: ordered, delivered: ordered, status: "closed" };
  if (kind < 0.08)
    return { confirmed: requested, confirmed_units: cases(part * ordered), delivered: 0, status: "open" };
  if (kind < 0.14)
    return { confirmed: addDays(requested, days), confirmed_units: ordered, delivered: 0, status: "open" };
  if (kind < 0.35) return { confirmed: null, confirmed_units: null, delivered: 0, status: "open" };
  return { confirmed: requested, confirmed_units: ordered, delivered: 0, status: "open" };
}
