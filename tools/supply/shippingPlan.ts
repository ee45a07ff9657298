import { addDays, latest, type Period } from "../../data/common/dates.ts";
import type { ProductSupply } from "./promotionSupply.ts";

/** What of a product to ship in all: units in whole cases where the pack is known. */
export interface PlannedLine {
  readonly quantity: number;
  readonly cases: number | null;
}

/** One delivery: what has to be there for a week of the promotion. */
export interface Delivery {
  readonly deliver_by: string;
  readonly order_by: string;
  /** Whether an order of today comes before the week that it is for. */
  readonly in_time: boolean;
  readonly quantity: number;
  readonly cases: number | null;
  readonly lines: readonly ({ readonly product_id: number } & PlannedLine)[];
}

/** Days before a week of the promotion by which its goods have to be there. */
const AHEAD_DAYS = 7;

/**
 * Spreads what is short over deliveries, each a week before the weeks that it is for: what is held serves the first weeks. Cases
 * are rounded up over the whole, so that the sum is enough and no week rounds on its own.
 * @param packs units a case by product, null where not known
 */
export function shippingPlan(
  supply: readonly ProductSupply[],
  packs: ReadonlyMap<number, number | null>,
  { buyIn, lead, today }: { readonly buyIn: Period; readonly lead: number; readonly today: string },
): {
  quantity: number;
  cases: number | null;
  lines: ReadonlyMap<number, PlannedLine>;
  deliveries: Delivery[];
} {
  const soonest = addDays(today, lead);
  const lines = new Map<number, PlannedLine>();
  const planned: { deliver: string; week: string; line: { product_id: number } & PlannedLine }[] = [];
  for (const { product_id, available, weeks } of supply) {
    const pack = packs.get(product_id) ?? null;
    const whole = (units: number): number => (pack ? Math.ceil(units / pack - 1e-9) * pack : Math.ceil(units - 1e-9));
    let [needed, shipped] = [0, 0];
    for (const { week, units } of weeks) {
      needed += units;
      const quantity = Math.max(0, whole(Math.max(0, needed - available)) - shipped);
      if (quantity === 0) continue;
      shipped += quantity;
      const wanted = latest(buyIn.from, addDays(week, -AHEAD_DAYS));
      const line = { product_id, quantity, cases: pack ? quantity / pack : null };
      planned.push({ deliver: latest(wanted, soonest), week, line });
    }
    lines.set(product_id, { quantity: shipped, cases: pack ? shipped / pack : null });
  }
  const deliveries = [...Map.groupBy(planned, (p) => p.deliver)]
    .map(([deliver, own]): Delivery => {
      const products = [...Map.groupBy(own, (p) => p.line.product_id).values()].map((same) => ({
        product_id: same[0]!.line.product_id,
        ...sumOf(same.map((p) => p.line)),
      }));
      return {
        deliver_by: deliver,
        order_by: addDays(deliver, -lead),
        in_time: own.every((p) => deliver <= p.week),
        ...sumOf(products),
        lines: products,
      };
    })
    .sort((a, b) => (a.deliver_by < b.deliver_by ? -1 : 1));
  return { ...sumOf([...lines.values()]), lines, deliveries };
}

function sumOf(lines: readonly PlannedLine[]): PlannedLine {
  return {
    quantity: lines.reduce((sum, line) => sum + line.quantity, 0),
    cases: lines.every((line) => line.cases !== null) ? lines.reduce((sum, line) => sum + line.cases!, 0) : null,
  };
}
